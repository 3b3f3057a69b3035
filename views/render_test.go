package views

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// Every page can be used by everybody, runs under the strict content policy, and shows what sources
// and visitors wrote as the text that it is.
func TestEveryPage(t *testing.T) {
	for name, page := range allPages() {
		t.Run(name, func(t *testing.T) {
			doc := render(t, page)
			assert.Equal(t, "en", attribute(find(doc, "html")[0], "lang"))
			require.Len(t, find(doc, "title"), 1)
			assert.NotEmpty(t, content(find(doc, "title")[0])+testFrame.Service)
			for _, tag := range []string{"h1", "main", "footer"} {
				assert.Len(t, find(doc, tag), 1, tag)
			}
			assert.NotEmpty(t, find(doc, "nav"))
			assert.Equal(t, "#main", attribute(find(doc, "a")[0], "href"), "the first link skips to the content")
			assert.Len(t, findWith(doc, "name", "query", "type", "search", "data-search", ""), 1, "search box of the header")
			assertPolicy(t, doc)
			assertUniqueIDs(t, doc)
		})
	}
}

func assertPolicy(t *testing.T, doc *html.Node) {
	t.Helper()
	assert.Empty(t, find(doc, "style"))
	assert.Len(t, find(doc, "script"), 3)
	for node := range doc.Descendants() {
		for _, attr := range node.Attr {
			assert.False(t, strings.HasPrefix(attr.Key, "on"), attr.Key)
			assert.NotEqual(t, "style", attr.Key)
			assert.NotContains(t, attr.Key, "script")
			if attr.Key == "href" || attr.Key == "src" {
				assert.NotContains(t, attr.Val, "javascript:")
			}
		}
		if node.Data == "script" {
			assert.Empty(t, content(node))
		}
		if node.Data == "img" {
			assert.NotEqual(t, "x", attribute(node, "src"))
		}
	}
}

func assertUniqueIDs(t *testing.T, doc *html.Node) {
	t.Helper()
	seen := map[string]bool{}
	for node := range doc.Descendants() {
		if id := attribute(node, "id"); id != "" {
			assert.False(t, seen[id], "id %s stands twice", id)
			seen[id] = true
		}
	}
}

func TestDocumentPage(t *testing.T) {
	doc := render(t, allPages()["document"])

	assert.Equal(t, "RFC 9000: QUIC: A UDP-Based Multiplexed and Secure Transport – BibXML", content(find(doc, "title")[0]))
	assert.Equal(t, `<xi:include href="https://bib.example/public/rfc/bibxml/reference.RFC.9000.xml"/>`, content(byID(t, doc, "include-line")))
	assert.Equal(t, "<reference anchor=\"RFC9000\">\n  <front/>\n</reference>\n", content(byID(t, doc, "bibxml-text")))
	for _, target := range []string{"include-line", "bibxml-text"} {
		assert.Len(t, findWith(doc, "data-copy", target), 1)
	}
	for _, address := range []string{
		"/public/rfc/bibxml-rfcs/reference.RFC.9000.xml",
		ExportURL("RFC 9000", "bibxml"),
		"https://doi.org/10.17487/RFC9000",
		RecordURL("rfcs", "RFC9000"),
	} {
		assert.Len(t, findWith(doc, "href", address), 1, address)
	}
	assert.Len(t, findWith(doc, "href", RecordURL("misc", "reference.RFC.9000")), 2, "as a source, and from its problem")
}

func TestDocumentWithoutXMLOrPath(t *testing.T) {
	page := content(render(t, DocumentPage(testFrame, DocumentOf(rfc9000()))))
	assert.Contains(t, page, "No xml2rfc path leads to this document")
	assert.Contains(t, page, "cannot be written as a reference")
}

// RFC 8996 updates 84 others.
func TestLongRelationsAreFolded(t *testing.T) {
	group := RelationGroup{Kind: "updates", Label: "Updates"}
	for i := range 84 {
		id := fmt.Sprintf("RFC %d", 3000+i)
		group.Relations = append(group.Relations, Relation{ID: id, URL: DocumentURL(id, "IETF")})
	}
	m := DocumentOf(rfc9000())
	m.Relations = []RelationGroup{group, {Kind: "obsoletes", Label: "Obsoletes", Relations: group.Relations[:15]}}
	relations := byID(t, render(t, DocumentPage(testFrame, m)), "relations")

	folds := find(relations, "details")
	require.Len(t, folds, 1, "fifteen are not worth folding")
	assert.Equal(t, "Show 72 more", content(find(folds[0], "summary")[0]))
	assert.Len(t, find(folds[0], "a"), 72)
	assert.Len(t, find(relations, "a"), 84+15)
}

func TestObsoleteDocumentSaysSoFirst(t *testing.T) {
	m := DocumentOf(rfc9000())
	m.Place(familyOf("RFC 9000 2021", "RFC 9998 2024", "RFC 9999 2026"))
	head := find(find(render(t, DocumentPage(testFrame, m)), "article")[0], "header")[0]
	assert.Contains(t, strings.Join(strings.Fields(content(head)), " "), "Obsolete. Replaced, in the end, by RFC 9999 (2026).")
	assert.Len(t, findWith(head, "href", DocumentURL("RFC 9999", "IETF")), 2, "in the sentence and in the chain")
	assert.Len(t, findWith(head, "aria-current", "true"), 1)
}

func TestForeignTextHasItsLanguage(t *testing.T) {
	m := DocumentOf(rfc9000())
	m.Titles[0].Phrase = Phrase{"معالجة الأسماء", "ar"}
	m.Abstracts = []Passage{{Paragraphs: []string{"国际"}, Lang: "zh"}}
	doc := render(t, DocumentPage(testFrame, m))

	arabic := findWith(find(doc, "h1")[0], "lang", "ar")
	require.Len(t, arabic, 1)
	assert.Equal(t, "bdi", arabic[0].Data, "its direction is found by itself")
	chinese := findWith(byID(t, doc, "abstract"), "lang", "zh", "dir", "auto")
	require.Len(t, chinese, 1)
}

