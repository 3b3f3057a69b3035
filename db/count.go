package db

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/search"
)

// countedBy are what facets count of documents, and what stands there for facets that are not counted.
var countedBy = []struct {
	column, none string
	facets       []search.Facet
}{
	{"doc.datasets", "'{}'::text[]", []search.Facet{search.FacetSource}},
	{"doc.kind", "''", []search.Facet{search.FacetKind}},
	{statusNow, "''", []search.Facet{search.FacetStatus}},
	{"doc.groups", "'{}'::text[]", []search.Facet{search.FacetGroup}},
	{"coalesce(doc.year, 0)", "0", []search.Facet{search.FacetDecade, search.FacetYear}},
}

// kin are documents that are alike.
type kin struct {
	search.Alike
	beyond bool // those that are too many
}

func kinFields(k *kin) []any {
	return []any{pgdialect.Array(&k.Datasets), &k.Kind, &k.Status, pgdialect.Array(&k.Groups), &k.Year, &k.beyond, &k.Documents}
}

// Matches implements catalog.Store.
func (d *DB) Matches(ctx context.Context, r search.Request, facet search.Facet) (found []search.Alike, more bool, err error) {
	m, err := d.matcher(ctx, r)
	if err != nil {
		return nil, false, refusal("count", err)
	}
	var steps []any
	others := anything
	if len(r.Pinned) > 0 {
		steps = append(steps, pinned(matcher{filter: m.filter}, r))
		others = bun.SafeQuery("NOT ?", isPinned(r))
	}
	if asksAnything(m, r) {
		steps = append(steps, step(matcher{}, r, others, m.narrowed(either(m.title, m.all)), false))
	}
	if len(steps) == 0 {
		return nil, false, nil
	}
	all := bun.SafeQuery("SELECT *, row_number() OVER () > ? AS beyond FROM (? LIMIT ?) AS found",
		search.MostRanked, oneAfterTheOther(steps), search.MostRanked+1)
	return d.count(ctx, all, []search.Facet{facet})
}

// Sample implements catalog.Store.
func (d *DB) Sample(ctx context.Context, r search.Request, facets []search.Facet) (found []search.Alike, of int, err error) {
	m, err := d.matcher(ctx, r)
	if err != nil {
		return nil, 0, refusal("sample", err)
	}
	queries := m.narrowed(either(m.title, m.all), quoteLexeme(sampleTag))
	all := bun.SafeQuery("SELECT *, false AS beyond FROM (?) AS found", step(matcher{}, r, anything, queries, false))
	found, _, err = d.count(ctx, all, facets)
	return found, sampleOf, err
}

// count counts what documents have of some facets, and says whether there are more than were counted. PostgreSQL puts
// together those that are alike, of which there are few: sending and reading each of them takes longer than finding them.
func (d *DB) count(ctx context.Context, documents any, facets []search.Facet) (found []search.Alike, more bool, err error) {
	var columns []string
	for _, c := range countedBy {
		column := c.none
		if slices.ContainsFunc(c.facets, func(f search.Facet) bool { return slices.Contains(facets, f) }) {
			column = c.column
		}
		columns = append(columns, column)
	}
	tables := "(?) AS doc"
	if slices.Contains(facets, search.FacetStatus) {
		tables += " LEFT JOIN standing AS s ON s.document_id = doc.id"
	}
	rows, err := d.searches.QueryContext(ctx,
		"SELECT "+strings.Join(columns, ", ")+", doc.beyond, count(*) FROM "+tables+" GROUP BY 1, 2, 3, 4, 5, 6", documents)
	if err != nil {
		return nil, false, refusal("count", err)
	}
	all, err := collect(rows, nil, "count", kinFields)
	for _, k := range all {
		if more = more || k.beyond; !k.beyond {
			found = append(found, k.Alike)
		}
	}
	return found, more, refusal("count", err)
}
