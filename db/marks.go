package db

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/search"
)

// Marks are lexemes that no text has: PostgreSQL's parser makes none that begins so. They let one index find words and
// properties of documents together, and are what keeps counting and narrowing fast.
const (
	titleMark    = "~" // before the lexeme of a word in a title
	propertyMark = "=" // before a facet, a colon and its value
	sampleMark   = "=sample"
	// sampleOf is of how many documents one has the sampleMark. What very many documents match is counted among those.
	sampleOf = 16
)

// mark is the lexeme for a value of a facet.
func mark(facet search.Facet, value string) string { return propertyMark + string(facet) + ":" + value }

func tierMark(tier search.Tier) string { return propertyMark + "tier:" + strconv.Itoa(int(tier)) }

// marksOf gives those of a document.
func marksOf(d *indexing.Document) []string {
	marks := make([]string, 0, 8)
	for _, dataset := range d.Datasets {
		marks = append(marks, mark(search.FacetSource, dataset))
	}
	for _, group := range d.Groups {
		marks = append(marks, mark(search.FacetGroup, group))
	}
	if d.Kind != "" {
		marks = append(marks, mark(search.FacetKind, d.Kind))
	}
	if year := yearOf(d.LatestDate); year != nil {
		marks = append(marks, mark(search.FacetYear, strconv.Itoa(int(*year))))
	}
	if d.ID%sampleOf == 0 {
		marks = append(marks, sampleMark)
	}
	return append(marks, mark(search.FacetStatus, d.Status), tierMark(d.Tier))
}

// withoutSlashes gives texts in which words that are written together with a slash are apart. PostgreSQL takes
// HTTP/2 for the path of a file; a title with it is to be found by HTTP.
func withoutSlashes(texts []string) []string {
	if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, "/") }) {
		return texts
	}
	apart := make([]string, len(texts))
	for i, text := range texts {
		apart[i] = strings.ReplaceAll(text, "/", " ")
	}
	return apart
}