func TestSearchResultsArePartOfTheSearchPage(t *testing.T) {
	m := Search{Query: "quic", Format: "websearch", Hits: []Hit{HitOf(rfc9000())}, Total: 43, Page: 2, PageSize: 10}
	whole, partial := render(t, SearchPage(testFrame, m)), render(t, SearchResults(m))

	var inner bytes.Buffer
	require.NoError(t, results(m).Render(t.Context(), &inner))
	assert.Equal(t, content(parse(t, inner.String())), content(byID(t, whole, searchPartial)))
	assert.Equal(t, "quic – Search, page 2", content(find(partial, "title")[0]))
	assert.Empty(t, find(partial, "main"))

	for _, doc := range []*html.Node{whole, partial} {
		next := SearchURL("quic", "websearch", 3)
		assert.Len(t, findWith(doc, "href", next, "hx-get", next), 2, "page 3 and the next page")
		assert.Len(t, findWith(doc, "href", DocumentURL("RFC 9000", "IETF")), 1)
	}
	assert.Len(t, findWith(whole, "hx-get", SearchPath, "hx-target", "#"+searchPartial), 1)
}

func TestEmptySearchOffersAnotherWay(t *testing.T) {
	page := allPages()["search empty"]
	assert.Len(t, findWith(render(t, page), "href", SearchURL("quic", "docid_regex", 1)), 1)
}

func TestRecordPageLeadsToTheLine(t *testing.T) {
	m := Record{Dataset: Dataset{Name: "rfcs"}, Ref: "RFC1", YAML: "a: 1\nb: 2\n\nc: 3", Problems: []Problem{{"b", "must be a list", 2}, {"", "no identifier", 0}}}
	doc := render(t, RecordPage(testFrame, m))

	file := byID(t, doc, "file-text")
	assert.Equal(t, m.YAML, content(file), "what is copied is the file")
	require.Len(t, find(file, "span"), 4)
	assert.Equal(t, []string{"L2"}, attributes(findWith(file, "class", "at-fault"), "id"))
	problems := byID(t, doc, "problems")
	assert.Equal(t, []string{"#L2"}, attributes(find(problems, "a"), "href"))
	assert.Contains(t, content(problems), "must be a list")
	assert.Contains(t, content(problems), "no identifier")
}

func TestHomeListsSources(t *testing.T) {
	doc := render(t, allPages()["home"])
	sources := content(byID(t, doc, "sources"))
	for _, want := range []string{"rfcs", "RFCs", "9,154", "1 hour ago"} {
		assert.Contains(t, sources, want)
	}
	assert.Contains(t, content(byID(t, doc, "newest")), "RFC 9000")
	for _, address := range []string{LookupURL("RFC 9000"), AdvancedURL, AdvancedURL + "#doi"} {
		assert.Len(t, findWith(doc, "href", address), 1, address)
	}
	assert.Contains(t, content(render(t, allPages()["home empty"])), "The index is empty so far.")
}

func TestAdvancedPage(t *testing.T) {
	doc := render(t, allPages()["advanced"])
	options := attributes(find(doc, "option"), "value")
	assert.Equal(t, []string{"websearch", "docid_regex", "json_struct", "json_path", "json_repr"}, options)
	for _, format := range QueryFormats {
		assert.Len(t, findWith(doc, "href", SearchURL(format.Example, format.Value, 1)), 1, format.Label)
	}
	check := findWith(doc, "hx-get", CheckPath)
	require.Len(t, check, 1)
	assert.Equal(t, "false", attribute(check[0], "hx-push-url"), "a check is no page")
	assert.Len(t, findWith(doc, "action", DOIPath), 1)
}

func TestQueryCheck(t *testing.T) {
	assert.Equal(t, "It is wrong.", content(render(t, QueryCheck(Check{Problem: "It is wrong."}))))
	assert.Equal(t, "The syntax is right.", content(render(t, QueryCheck(Check{}))))
	assert.Empty(t, content(render(t, QueryCheck(Check{Empty: true}))))
}

func TestCanonicalAddress(t *testing.T) {
	f := testFrame
	f.Canonical = "/RFC9000"
	links := findWith(render(t, AboutPage(f)), "rel", "canonical")
	assert.Equal(t, []string{"https://bib.example/RFC9000"}, attributes(links, "href"))
	assert.Empty(t, findWith(render(t, AboutPage(testFrame)), "rel", "canonical"))
}

func TestErrorPageLeadsToASearch(t *testing.T) {
	page := render(t, ErrorPage(testFrame, Error{Status: 404, Sought: "RFC 99999"}))
	assert.Len(t, findWith(page, "href", AskURL("RFC 99999")), 1)
}

func TestErrorPageSaysWhatToDo(t *testing.T) {
	for status, explanation := range explanations {
		page := content(render(t, ErrorPage(testFrame, Error{Status: status, Message: "It was so."})))
		for _, want := range []string{fmt.Sprint(status), explanation.title, explanation.advice, "It was so."} {
			assert.Contains(t, page, want)
		}
	}
	assert.Contains(t, content(render(t, ErrorPage(testFrame, Error{Status: 418}))), unexpected.title)
}

func TestCurrentPageIsMarked(t *testing.T) {
	f := testFrame
	f.Path = AboutURL
	current := findWith(render(t, AboutPage(f)), "aria-current", "page")
	assert.Equal(t, []string{AboutURL}, attributes(current, "href"))
}
