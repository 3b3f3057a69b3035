package crossref

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// standIn answers as Crossref does: with the message given for a path, 404 for any other.
func standIn(t *testing.T, messages map[string]string) (*Client, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		message, ok := messages[r.RequestURI]
		switch {
		case !ok:
			http.Error(w, "Resource not found.", http.StatusNotFound)
		case message == "":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			_, _ = fmt.Fprintf(w, `{"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": %s}`, message)
		}
	}))
	t.Cleanup(server.Close)
	source, err := external.New[*relaton.Item](external.Options{
		Name: "Crossref", URL: server.URL, Patience: time.Minute, Timeout: time.Minute, Fresh: time.Hour, Stale: time.Hour, Parallel: 2,
		Observe: func(string, time.Duration) {}, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return New(source), &asked
}

// ask asks for a DOI that a stand-in has the message for.
func ask(t *testing.T, doi, message string) *merge.Document {
	t.Helper()
	client, _ := standIn(t, map[string]string{"/works/" + escaped(doi): message})
	doc, err := client.Work(t.Context(), doi)
	require.NoError(t, err)
	return doc
}

const article = `{"DOI": "10.1145/2975159", "type": "journal-article", "title": ["Jupiter rising"],
	"subtitle": ["a decade of <i>Clos</i> topologies &amp;amp; centralized control in Google&apos;s datacenter network"],
	"container-title": ["Communications of the ACM"], "short-container-title": ["Commun. ACM"], "volume": "59", "issue": "9", "page": "88–97",
	"author": [{"given": "Arjun", "family": "Singh", "sequence": "first", "affiliation": [{"name": "Google"}]},
		{"given": "Philip J.", "family": "Nesser", "suffix": "II", "affiliation": []}, {"name": "The Jupiter Team"}, {"name": "et al."}],
	"publisher": "Association for Computing Machinery (ACM)", "issued": {"date-parts": [[2016, 8, 24]]}, "published-print": {"date-parts": [[2016, 9]]},
	"created": {"date-parts": [[2016, 8, 25]]}, "abstract": "<jats:title>Abstract</jats:title><jats:p>How it was built.</jats:p>",
	"URL": "http://dx.doi.org/10.1145/2975159", "ISSN": ["0001-0782", "1557-7317"], "language": "en"}`

func TestArticle(t *testing.T) {
	doc := ask(t, "10.1145/2975159", article)
	require.Equal(t, `<reference anchor="DOI_10.1145_2975159" target="https://doi.org/10.1145/2975159">
  <front>
    <title>Jupiter rising: a decade of Clos topologies &amp; centralized control in Google's datacenter network</title>
    <author fullname="Arjun Singh" initials="A." surname="Singh">
      <organization>Google</organization>
    </author>
    <author fullname="Philip J. Nesser II" initials="P.J." surname="Nesser"/>
    <author>
      <organization>The Jupiter Team</organization>
    </author>
    <date day="24" month="August" year="2016"/>
    <abstract>
      <t>How it was built.</t>
    </abstract>
  </front>
  <refcontent>Communications of the ACM, vol. 59, no. 9, pp. 88-97</refcontent>
  <seriesInfo name="DOI" value="10.1145/2975159"/>
</reference>
`, written(t, doc, "DOI_10.1145_2975159"))
	require.Equal(t, []docid.ID{
		{ID: "10.1145/2975159", Type: "DOI", Primary: true}, {ID: "0001-0782", Type: "ISSN"}, {ID: "1557-7317", Type: "ISSN"},
	}, doc.Item.DocID)
	require.Equal(t, "article", doc.Item.Type)
	require.Equal(t, []string{"en"}, doc.Item.Language)
	var kinds []string
	for _, title := range doc.Item.Title {
		kinds = append(kinds, title.Type)
	}
	require.Equal(t, []string{"main", "subtitle", "container-title", "short-container-title"}, kinds)
	last := doc.Item.Contributor[len(doc.Item.Contributor)-1]
	require.True(t, last.HasRole("publisher"), "known, though no author of the reference")
}

// Publishers deposit all kinds of things.
func TestPieces(t *testing.T) {
	const doi = "10.1000/182"
	for _, c := range []struct{ name, fields, want string }{
		{"no title", `"title": []`, "<title>[title unavailable]</title>"},
		{"a title that is no list", `"title": "Alone"`, "<title>Alone</title>"},
		{"a subtitle alone", `"title": [""], "subtitle": ["Alone"]`, "<title>Alone</title>"},
		{"a subtitle after a colon", `"title": ["Vandal:"], "subtitle": ["a tool"]`, "<title>Vandal: a tool</title>"},
		{"a subtitle given twice", `"title": ["Vandal: A Tool"], "subtitle": ["a tool"]`, "<title>Vandal: A Tool</title>"},
		{"markup", `"title": ["CO<sub>2</sub> and <jats:italic toggle=\"yes\">E. coli</jats:italic>"]`, "<title>CO2 and E. coli</title>"},
		{"mathematics", `"title": ["Of <mml:math xmlns:mml=\"x\"><mml:mi>n</mml:mi></mml:math> bits"]`, "<title>Of n bits</title>"},
		{"escaped markup", `"title": ["&lt;i&gt;Ethernet&lt;/i&gt; &amp;amp;amp; more"]`, "<title>Ethernet &amp; more</title>"},
		{"a text about markup", `"title": ["The &lt;canvas&gt; element, a < b and c > d"]`, "<title>The &lt;canvas&gt; element, a &lt; b and c &gt; d</title>"},
		{"a broken line", `"title": ["One<br/>two\n   three"]`, "<title>One two three</title>"},
		{"not ASCII", `"title": ["Über Zürich"]`, "<title>Über Zürich</title>"},
		{"an ASCII container", `"container-title": ["Advances in Cryptology — CRYPTO ’91"], "page": "129‐140"`, "<refcontent>Advances in Cryptology - CRYPTO '91, pp. 129-140</refcontent>"},
		{"a series and its volume", `"type": "book-chapter", "container-title": ["Lecture Notes in Computer Science", "Advances in Cryptology"], "page": "1-9"`, "<refcontent>Advances in Cryptology, pp. 1-9</refcontent>"},
		{"a volume with a year before its series", `"container-title": ["Advances in Cryptology - CRYPTO 2004", "Lecture Notes in Computer Science"]`, "<refcontent>Advances in Cryptology - CRYPTO 2004</refcontent>"},
		{"proceedings without a name of the series", `"type": "proceedings-article", "container-title": ["", "Proceedings of the 4th Workshop", ""]`, "<refcontent>Proceedings of the 4th Workshop</refcontent>"},
		{"two names of a journal", `"type": "journal-article", "container-title": ["Angewandte Chemie", "Angewandte Chemie International Edition"], "volume": "5"`, "<refcontent>Angewandte Chemie, vol. 5</refcontent>"},
		{"no name of a container", `"container-title": [""], "volume": "5"`, "<refcontent>vol. 5</refcontent>"},
		{"an issue of a journal", `"container-title": ["J"], "volume": 3, "journal-issue": {"issue": "4"}, "page": "e33693"`, "<refcontent>J, vol. 3, no. 4, pp. e33693</refcontent>"},
		{"pages with many hyphens", `"container-title": ["J"], "page": "1-1-1-10"`, "<refcontent>J, pp. 1-1-1-10</refcontent>"},
		{"a year alone", `"issued": {"date-parts": [[1999]]}`, `<date year="1999"/>`},
		{"a year, and the month in print", `"issued": {"date-parts": [[1999]]}, "published-print": {"date-parts": [[1999, 5]]}`, `<date month="May" year="1999"/>`},
		{"online only", `"issued": {"date-parts": [[null]]}, "published-online": {"date-parts": [[2001, 2, 3]]}`, `<date day="3" month="February" year="2001"/>`},
		{"a day that is none", `"issued": {"date-parts": [[2001, 2, 30]]}`, `<date month="February" year="2001"/>`},
		{"a month that is none", `"issued": {"date-parts": [[2001, 13, 1]]}`, `<date year="2001"/>`},
		{"an editor", `"editor": [{"given": "A", "family": "B"}]`, `<author fullname="A B" initials="A." role="editor" surname="B"/>`},
		{"one name", `"author": [{"given": "Plato"}]`, `<author fullname="Plato" surname="Plato"/>`},
		{"a suffix in the family name", `"author": [{"given": "Frank", "family": "Howard, Jr."}]`, `<author fullname="Frank Howard Jr." initials="F." surname="Howard"/>`},
		{"a surname of several words", `"author": [{"given": "Koen", "family": "De Schepper"}]`, `surname="De Schepper"/>`},
		{"a publisher alone", `"publisher": "NIST"`, "<organization>NIST</organization>"},
		{"shapes that make no sense", `"author": [7, null, [], {"family": {}}], "issued": 7, "volume": {}, "ISBN": null, "journal-issue": null, "title": ["T"]`, "<title>T</title>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := ask(t, doi, `{"DOI": "10.1000/182", `+c.fields+`}`)
			require.Contains(t, written(t, doc, ""), c.want)
		})
	}
}

