package db

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/docid"
)

// maxCandidates bounds the documents that one identifier is taken to mean.
const maxCandidates = 1000

// candidateRow is an identifier with the dates of the record that it stands in.
type candidateRow struct {
	DocumentID int64
	ID         string
	Type       string
	IsPrimary  bool
	Scope      string
	Published  string
	Latest     string
}

// Candidates implements catalog.Store.
func (d *DB) Candidates(ctx context.Context, q docid.Query) ([]docid.Candidate, error) {
	if !storable(q.Value) || !storable(q.Type) {
		return nil, nil
	}
	var rows []candidateRow
	query := d.web.NewSelect().
		TableExpr("docids AS d").
		Join("JOIN records AS r ON r.id = d.record_id").
		Column("d.document_id", "d.id", "d.type", "d.is_primary", "d.scope").
		ColumnExpr("coalesce(r.published::text, '') AS published").
		ColumnExpr("coalesce(r.latest_date::text, '') AS latest").
		OrderExpr("r.latest_date DESC NULLS LAST, d.id, d.document_id").
		Limit(maxCandidates)
	query = matching(query, q)
	if q.Type != "" {
		query = query.Where("d.type = ?", q.Type)
	}
	if q.PrimaryOnly {
		query = query.Where("d.is_primary")
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return nil, failure("look up identifier "+q.Value, err)
	}
	found := make([]docid.Candidate, len(rows))
	for i, row := range rows {
		found[i] = docid.Candidate{
			Document:  row.DocumentID,
			ID:        docid.ID{ID: row.ID, Type: row.Type, Primary: row.IsPrimary, Scope: row.Scope},
			Published: row.Published,
			Latest:    row.Latest,
		}
	}
	return found, nil
}

// matching compares in the normalised form first, by which all matches are found through an index, and
// then as it was asked for. A normalised identifier has only lower-case letters, digits and dots, so
// it is safe in a LIKE pattern.
func matching(query *bun.SelectQuery, q docid.Query) *bun.SelectQuery {
	norm := docid.Normalize(q.Value)
	switch q.Match {
	case docid.Exact:
		return query.Where("d.norm = ?", norm).Where("d.id = ?", q.Value)
	case docid.Fold:
		return query.Where("d.norm = ?", norm).Where("lower(d.id) = lower(?)", q.Value)
	case docid.Prefix:
		return query.Where("d.norm LIKE ?", norm+"%").Where("starts_with(d.id, ?)", q.Value)
	case docid.Contains:
		return query.Where("d.norm LIKE ?", "%"+norm+"%").Where("strpos(lower(d.id), lower(?)) > 0", q.Value)
	}
	return query.Where("d.norm = ?", norm)
}

// storable says whether a text can be in the database at all.
func storable(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}

// Resolve implements catalog.Store. Where several documents carry an identifier, the newest is meant.
func (d *DB) Resolve(ctx context.Context, ids []docid.ID) (map[docid.ID]int64, error) {
	norms := make([]string, 0, len(ids))
	wanted := make(map[docid.ID][]docid.ID, len(ids)) // by value and type, without what else they say
	for _, id := range ids {
		if !storable(id.ID) || !storable(id.Type) || id.ID == "" {
			continue
		}
		norms = append(norms, docid.Normalize(id.ID))
		plain := docid.ID{ID: id.ID, Type: id.Type}
		wanted[plain] = append(wanted[plain], id)
	}
	found := make(map[docid.ID]int64, len(ids))
	if len(norms) == 0 {
		return found, nil
	}
	var rows []candidateRow
	err := d.web.NewSelect().
		TableExpr("docids AS d").
		Join("JOIN records AS r ON r.id = d.record_id").
		Column("d.document_id", "d.id", "d.type").
		Where("d.norm IN (?)", bun.In(norms)).
		Where("d.is_primary").
		Where("d.scope = ''").
		OrderExpr("r.latest_date DESC NULLS LAST, d.document_id").
		Scan(ctx, &rows)
	if err != nil {
		return nil, failure("look up related documents", err)
	}
	for _, row := range rows {
		for _, plain := range []docid.ID{{ID: row.ID, Type: row.Type}, {ID: row.ID}} {
			for _, id := range wanted[plain] {
				if _, newer := found[id]; !newer {
					found[id] = row.DocumentID
				}
			}
		}
	}
	return found, nil
}
