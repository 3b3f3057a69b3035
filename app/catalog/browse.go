package catalog

import (
	"context"

	"github.com/ietf-tools/bibxml/app/browse"
)

// ListRecords gives a part of the records of a dataset, in the order of their names.
func (c *Catalog) ListRecords(ctx context.Context, q browse.Query) (RecordPage, error) {
	return c.store.ListRecords(ctx, q)
}

// Neighbours gives the refs before and after that of a record in that order; empty at either end.
func (c *Catalog) Neighbours(ctx context.Context, dataset, ref string) (before, after string, err error) {
	return c.store.Neighbours(ctx, dataset, ref)
}

// ProblemKinds counts the problems of the records of a dataset by their kind, the most frequent first.
func (c *Catalog) ProblemKinds(ctx context.Context, dataset string) ([]browse.ProblemKind, error) {
	return c.store.ProblemKinds(ctx, dataset)
}

// Sections says where one may want to jump to in the records of a dataset.
func (c *Catalog) Sections(ctx context.Context, dataset string) (browse.Sections, error) {
	return c.store.Sections(ctx, dataset)
}
