package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/search"
)

// Results is what the one search box answers.
type Results struct {
	Documents []*merge.Document // of this page
	Total     int               // counted
	AtLeast   bool              // there are more than Total: counting stopped there
	Facets    []search.FacetCounts
	Reading   search.Reading // how the text was understood
	Exact     *docid.ID      // an identifier that fits exactly: it leads to Documents[0]
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

// Ask answers the one search box: documents by an identifier in any spelling, and by words. A text that cannot
// be looked for is no failure but finds nothing, with Problem saying why.
func (c *Catalog) Ask(ctx context.Context, asked search.Asked) (Results, error) {
	results := Results{Reading: search.Read(asked.Text)}
	exact, key, err := c.named(ctx, results.Reading)
	if err != nil {
		return results, err
	}
	found, err := c.store.Find(ctx, asked, results.Reading)
	switch {
	case fault.Is(err, fault.Invalid):
		results.Problem, results.CutOff = fault.Message(err), errors.Is(err, search.ErrCutOff)
	case err != nil:
		return results, err
	}
	results.Total, results.AtLeast, results.Facets = found.Total, found.AtLeast, found.Facets
	keys := found.Keys
	if exact != nil {
		results.Exact = exact
		if at := slices.Index(keys, key); at >= 0 {
			keys = slices.Delete(keys, at, at+1)
		} else {
			results.Total++
		}
		if asked.Offset == 0 {
			keys = append([]int64{key}, keys...)
		}
	}
	results.Documents, err = c.Documents(ctx, keys, NoRelations)
	return results, err
}

// Suggest gives documents and people for what was typed so far, best first.
func (c *Catalog) Suggest(ctx context.Context, text string, limit int) ([]Suggestion, error) {
	return c.store.Suggest(ctx, strings.TrimSpace(text), limit)
}

// Lookup gives the identifier that a text fits exactly; fault.NotFound when there is none.
func (c *Catalog) Lookup(ctx context.Context, text string) (docid.ID, error) {
	exact, _, err := c.named(ctx, search.Read(text))
	if err == nil && exact == nil {
		err = fault.New(fault.NotFound, "Unable to find bibliographic item matching document ID %s", text)
	}
	if err != nil {
		return docid.ID{}, err
	}
	return *exact, nil
}

// named gives the identifier that a text fits exactly, with the document that carries it; nil when there is none.
func (c *Catalog) named(ctx context.Context, reading search.Reading) (*docid.ID, int64, error) {
	for _, id := range reading.Identifiers {
		found, err := c.store.Candidates(ctx, docid.Query{Value: id, Match: docid.Fuzzy})
		if err != nil {
			return nil, 0, err
		}
		if len(found) > 0 {
			at := best(found)
			return &at.ID, at.Document, nil
		}
	}
	return nil, 0, nil
}
