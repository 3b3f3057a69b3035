package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		name, anchor string
		doc          *merge.Document
		want         string
	}{
		{"RFC", "", rfc8446(), `<reference anchor="RFC8446" target="https://www.rfc-editor.org/info/rfc8446">
  <front>
    <title>The Transport Layer Security (TLS) Protocol Version 1.3</title>
    <author fullname="E. Rescorla" initials="E." surname="Rescorla"/>
    <date month="August" year="2018"/>
    <abstract>
      <t>Defines TLS 1.3.</t>
      <t>Replaces RFC 5246 &amp; others.</t>
    </abstract>
  </front>
  <seriesInfo name="RFC" value="8446"/>
  <seriesInfo name="DOI" value="10.17487/RFC8446"/>
</reference>
`},
		{"with an anchor that was asked for", `TLS" x="1.3`, &merge.Document{Item: &relaton.Item{}}, `<reference anchor="TLS.x1.3">
  <front>
    <title>[title unavailable]</title>
    <author/>
  </front>
</reference>
`},
		{"group with a member that was found and one that was not", "", bcp9(), `<referencegroup anchor="BCP_9" target="https://www.rfc-editor.org/info/bcp9">
  <reference anchor="RFC2026">
    <front>
      <title>The Internet Standards Process -- Revision 3</title>
      <author fullname="S. Bradner" surname="Bradner"/>
      <date month="October" year="1996"/>
    </front>
    <seriesInfo name="BCP" value="9"/>
    <seriesInfo name="RFC" value="2026"/>
  </reference>
  <reference anchor="RFC5657">
    <front>
      <title>[title unavailable]</title>
      <author/>
    </front>
    <seriesInfo name="RFC" value="5657"/>
  </reference>
</referencegroup>
`},
		{"article", "", article(), `<reference anchor="_10.1145_1" target="https://doi.org/10.1145/1">
  <front>
    <title>On Names</title>
    <author/>
    <date day="2" month="March" year="2001"/>
  </front>
  <refcontent>Journal of Names, vol. 1, no. 2, pp. 3-4</refcontent>
  <seriesInfo name="DOI" value="10.1145/1"/>
</reference>
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Format{}.Write(c.doc, formats.Options{Anchor: c.anchor})
			require.NoError(t, err)
			require.Equal(t, c.want, string(got))
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, c := range []struct {
		name string
		doc  *merge.Document
	}{{"RFC", rfc8446()}, {"group", bcp9()}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Format{}.XML(c.doc, "")
			}
		})
	}
}

func rfc8446() *merge.Document {
	return &merge.Document{Item: &relaton.Item{
		Title:    []relaton.Title{{Text: relaton.Text{Content: "The Transport Layer Security (TLS) Protocol Version 1.3"}}},
		Link:     []relaton.Link{{Content: "https://www.rfc-editor.org/info/rfc8446", Type: "src"}},
		DocID:    []docid.ID{{ID: "RFC 8446", Type: "IETF", Primary: true}, {ID: "RFC8446", Type: "IETF", Scope: "anchor"}, {ID: "10.17487/RFC8446", Type: "DOI"}},
		Date:     []relaton.Date{{Value: "2018-08", Type: "published"}},
		Abstract: []relaton.Text{{Content: "<p>Defines TLS 1.3.</p><p>Replaces RFC 5246 &amp; others.</p>", Format: "text/html"}},
		Series:   []relaton.Series{{Title: &relaton.Text{Content: "RFC"}, Number: "8446"}},
		Contributor: []relaton.Contributor{
			{Role: []relaton.Role{{Type: "author"}}, Person: &relaton.Person{Name: relaton.PersonName{
				Given:   &relaton.GivenName{FormattedInitials: &relaton.Text{Content: "E."}},
				Surname: &relaton.Text{Content: "Rescorla"}, CompleteName: &relaton.Text{Content: "E. Rescorla"},
			}}},
			{Role: []relaton.Role{{Type: "publisher"}}, Organization: &relaton.Organization{Name: []relaton.Text{{Content: "RFC Publisher"}}}},
		},
	}}
}

func bcp9() *merge.Document {
	member := func(id string) *relaton.Item {
		return &relaton.Item{DocID: []docid.ID{{ID: id, Type: "IETF", Primary: true}}}
	}
	found := member("RFC 2026")
	found.Title = []relaton.Title{{Text: relaton.Text{Content: "The Internet Standards Process -- Revision 3"}}}
	found.Date = []relaton.Date{{Value: "1996-10", Type: "published"}}
	found.Series = []relaton.Series{{Title: &relaton.Text{Content: "BCP"}, Number: "9"}}
	found.Contributor = []relaton.Contributor{{Role: []relaton.Role{{Type: "author"}}, Person: &relaton.Person{
		Name: relaton.PersonName{Surname: &relaton.Text{Content: "Bradner"}, CompleteName: &relaton.Text{Content: "S. Bradner"}},
	}}}
	return &merge.Document{
		Item: &relaton.Item{
			DocID: []docid.ID{{ID: "BCP 9", Type: "IETF", Primary: true}},
			Link:  []relaton.Link{{Content: "https://www.rfc-editor.org/info/bcp9", Type: "src"}},
			Relation: []relaton.Relation{
				{Type: "includes", Bibitem: member("RFC 2026")},
				{Type: "updates", Bibitem: member("RFC 1")},
				{Type: "includes", Bibitem: member("RFC 5657")},
			},
		},
		Related: map[int]*merge.Document{0: {Item: found}},
	}
}

func article() *merge.Document {
	return &merge.Document{Item: &relaton.Item{
		Title: []relaton.Title{{Text: relaton.Text{Content: " "}}, {Text: relaton.Text{Content: "\n  On Names "}}},
		DocID: []docid.ID{{ID: "10.1145/1", Type: "DOI", Primary: true}},
		Link:  []relaton.Link{{Content: "https://doi.org/10.1145/1", Type: "doi"}},
		Date:  []relaton.Date{{Value: "2001-03-02", Type: "published"}},
		Extent: []relaton.Locality{
			{Type: "page", ReferenceFrom: "3", ReferenceTo: "4"},
			{Type: "container-title", ReferenceFrom: "Journal of Names"},
			{Type: "volume", ReferenceFrom: "1", ReferenceTo: "1"},
			{Type: "issue", ReferenceFrom: "2"},
		},
	}}
}
