package bibxml

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/formats/bibxml/bibxmltest"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestEscaping(t *testing.T) {
	for _, c := range []struct{ name, in, text, attr string }{
		{"plain", "Überblick, 概要", "Überblick, 概要", "Überblick, 概要"},
		{"markup", "AT&T <b> \"q\" 'a'", "AT&amp;T &lt;b&gt; \"q\" 'a'", "AT&amp;T &lt;b&gt; &quot;q&quot; 'a'"},
		{"an entity of HTML", "&ldquo;x&rdquo;", "&amp;ldquo;x&amp;rdquo;", "&amp;ldquo;x&amp;rdquo;"},
		{"end of a CDATA section", "a]]>b", "a]]&gt;b", "a]]&gt;b"},
		{"white space", "a\tb\nc\rd", "a\tb\nc&#13;d", "a&#9;b&#10;c&#13;d"},
		{"control characters", "a\x00\x01\x0b\x1fb", "ab", "ab"},
		{"characters that XML forbids", "a\uFFFEb\uFFFFc", "abc", "abc"},
		{"their allowed neighbours", "\uFFFD\uFF01\uF000", "\uFFFD\uFF01\uF000", "\uFFFD\uFF01\uF000"},
		{"beyond the basic plane", "a𝔸b", "a𝔸b", "a𝔸b"},
		{"broken UTF-8", "a\xc3(\xed\xa0\x80b", "a(b", "a(b"},
		{"nothing", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.text, string(appendEscaped(nil, c.in, false)))
			require.Equal(t, c.attr, string(appendEscaped(nil, c.in, true)))
		})
	}
}

// corrected makes every correction.
var corrected = Format{Corrections: 1<<len(correctionNames) - 1}

// FuzzWrite puts one text everywhere; what is written must be valid.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"plain", "<&>\"'", "]]>", "\x00\x1f\r\n\t", "\uFFFE\xff", "2021-02", "<p>a<p>b", "<jats:p", "3GPP TR /:", "IEEE ..", "W3C "} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, text, anchor string) {
		for _, doc := range []*merge.Document{full(text), {Item: &relaton.Item{}}} {
			for _, format := range []Format{{}, corrected} {
				written := format.XML(doc, anchor)
				require.NoError(t, bibxmltest.Check(written), "%s", written)
				root := struct {
					Anchor string `xml:"anchor,attr"`
				}{}
				require.NoError(t, xml.Unmarshal(written, &root))
				require.True(t, ValidAnchor(root.Anchor), "%q", root.Anchor)
			}
		}
	})
}

// full has every field that is written, all with the same text.
func full(s string) *merge.Document {
	text := relaton.Text{Content: s}
	org := &relaton.Organization{
		Name: []relaton.Text{text}, URL: s, Abbreviation: &text,
		Contact: []relaton.Contact{{Address: &relaton.Address{Country: s, City: s}}},
	}
	role := []relaton.Role{{Type: "editor"}}
	item := &relaton.Item{
		Title:    []relaton.Title{{Text: text}},
		Link:     []relaton.Link{{Content: s}},
		Date:     []relaton.Date{{Value: s}},
		Abstract: []relaton.Text{{Content: s}, {Content: s, Format: "text/html"}},
		Extent:   []relaton.Locality{{Type: "volume", ReferenceFrom: s, ReferenceTo: s + s}},
		Series:   []relaton.Series{{Title: &text, Number: s}},
		Contributor: []relaton.Contributor{
			{Role: role, Organization: org},
			{Role: role, Person: &relaton.Person{
				Name:        relaton.PersonName{Given: &relaton.GivenName{FormattedInitials: &text}, Surname: &text, Addition: []relaton.Text{text}},
				Affiliation: []relaton.Affiliation{{Organization: org}},
			}},
		},
	}
	for _, kind := range []string{"IETF", "DOI", "W3C", "3GPP", "IEEE", "Internet-Draft", s} {
		item.DocID = append(item.DocID, docid.ID{ID: s, Type: kind, Primary: true}, docid.ID{ID: "3GPP TR " + s, Type: kind})
	}
	group := *item
	group.Relation = []relaton.Relation{{Type: includes, Bibitem: item}, {Type: includes, Bibitem: item}, {Type: includes}}
	return &merge.Document{Item: &group}
}

func TestMembersWithEqualAnchors(t *testing.T) {
	written := string(Format{}.XML(full("same"), "same"))
	require.Equal(t, 1, strings.Count(written, `anchor="same"`))
	require.Contains(t, written, `anchor="same_2"`)
	require.Contains(t, written, `anchor="same_3"`)
}
