package compat

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// base is what the archive has in most tests; a test replaces parts of it.
const base = `<?xml version="1.0" encoding="UTF-8"?>
<reference anchor="RFC2119" target="https://www.rfc-editor.org/info/rfc2119">
  <front>
    <title>Key words for use in RFCs to Indicate Requirement Levels</title>
    <author initials="S." surname="Bradner" fullname="S. Bradner"><organization/></author>
    <author><organization abbrev="IETF">Internet Engineering Task Force</organization></author>
    <date month="March" year="1997"/>
  </front>
  <seriesInfo name="BCP" value="14"/>
  <seriesInfo name="RFC" value="2119"/>
</reference>`

func TestCompare(t *testing.T) {
	const bradner = `<author initials="S." surname="Bradner" fullname="S. Bradner"><organization/></author>`
	const ietf = `<author><organization abbrev="IETF">Internet Engineering Task Force</organization></author>`
	const target = ` target="https://www.rfc-editor.org/info/rfc2119"`
	const anchor = `anchor="RFC2119"`
	const rfc = `<seriesInfo name="RFC" value="2119"/>`
	const date = `<date month="March" year="1997"/>`
	tests := []struct {
		name          string
		part          string // of base, replaced …
		archived, now string // … on each side
		class         Class
		places        string // of the differences; a loss has an exclamation mark
	}{
		{"the same", "", "", "", Same, ""},
		{"written otherwise", date, "<!-- when --><date\n  year='1997' month = 'March'></date>", date, Same, ""},
		{"entities", "Key words", "Key &amp; &ldquo;words&#x201D;", "Key &#38; “words”", Same, ""},

		{"anchor changed", anchor, `anchor="RFC.2119"`, anchor, Worse, "anchor!"},
		{"anchor new", anchor, "", anchor, Better, "anchor"},
		{"anchor gone", anchor, anchor, "", Worse, "anchor!"},

		{"target secure", target, ` target="http://www.rfc-editor.org/info/rfc2119"`, target, Better, "target"},
		{"target insecure", target, target, ` target="http://www.rfc-editor.org/info/rfc2119"`, Worse, "target!"},
		{"target to the page of the RFC", target, ` target="http://www.rfc-editor.org/rfc/rfc2119.txt"`, target, Better, "target"},
		{"target to another RFC", target, ` target="http://www.rfc-editor.org/rfc/rfc2118.txt"`, target, Worse, "target!"},
		{"target to the page of the draft", target, ` target="http://www.ietf.org/internet-drafts/draft-a-b-03.txt"`, ` target="https://datatracker.ietf.org/doc/html/draft-a-b-03"`, Better, "target"},
		{"target at the new host of DOIs", target, ` target="http://dx.doi.org/10.1/x"`, ` target="https://doi.org/10.1/x"`, Better, "target"},
		{"target elsewhere", target, target, ` target="https://example.org/"`, Worse, "target!"},
		{"target new", target, "", target, Better, "target"},
		{"target gone", target, target, "", Worse, "target!"},

		{"title in another case", "Key words", "KEY WORDS", "Key words", Better, "title"},
		{"title with typographic quotes", "Key words", `Key "words"`, "Key “words”", Better, "title"},
		{"title changed", "Key words", "Words", "Key words", Worse, "title!"},

		{"author gone", bradner, bradner, "", Worse, "author S. Bradner!"},
		{"author new", bradner, "", bradner, Better, "author S. Bradner"},
		{"author written out", bradner, bradner, `<author initials="S. O." surname="Bradner" fullname="Scott O. Bradner"/>`, Better, "author S. Bradner; author S. Bradner, initials"},
		{"author cut", bradner, `<author initials="S. O." surname="Bradner" fullname="Scott O. Bradner"/>`, bradner, Worse, "author Scott O. Bradner!; author Scott O. Bradner, initials!"},
		{"author without initials", bradner, bradner, `<author surname="Bradner" fullname="S. Bradner"/>`, Worse, "author S. Bradner, initials!"},
		{"editor no more", bradner, strings.Replace(bradner, "<author", `<author role="editor"`, 1), bradner, Worse, "author S. Bradner, role!"},
		{"editor now", bradner, bradner, strings.Replace(bradner, "<author", `<author role="editor"`, 1), Better, "author S. Bradner, role"},
		{"affiliation gone", bradner, strings.Replace(bradner, "<organization/>", "<organization>Harvard</organization>", 1), bradner, Worse, "author S. Bradner, organization!"},
		{"affiliation new", bradner, bradner, strings.Replace(bradner, "<organization/>", "<organization>Harvard</organization>", 1), Better, "author S. Bradner, organization"},
		{"address gone", bradner, strings.Replace(bradner, "<organization/>", "<address><email>a@example.org</email></address>", 1), strings.Replace(bradner, "<organization/>", "", 1), Better, "author S. Bradner, address"},
		{"authors exchanged", bradner + "\n    " + ietf, bradner + ietf, ietf + bradner, Worse, "order of authors!"},
		{"organization by its abbreviation", ietf, `<author><organization>IETF</organization></author>`, ietf, Better, "author IETF"},
		{"an author who is nobody", bradner, bradner + "<author><organization/></author>", bradner, Better, ""},
		{
			"two people of one surname", bradner,
			`<author initials="A." surname="Li" fullname="A. Li"/><author initials="B." surname="Li" fullname="B. Li"/>`,
			`<author initials="B." surname="Li" fullname="B. Li"/><author initials="A." surname="Li" fullname="A. Li"/>`,
			Worse, "order of authors!",
		},

		{"month as a number", date, `<date month="03" year="1997"/>`, date, Better, ""},
		{"day new", date, date, `<date day="1" month="March" year="1997"/>`, Better, "date"},
		{"day gone", date, `<date day="1" month="March" year="1997"/>`, date, Worse, "date!"},
		{"date changed", date, date, `<date month="April" year="1997"/>`, Worse, "date!"},
		{"date gone", date, date, "", Worse, "date!"},

		{"series new", rfc, rfc, rfc + `<seriesInfo name="DOI" value="10.17487/RFC2119"/>`, Better, "seriesInfo DOI"},
		{"series gone", rfc, rfc, "", Worse, "seriesInfo RFC!"},
		{"series changed", rfc, `<seriesInfo name="RFC" value="2118"/>`, rfc, Worse, "seriesInfo RFC!"},
		{"series with zeros", rfc, `<seriesInfo name="RFC" value="02119"/>`, rfc, Better, ""},
		{"DOI in capitals", rfc, `<seriesInfo name="DOI" value="10.1/ABC"/>`, `<seriesInfo name="DOI" value="10.1/abc"/>`, Better, ""},
		{"series within front", `</front>`, rfc + `</front>`, `<seriesInfo name="RFC" value="2119"></seriesInfo></front>`, Same, ""},

		{"abstract new", date, date, date + "<abstract><t>Words.</t></abstract>", Better, "abstract"},
		{"abstract gone", date, date + "<abstract><t>Words.</t></abstract>", date, Worse, "abstract!"},
		{"abstract in other paragraphs", date, date + "<abstract><t>Words. More.</t></abstract>", date + "<abstract><t>Words.</t><t>More.</t></abstract>", Better, ""},
		{"place in a journal gone", rfc, rfc + "<refcontent>vol. 1</refcontent>", rfc, Worse, "refcontent!"},
		{"deprecated elements gone", rfc, rfc + `<format type="TXT" octets="4723"/>`, rfc, Better, "format"},

		{"archived XML is broken", "</front>", "", "</front>", Better, ""},
		{"ours is broken", "</front>", "</front>", "", Worse, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Contains(t, base, test.part)
			archived, now := strings.Replace(base, test.part, test.archived, 1), strings.Replace(base, test.part, test.now, 1)
			if test.part == "" {
				archived, now = base, base
			}
			got := Compare(archived, now)
			require.Equal(t, test.class, got.Class, got)
			require.Equal(t, test.places, places(got))
			require.Equal(t, test.class != Same && test.places == "", got.Note != "", "what has no difference has a note")
		})
	}
}

