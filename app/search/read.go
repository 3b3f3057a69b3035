package search

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Read reads what was written into the search box.
func Read(text string) Reading {
	var r Reading
	text = strings.TrimSpace(text)
	r.Identifiers = append(docid.SeriesForms(text), text)
	for _, word := range strings.Fields(text) {
		r.Terms = append(r.Terms, Term{Text: word})
	}
	return r
}