// Where there are people, the publisher is not one more author.
func TestPublisherIsNoExtraAuthor(t *testing.T) {
	doc := ask(t, "10.6028/NIST.FIPS.180-4", `{"DOI": "10.6028/nist.fips.180-4", "author": [{"given": "Quynh H.", "family": "Dang"}], "publisher": "NIST"}`)
	require.Equal(t, 1, strings.Count(written(t, doc, ""), "<author"))
}

func TestISBN(t *testing.T) {
	doc := ask(t, "10.1007/3-540-46766-1_14", `{"DOI": "10.1007/3-540-46766-1_14", "ISBN": ["http://id.crossref.org/isbn/9783540551881", "0-387-1", ""]}`)
	require.Equal(t, []docid.ID{{ID: "978-3-5405-5188-1", Type: "ISBN"}, {ID: "0-387-1", Type: "ISBN"}}, doc.Item.DocID[1:])
}

// A DOI is the same in any case, and answered in that of the question.
func TestCaseIsKept(t *testing.T) {
	client, asked := standIn(t, map[string]string{"/works/10.1016/J.COMNET.2020.107556": `{"DOI": "10.1016/j.comnet.2020.107556", "title": ["T"]}`})
	for _, c := range []struct{ asked, want string }{
		{"10.1016/J.COMNET.2020.107556", "10.1016/J.COMNET.2020.107556"},
		{"10.1016/j.comnet.2020.107556", "10.1016/j.comnet.2020.107556"},
		{"https://doi.org/10.1016/j.Comnet.2020.107556", "10.1016/j.Comnet.2020.107556"},
		{"doi:10.1016/j.Comnet.2020.107556", "10.1016/j.Comnet.2020.107556"},
	} {
		doc, err := client.Work(t.Context(), c.asked)
		require.NoError(t, err)
		require.Equal(t, c.want, doc.Primary.ID)
		require.Equal(t, "https://doi.org/"+c.want, doc.Item.Link[0].Content)
	}
	require.EqualValues(t, 1, asked.Load())
}

