package views

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

// asked is a search as the catalog answers it: narrowed, on its second page.
func asked() Ask {
	choices := Choices{Text: "quic transport", Sort: search.ByRelevance, Size: 20, Page: 2}.toggled(search.FacetSource, "rfcs")
	return AskOf(choices.at(2), catalog.Results{
		Documents: []*merge.Document{rfc9000()}, Total: 43,
		Reading: search.Reading{Terms: []search.Term{{Text: "quic"}, {Text: "transport"}}},
		Facets: []search.FacetCounts{
			{Facet: search.FacetSource, Values: []search.FacetValue{{Value: "rfcs", Count: 43, Chosen: true}, {Value: "ids", Count: 7}}},
		},
	})
}

func TestAskedResultsArePartOfThePage(t *testing.T) {
	m := asked()
	whole, partial := render(t, AskPage(testFrame, m)), render(t, AskResults(m))
	assert.Equal(t, "quic transport – Search, page 2 – BibXML", content(find(whole, "title")[0]))
	assert.Equal(t, "quic transport – Search, page 2", content(find(partial, "title")[0]))
	assert.Empty(t, find(partial, "main"))
	for _, address := range []string{
		"/search/?query=quic+transport",                         // without the source
		"/search/?query=quic+transport&source=rfcs&source=ids",  // and another source
		"/search/?query=quic+transport&source=rfcs&sort=newest", // in another order
		"/search/?query=quic+transport&source=rfcs&size=50",     // more at once
		"/search/?query=quic+transport&source=rfcs&page=3",      // further on
		"/search/?query=quic+transport&source=rfcs",             // back
	} {
		for _, link := range findWith(partial, "href", address) {
			assert.Equal(t, address, attribute(link, "hx-get"), "with and without JavaScript")
		}
		assert.NotEmpty(t, findWith(partial, "href", address), address)
	}
	chosen := findWith(partial, "id", "source-rfcs")[0]
	assert.Equal(t, "true", attribute(chosen, "aria-current"))
	assert.Contains(t, content(chosen), "remove")
	assert.Equal(t, []string{"QUIC", "Transport", "transport"}, contents(partial, "mark"))
}

func TestExactHitIsMarked(t *testing.T) {
	m := AskOf(Choices{Text: "rfc9000", Size: 20, Page: 1}, catalog.Results{
		Documents: []*merge.Document{rfc9000(), rfc9000()}, Total: 2, Exact: &docid.ID{ID: "RFC 9000", Type: "IETF"},
	})
	page := render(t, AskResults(m))
	assert.Len(t, findWith(page, "class", "entry hit hit-exact"), 1)
	assert.Contains(t, strings.Join(strings.Fields(content(page)), " "), "Looked for identifier RFC 9000")
	m.Choices.Page = 2
	assert.Empty(t, findWith(render(t, AskResults(m)), "class", "entry hit hit-exact"))
}

func TestMendedQueryIsOffered(t *testing.T) {
	m := Ask{Choices: Choices{Text: "congstion"}, Offered: "congestion", Hits: []Hit{HitOf(rfc9000())}, Total: 1}
	assert.Contains(t, content(render(t, AskResults(m))), "Did you mean congestion?")
	m.Mended = true
	page := render(t, AskResults(m))
	assert.Contains(t, content(page), "Nothing matches congstion.")
	assert.Len(t, findWith(page, "href", AskURL("congestion")), 1)
}

func TestNothingFoundOffersOtherWays(t *testing.T) {
	m := Ask{Choices: Choices{Text: "10.1145/2975159"}, Nearest: []Suggestion{{ID: "RFC 9001", Text: "Using TLS", URL: "/RFC9001"}, {Text: "S. Bradner", URL: AskURL(`author:"S. Bradner"`)}}}
	page := render(t, AskPage(testFrame, m))
	for _, format := range QueryFormats {
		assert.Len(t, findWith(page, "href", SearchURL(m.Choices.Text, format.Value, 1)), 1, format.Label)
	}
	for _, address := range []string{"/RFC9001", AskURL(`author:"S. Bradner"`), ExternalURL("doi", "10.1145/2975159")} {
		assert.Len(t, findWith(page, "href", address), 1, address)
	}
	assert.Contains(t, content(page), "neither as an identifier nor as words")

	m.Choices = m.Choices.toggled(search.FacetSource, "rfcs")
	narrowed := render(t, AskPage(testFrame, m))
	assert.Contains(t, content(narrowed), "with these choices")
	assert.NotEmpty(t, findWith(narrowed, "href", AskURL(m.Choices.Text)))
}

