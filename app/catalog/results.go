package catalog

import (
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/search"
)

// Results is what the one search box answers.
type Results struct {
	Documents []*merge.Document // of this page
	Total     int               // counted
	AtLeast   bool              // there are more than Total: counting stopped there, and counts of facets are estimates
	Facets    []search.FacetCounts
	Reading   search.Reading // how the text was understood
	Exact     *docid.ID      // an identifier that fits exactly: it leads to the first of all results
	Offered   string         // a mended query, where spelling suggests another; empty: none
	Mended    bool           // the results are those of Offered, since nothing matched what was written
	Nearest   []Suggestion   // when nothing was found: documents with the nearest identifiers and titles
	Problem   string         // why nothing could be looked for; empty when that could be
	CutOff    bool           // the problem is that the search took too long
}

// Kinds of suggestions.
const (
	SuggestedDocument = "document"
	SuggestedPerson   = "person"
)

// Suggestion is a document or a person that somebody may be about to name.
type Suggestion struct {
	Kind  string   // SuggestedDocument or SuggestedPerson
	ID    docid.ID // of a document
	Text  string   // title of the document, or name of the person
	Year  int      // of the document; 0 when unknown
	Count int      // documents of a person
}

// FacetCounts are the values of a facet, ordered to be shown.
type FacetCounts = search.FacetCounts

// FacetValue is one value of a facet.
type FacetValue = search.FacetValue

func suggestionOf(h search.Hit) Suggestion {
	return Suggestion{Kind: SuggestedDocument, ID: h.ID, Text: h.Title, Year: h.Year}
}