func places(c Comparison) string {
	var all []string
	for _, d := range c.Differences {
		if d.Loss {
			d.Place += "!"
		}
		all = append(all, d.Place)
	}
	return strings.Join(all, "; ")
}

func TestNewerVersionOfADraftMayDiffer(t *testing.T) {
	draft := func(version, title, series string) string {
		return `<reference anchor="I-D.ietf-sample"><front><title>` + title + `</title><author surname="A` + version + `"/><date year="20` + version + `"/></front>` +
			`<seriesInfo name="` + series + `" value="draft-ietf-sample-` + version + `"/></reference>`
	}
	for _, test := range []struct {
		name, archived, ours string
		class                Class
	}{
		{"newer", draft("03", "Old", "Internet-Draft"), draft("10", "New", "Internet-Draft"), Better},
		{"older", draft("10", "New", "Internet-Draft"), draft("03", "Old", "Internet-Draft"), Worse},
		{"of another series", draft("03", "Old", "Report"), draft("10", "New", "Report"), Worse},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.class, Compare(test.archived, test.ours).Class)
		})
	}
}

func TestGroups(t *testing.T) {
	group := func(members ...string) string {
		return `<referencegroup anchor="BCP14">` + strings.Join(members, "") + `</referencegroup>`
	}
	member := func(anchor, title string) string {
		return `<reference anchor="` + anchor + `"><front><title>` + title + `</title></front></reference>`
	}
	for _, test := range []struct {
		name, archived, ours string
		class                Class
		places               string
	}{
		{"a member more", group(member("A", "a")), group(member("A", "a"), member("B", "b")), Better, "member B"},
		{"a member less", group(member("A", "a"), member("B", "b")), group(member("A", "a")), Worse, "member B!"},
		{"a member changed", group(member("A", "a"), member("B", "b")), group(member("A", "a"), member("B", "c")), Worse, "B: title!"},
		{"no group any more", group(member("A", "a")), strings.Replace(member("BCP14", "a"), `<reference `, `<reference target="https://example.org/" `, 1), Worse, "element!; target; title; member A!"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Compare(test.archived, test.ours)
			require.Equal(t, test.class, got.Class)
			require.Equal(t, test.places, places(got))
		})
	}
}

