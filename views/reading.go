package views

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/search"
)

// readPart says how a part of a query was understood.
type readPart struct{ Label, Text string }

// readingOf says how a query was understood: the identifier that it is, if there is a document with that, and what it
// asks of words and properties. The words of what is nothing but an identifier say no more.
func readingOf(reading search.Reading, exact string) []readPart {
	var parts []readPart
	terms := reading.Terms
	if exact != "" {
		parts = append(parts, readPart{"identifier", exact})
		if reading.Whole {
			terms = nil
		}
	}
	if reading.Section != "" {
		parts = append(parts, readPart{"section", reading.Section})
	}
	for _, term := range terms {
		part := readPart{termLabel(term), term.Text}
		if term.Phrase {
			part.Text = "“" + term.Text + "”"
		}
		if last := len(parts) - 1; last >= 0 && parts[last].Label == part.Label {
			parts[last].Text += " " + part.Text
		} else {
			parts = append(parts, part)
		}
	}
	for _, facet := range search.Facets {
		for _, value := range reading.Chosen[facet] {
			parts = append(parts, readPart{strings.ToLower(facetLabel(facet)), facetValueLabel(facet, value)})
		}
	}
	return parts
}

func termLabel(term search.Term) string {
	label := "words"
	switch term.Field {
	case search.FieldTitle:
		label = "in the title"
	case search.FieldAuthor:
		label = "author"
	}
	switch {
	case term.Not && term.Field == "":
		return "without"
	case term.Not:
		return "not " + label
	case term.Or:
		return "or " + label
	}
	return label
}
