package db

import (
	"context"
	"maps"
	"slices"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
)

// carrierOf returns a query for the document that the target of a relation is, by columns target, target_type and norm of a table.
// Where identifiers of several types have the norm, the type must be that of the target; names of RFCs and drafts are the same
// whatever the type. The identifier that is spelled as the target wins, then the newest document.
func carrierOf(table string) string {
	return `(SELECT d.document_id FROM docids AS d
		WHERE d.norm = ` + table + `.norm AND d.scope = '' AND (d.is_primary OR d.type = 'DOI')
			AND (` + table + `.target_type = '' OR lower(d.type) = lower(` + table + `.target_type)
				OR d.norm ~ '^(rfc|bcp|std|fyi)[.][0-9]+$' OR starts_with(d.norm, 'draft.'))
		ORDER BY lower(d.type) = lower(` + table + `.target_type) DESC, d.id = ` + table + `.target DESC,
			lower(d.id) = lower(` + table + `.target) DESC, d.is_primary DESC, d.document_date DESC NULLS LAST, d.document_id
		LIMIT 1)`
}

// Targets implements catalog.Store.
func (d *DB) Targets(ctx context.Context, ids []docid.ID) (map[docid.ID]int64, error) {
	var places []int
	var targets, types, norms []string
	for i, id := range ids {
		if !storable(id.ID) || !storable(id.Type) {
			continue
		}
		for _, norm := range docid.Norms(id.ID) {
			places, targets, types, norms = append(places, i), append(targets, id.ID), append(types, id.Type), append(norms, norm)
		}
	}
	found := make(map[docid.ID]int64, len(ids))
	if len(places) == 0 {
		return found, nil
	}
	rows, err := d.web.QueryContext(ctx, `
		SELECT place, document FROM (
			SELECT wanted.place, wanted.form, `+carrierOf("wanted")+` AS document
			FROM unnest(?::integer[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS wanted (place, target, target_type, norm, form)
		) AS forms WHERE document IS NOT NULL ORDER BY form DESC`,
		pgdialect.Array(places), pgdialect.Array(targets), pgdialect.Array(types), pgdialect.Array(norms))
	type carried struct {
		place    int
		document int64
	}
	all, err := collect(rows, err, "find the targets of relations", func(c *carried) []any { return []any{&c.place, &c.document} })
	for _, c := range all { // the first form comes last
		found[ids[c.place]] = c.document
	}
	return found, err
}

// referring are the relations of some types whose targets carry one of the normalised identifiers. What the version before removed
// has no document.
var referring = `
	FROM unnest(?::bigint[], ?::text[]) AS carried (document, norm)
	JOIN relations AS r ON r.norm = carried.norm AND r.document_id <> carried.document AND r.type = ANY (?)
	JOIN documents ON documents.id = r.document_id
	WHERE ` + carrierOf("r") + ` = carried.document`

// linkedDrafts are the links of drafts, as if the document at the other end stated them.
const linkedDrafts = `
	SELECT documents.latest_date, documents.primary_id, source, links.type, target, inferred
	FROM unnest(?::bigint[]) AS asked, LATERAL (
		SELECT document_id AS source, type, target_id AS target, inferred FROM draft_links WHERE target_id = asked AND latest
	UNION ALL
		SELECT target_id, CASE type WHEN '` + toRFC + `' THEN 'hasDraft' ELSE 'obsoletes' END, document_id, inferred FROM draft_links WHERE document_id = asked
	) AS links JOIN documents ON documents.id = source
	WHERE links.type = ANY (?)`

// Referring implements catalog.Store.
func (d *DB) Referring(ctx context.Context, carriers map[int64][]string, types []string, limit int) ([]catalog.Reference, error) {
	documents, norms := pairsOf(carriers)
	if len(documents) == 0 {
		return nil, nil
	}
	rows, err := d.web.QueryContext(ctx, `
		SELECT DISTINCT documents.latest_date AS newest, documents.primary_id AS name, r.document_id AS source, r.type AS type,
			carried.document AS target, false AS inferred `+referring+`
		UNION ALL (`+linkedDrafts+`)
		ORDER BY newest DESC NULLS LAST, name DESC, source, type, target LIMIT ?`,
		pgdialect.Array(documents), pgdialect.Array(norms), pgdialect.Array(types),
		pgdialect.Array(slices.Collect(maps.Keys(carriers))), pgdialect.Array(types), limit)
	return collect(rows, err, "find what relates to documents", func(r *catalog.Reference) []any {
		return []any{new(any), new(string), &r.From, &r.Type, &r.To, &r.Inferred}
	})
}

// ReferredTo implements catalog.Store.
func (d *DB) ReferredTo(ctx context.Context, carriers map[int64][]string, types []string, except int64) (map[int64][]string, error) {
	documents, norms := pairsOf(carriers)
	if len(documents) == 0 {
		return nil, nil
	}
	type referred struct {
		document int64
		kind     string
	}
	rows, err := d.web.QueryContext(ctx, `SELECT DISTINCT carried.document, r.type `+referring+` AND r.document_id <> ? ORDER BY 1, 2`,
		pgdialect.Array(documents), pgdialect.Array(norms), pgdialect.Array(types), except)
	all, err := collect(rows, err, "find what relates to documents", func(r *referred) []any { return []any{&r.document, &r.kind} })
	found := make(map[int64][]string, len(all))
	for _, r := range all {
		found[r.document] = append(found[r.document], r.kind)
	}
	return found, err
}

func pairsOf(carriers map[int64][]string) (documents []int64, norms []string) {
	for document, of := range carriers {
		for _, norm := range of {
			if storable(norm) {
				documents, norms = append(documents, document), append(norms, norm)
			}
		}
	}
	return documents, norms
}