func TestCanonical(t *testing.T) {
	got, err := Canonical("\ufeff<?xml version='1.0' encoding='iso-8859-1'?>\n<!DOCTYPE reference>\n<?rfc toc='no'?>\n<a c='2'  b='&lt;\"'>\n <d/>x <!-- y --> z<e> 1\n 2 </e><![CDATA[<&]]></a>")
	require.NoError(t, err)
	require.Equal(t, `<a b="&lt;&quot;" c="2">
  <d/>
  x z
  <e>1 2</e>
  &lt;&amp;
</a>
`, got)
	for _, broken := range []string{"", "words", "<a>", "<a></b>", "<a b=c/>", "<a>&unknown;</a>"} {
		_, err := Canonical(broken)
		require.Error(t, err, broken)
	}
}

func TestLines(t *testing.T) {
	lines, err := Lines(base, strings.Replace(base, "1997", "1998", 1))
	require.NoError(t, err)
	var said []string
	for _, line := range lines {
		said = append(said, [...]string{" ", "-", "+", "…"}[line.Kind]+strings.TrimSpace(line.Text))
	}
	require.Equal(t, []string{
		"…", " <author>", ` <organization abbrev="IETF">Internet Engineering Task Force</organization>`, " </author>",
		`-<date month="March" year="1997"/>`, `+<date month="March" year="1998"/>`,
		" </front>", ` <seriesInfo name="BCP" value="14"/>`, ` <seriesInfo name="RFC" value="2119"/>`,
	}, said)
	same, err := Lines(base, base)
	require.NoError(t, err)
	require.Empty(t, same)
	_, err = Lines(base, "<a>")
	require.Error(t, err)
}
