package views

import (
	"strconv"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/search"
)

// AskOf turns what the one search box found into the model of its page.
func AskOf(choices Choices, found catalog.Results) Ask {
	m := Ask{
		Choices: choices, Reading: found.Reading, Total: found.Total, AtLeast: found.AtLeast,
		Facets: facetsOf(found.Facets, choices.Chosen, found.Total), Offered: found.Offered, Mended: found.Mended,
		Nearest: SuggestionsOf(found.Nearest), Problem: found.Problem, CutOff: found.CutOff,
	}
	if found.Exact != nil {
		m.Exact = found.Exact.ID
	}
	words := stemsOf(found.Reading.Terms)
	for _, doc := range found.Documents {
		m.Hits = append(m.Hits, hitOf(doc, words))
	}
	return m
}

// SuggestionsOf turns suggestions into links. A person leads to a search for what they wrote.
func SuggestionsOf(suggestions []catalog.Suggestion) []Suggestion {
	var out []Suggestion
	for _, s := range suggestions {
		line := Suggestion{ID: s.ID.ID, Text: s.Text, Year: s.Year, Count: s.Count}
		switch s.Kind {
		case catalog.SuggestedDocument:
			line.URL = DocumentURL(s.ID.ID, s.ID.Type)
		case catalog.SuggestedPerson:
			line.URL = AskURL(`author:"` + s.Text + `"`)
		}
		out = append(out, line)
	}
	return out
}

func askTitle(m Ask) string {
	title := shorten(m.Choices.Text, queryShown) + " – Search"
	if m.Choices.Page > 1 {
		title += ", page " + strconv.Itoa(m.Choices.Page)
	}
	return title
}

// askHeading heads the results.
func askHeading(m Ask) string {
	switch {
	case m.CutOff:
		return "Search cut off"
	case m.Problem != "":
		return "Query not understood"
	case len(m.Hits) == 0:
		return "No documents found"
	case m.AtLeast:
		return "More than " + counted(m.Total, "document")
	}
	return counted(m.Total, "document")
}

// askShown says which of the results the page has.
func askShown(m Ask) string {
	first := m.Choices.Offset() + 1
	if last := first + len(m.Hits) - 1; last > first {
		return number(first) + " to " + number(last)
	}
	return "number " + number(first)
}

func askLast(m Ask) int {
	if m.Choices.Size < 1 {
		return 1
	}
	return max(1, (m.Total+m.Choices.Size-1)/m.Choices.Size)
}

var sortLabels = map[search.Sort]string{
	search.ByRelevance:  "Relevance",
	search.ByNewest:     "Newest",
	search.ByOldest:     "Oldest",
	search.ByIdentifier: "Identifier",
}

// shownWords are the words to mark in the results: those that these were found for.
func shownWords(m Ask) stems { return stemsOf(m.Reading.Terms) }

// isExact says whether a result is what the query names.
func isExact(m Ask, at int) bool { return m.Exact != "" && at == 0 && m.Choices.Page <= 1 }

// nothingTried ends the sentence that nothing was found.
func nothingTried(m Ask) string {
	if m.Choices.narrowed() {
		return " with these choices. "
	}
	return ", neither as an identifier nor as words."
}
