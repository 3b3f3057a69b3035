package catalog

import (
	"context"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/search"
)

// Found is one page of what a search found.
type Found struct {
	Documents []*merge.Document
	Total     int // in all, at most the query's Cap
}

// Search gives one page of the documents that match a query, newest first, their relations as the
// records have them. It fails with fault.Invalid when the query cannot be run.
func (c *Catalog) Search(ctx context.Context, q search.Query) (Found, error) {
	keys, total, err := c.store.Search(ctx, q)
	if err != nil {
		return Found{}, err
	}
	docs, err := c.Documents(ctx, keys, NoRelations)
	return Found{Documents: docs, Total: total}, err
}

// ListRecords gives the records of a dataset in the order of their refs: the first limit after a ref.
func (c *Catalog) ListRecords(ctx context.Context, dataset, after string, limit int) ([]RecordEntry, error) {
	return c.store.ListRecords(ctx, dataset, after, limit)
}

// Sources gives the state of every source that was ever indexed.
func (c *Catalog) Sources(ctx context.Context) ([]Source, error) { return c.store.Sources(ctx) }