func TestAskHeading(t *testing.T) {
	hits := make([]Hit, 1)
	for want, m := range map[string]Ask{
		"No documents found":        {},
		"1 document":                {Hits: hits, Total: 1},
		"1,043 documents":           {Hits: hits, Total: 1043},
		"More than 1,000 documents": {Hits: hits, Total: 1000, AtLeast: true},
		"Query not understood":      {Problem: "It is wrong."},
		"Search cut off":            {Problem: "It took too long.", CutOff: true},
	} {
		assert.Equal(t, want, askHeading(m))
	}
	assert.Equal(t, "41 to 43", askShown(Ask{Choices: Choices{Size: 20, Page: 3}, Hits: make([]Hit, 3)}))
	assert.Equal(t, "number 41", askShown(Ask{Choices: Choices{Size: 20, Page: 3}, Hits: hits}))
	assert.Equal(t, 3, askLast(Ask{Choices: Choices{Size: 20}, Total: 43}))
}

func TestSuggestions(t *testing.T) {
	suggestions := SuggestionsOf([]catalog.Suggestion{
		{Kind: catalog.SuggestedPerson, Text: "S. Bradner", Count: 66},
		{Kind: catalog.SuggestedDocument, ID: docid.ID{ID: "RFC 2119", Type: "IETF"}, Text: "Key words", Year: 1997},
	})
	page := render(t, Suggestions("key", suggestions))
	options := findWith(page, "role", "option")
	require.Len(t, options, 2)
	assert.Equal(t, []string{"/RFC2119", `/search/?query=author%3A%22S.+Bradner%22`}, attributes(options, "data-href"))
	assert.Equal(t, []string{"suggestion-1", "suggestion-2"}, attributes(options, "id"))
	assert.Equal(t, []string{"Documents", "People"}, attributes(findWith(page, "role", "group"), "aria-label"))
	assert.Contains(t, content(options[1]), "66 documents")
	assert.Equal(t, []string{"Key"}, contents(page, "mark"))
	assert.Empty(t, content(render(t, Suggestions("x", nil))))
}

func TestDOIIn(t *testing.T) {
	for text, want := range map[string]string{
		"10.1145/2975159":                  "10.1145/2975159",
		"https://doi.org/10.1145/2975159.": "10.1145/2975159",
		"doi:10.17487/RFC9000":             "10.17487/RFC9000",
		"RFC 9000":                         "",
		"3.10.1145/x":                      "10.1145/x",
	} {
		assert.Equal(t, want, doiIn(text), text)
	}
}

func TestNewestShowsADraftOnce(t *testing.T) {
	doc := func(id, docType, date string) *merge.Document {
		item := &relaton.Item{DocID: []docid.ID{{ID: id, Type: docType, Primary: true}}, Date: []relaton.Date{{Type: "updated", Value: date}}}
		return &merge.Document{Item: item, Primary: item.DocID[0], Records: []merge.Record{{LatestDate: date}}}
	}
	hits := NewestOf([]*merge.Document{
		doc("draft-a", "Internet-Draft", "2026-11-20"), doc("draft-a-02", "Internet-Draft", "2026-11-20"),
		doc("RFC 10000", "IETF", "2026-11-19"), doc("draft-a-bis-00", "Internet-Draft", "2026-11-18"),
		doc("draft-b-01", "Internet-Draft", "2026-11-17"), doc("draft-b", "Internet-Draft", "2026-11-17"),
		doc("RFC 9999", "IETF", "2026-11-01"),
	}, 4)
	var ids []string
	for _, hit := range hits {
		ids = append(ids, hit.ID.ID)
	}
	assert.Equal(t, []string{"draft-a-02", "RFC 10000", "draft-a-bis-00", "draft-b-01"}, ids)
	assert.Equal(t, "2026-11-20", hits[0].Date)
}