func TestReservedCharacters(t *testing.T) {
	doc := ask(t, "10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#?%", `{"DOI": "10.1002/(sici)1097<1::aid-x>3.0.co;2-#?%", "title": ["T"]}`)
	require.Equal(t, "https://doi.org/10.1002/%28SICI%291097%3C1::AID-X%3E3.0.CO;2-%23%3F%25", strings.NewReplacer("(", "%28", ")", "%29").Replace(doc.Item.Link[0].Content))
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, doi string
		messages  map[string]string
		kind      fault.Kind
		asked     int32
	}{
		{"unknown", "10.1000/nope", nil, fault.NotFound, 1},
		{"no DOI", "hello", nil, fault.NotFound, 0},
		{"no suffix", "10.1000/", nil, fault.NotFound, 0},
		{"another path", "10.1000/../../members", nil, fault.NotFound, 0},
		{"blanks", "10.1000/a b", nil, fault.NotFound, 0},
		{"control characters", "10.1000/a\r\nb", nil, fault.NotFound, 0},
		{"too long", "10.1000/" + strings.Repeat("x", 600), nil, fault.NotFound, 0},
		{"down", "10.1000/182", map[string]string{"/works/10.1000/182": ""}, fault.Upstream, 1},
		{"malformed", "10.1000/182", map[string]string{"/works/10.1000/182": `{"DOI": `}, fault.Upstream, 1},
		{"empty", "10.1000/182", map[string]string{"/works/10.1000/182": `{}`}, fault.Upstream, 1},
		{"another work", "10.1000/182", map[string]string{"/works/10.1000/182": `{"DOI": "10.1000/183", "title": ["T"]}`}, fault.Upstream, 1},
		{"an identifier that is none", "10.1000/182", map[string]string{"/works/10.1000/182": `{"DOI": "javascript:alert(1)", "title": ["T"]}`}, fault.Upstream, 1},
		{"an address that is none", "10.1000/182", map[string]string{"/works/10.1000/182": `{"DOI": "10.1000/182", "URL": "javascript:alert(1)", "title": ["T"]}`}, fault.Upstream, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, asked := standIn(t, c.messages)
			_, err := client.Work(t.Context(), c.doi)
			require.Equal(t, c.kind, fault.Of(err), "%v", err)
			require.Equal(t, c.asked, asked.Load())
		})
	}
}

// written is the reference that tools get.
func written(t *testing.T, doc *merge.Document, anchor string) string {
	t.Helper()
	xml, err := bibxml.Format{}.Write(doc, formats.Options{Anchor: anchor})
	require.NoError(t, err)
	return string(xml)
}
