package db

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// candidates is how many documents are ranked and counted at most.
const candidates = 1000

// row is a document that matches.
type row struct {
	id       int64
	datasets []string
	kind     string
	year     int
}

// Find implements catalog.Store.
func (d *DB) Find(ctx context.Context, asked search.Asked, reading search.Reading) (catalog.Matches, error) {
	var matches catalog.Matches
	if !storable(asked.Text) || len(reading.Terms) == 0 {
		return matches, nil
	}
	order := "ts_rank(words, q) DESC, latest_date DESC NULLS LAST, id"
	switch asked.Sort {
	case search.ByNewest:
		order = newestFirst
	case search.ByOldest:
		order = "latest_date, id"
	case search.ByIdentifier:
		order = "primary_id, id"
	}
	rows, err := d.web.QueryContext(ctx, `
		WITH doc AS MATERIALIZED (SELECT documents.*, q FROM documents, websearch_to_tsquery(?, ?) AS q WHERE words @@ q LIMIT ?)
		SELECT id, datasets, kind, coalesce(year, 0) FROM doc ORDER BY `+order, textConfig, asked.Text, candidates+1)
	if err != nil && isRefused(err) {
		return matches, fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	found, err := collect(rows, err, "find", func(r *row) []any {
		return []any{&r.id, pgdialect.Array(&r.datasets), &r.kind, &r.year}
	})
	if err != nil {
		return matches, err
	}
	matches.Facets = counts(found, asked.Chosen)
	found = slices.DeleteFunc(found, func(r row) bool { return !r.fits(asked.Chosen, "") })
	matches.AtLeast = len(found) > candidates
	found = found[:min(len(found), candidates)]
	matches.Total = len(found)
	from := min(max(asked.Offset, 0), len(found))
	for _, r := range found[from:min(from+max(asked.Limit, 0), len(found))] {
		matches.Keys = append(matches.Keys, r.id)
	}
	return matches, nil
}

func (r row) values(f search.Facet) []string {
	switch f {
	case search.FacetSource:
		return r.datasets
	case search.FacetKind:
		if r.kind != "" {
			return []string{r.kind}
		}
	case search.FacetDecade:
		if r.year > 0 {
			return []string{strconv.Itoa(r.year / 10 * 10)}
		}
	case search.FacetYear:
		if r.year > 0 {
			return []string{strconv.Itoa(r.year)}
		}
	}
	return nil
}

func (r row) fits(chosen map[search.Facet][]string, but search.Facet) bool {
	for facet, values := range chosen {
		if facet == but || len(values) == 0 {
			continue
		}
		if !slices.ContainsFunc(r.values(facet), func(v string) bool { return slices.Contains(values, v) }) {
			return false
		}
	}
	return true
}

func counts(found []row, chosen map[search.Facet][]string) (all []search.FacetCounts) {
	for _, facet := range search.Facets {
		numbers := make(map[string]int)
		for _, value := range chosen[facet] {
			numbers[value] = 0
		}
		for _, r := range found {
			if !r.fits(chosen, facet) {
				continue
			}
			for _, value := range r.values(facet) {
				numbers[value]++
			}
		}
		if len(numbers) == 0 {
			continue
		}
		counted := search.FacetCounts{Facet: facet}
		for _, value := range slices.Sorted(maps.Keys(numbers)) {
			counted.Values = append(counted.Values, search.FacetValue{
				Value: value, Count: numbers[value], Chosen: slices.Contains(chosen[facet], value),
			})
		}
		all = append(all, counted)
	}
	return all
}

// Suggest implements catalog.Store.
func (d *DB) Suggest(ctx context.Context, text string, limit int) ([]catalog.Suggestion, error) {
	if !storable(text) || text == "" {
		return nil, nil
	}
	rows, err := d.web.QueryContext(ctx, `
		SELECT primary_id, primary_type, title, coalesce(year, 0) FROM documents
		WHERE id IN (SELECT document_id FROM docids WHERE norm LIKE ? LIMIT 100) AND primary_id <> '' LIMIT ?`,
		fmt.Sprintf("%s%%", strings.ReplaceAll(docid.Normalize(text), "%", "")), limit)
	return collect(rows, err, "suggest", func(s *catalog.Suggestion) []any {
		s.Kind = catalog.SuggestedDocument
		return []any{&s.ID.ID, &s.ID.Type, &s.Text, &s.Year}
	})
}
