package catalog

import (
	"context"
	"errors"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/search"
)

// Found is one page of what a search found.
type Found struct {
	Documents []*merge.Document
	Total     int           // in all, at most the query's Cap
	Page      int           // from 1
	Format    search.Format // in which the query was answered
	// Problem says, for the author of the query, why nothing could be looked for; empty when that could be.
	Problem string
	CutOff  bool // the problem is that the search took too long
}

// Search gives one page of the documents that match the first of the queries that any document matches, newest
// first, their relations as the records have them. When none matches, the answer is to the last query. A query
// that cannot be run is no failure but finds nothing, with Problem saying why. A page beyond the last fails with
// fault.NotFound.
func (c *Catalog) Search(ctx context.Context, queries ...search.Query) (Found, error) {
	var found, cutOff Found
	for _, q := range queries {
		keys, total, err := c.store.Search(ctx, q)
		found = Found{Total: total, Page: pageOf(q, total), Format: q.Format}
		switch {
		case fault.Is(err, fault.Invalid):
			found.Problem, found.CutOff = fault.Message(err), errors.Is(err, search.ErrCutOff)
			if found.CutOff {
				cutOff = found
			}
		case err != nil:
			return found, err
		case total > 0 && len(keys) == 0:
			return found, noPage(found.Page)
		case total > 0:
			found.Documents, err = c.Documents(ctx, keys, NoRelations)
			return found, err
		}
	}
	if cutOff.CutOff { // there may be something all the same
		found = cutOff
	}
	if found.Page > 1 {
		return found, noPage(found.Page)
	}
	return found, nil
}

func pageOf(q search.Query, total int) int {
	switch {
	case q.Limit <= 0:
		return 1
	case q.Last:
		return max(total-1, 0)/q.Limit + 1
	}
	return q.Offset/q.Limit + 1
}

func noPage(number int) error {
	return fault.New(fault.NotFound, "There is no page %d of these results.", number)
}

// Sources gives the state of every source that was ever indexed.
func (c *Catalog) Sources(ctx context.Context) ([]Source, error) { return c.store.Sources(ctx) }

// Check says whether a query can be run, without running it: it fails with fault.Invalid when it cannot.
func (c *Catalog) Check(ctx context.Context, q search.Query) error { return c.store.Check(ctx, q) }

// Newest gives the newest documents that are not dated in the future, their relations as the records have them.
func (c *Catalog) Newest(ctx context.Context, limit int) ([]*merge.Document, error) {
	keys, err := c.store.Newest(ctx, limit)
	if err != nil {
		return nil, err
	}
	return c.Documents(ctx, keys, NoRelations)
}
