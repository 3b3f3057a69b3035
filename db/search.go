package db

import (
	"context"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// Search implements catalog.Store: the newest documents that match, counted up to the query's cap.
// What PostgreSQL cannot make sense of, or not answer in time, is fault.Invalid.
func (d *DB) Search(ctx context.Context, q search.Query) ([]int64, int, error) {
	matching, err := d.matching(q)
	if err != nil {
		return nil, 0, err
	}
	var keys []int64
	var total int
	err = d.web.NewRaw(`
		WITH found AS MATERIALIZED (
			SELECT id, latest_date FROM documents WHERE id IN (?)
			ORDER BY latest_date DESC NULLS LAST, id LIMIT ?
		)
		SELECT (SELECT count(*) FROM found),
		       ARRAY(SELECT id FROM found ORDER BY latest_date DESC NULLS LAST, id OFFSET ? LIMIT ?)`,
		matching, q.Cap, q.Offset, q.Limit).Scan(ctx, &total, pgdialect.Array(&keys))
	switch {
	case err == nil:
		return keys, total, nil
	case sqlState(err) == codeQueryCanceled:
		return nil, 0, fault.Wrap(fault.Invalid, err, "This search takes too long; please narrow it down.")
	case isRefused(err):
		return nil, 0, fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	return nil, 0, failure("search", err)
}

// matching gives the query for the keys of the documents that match. What the visitor wrote is never
// more than a value in it.
func (d *DB) matching(q search.Query) (*bun.SelectQuery, error) {
	query := d.web.NewSelect()
	switch q.Format {
	case search.DocIDRegex:
		return query.TableExpr("docids").Column("document_id").Where("norm LIKE ?", "%"+docid.Normalize(q.Text)+"%"), nil
	case search.WebSearch:
		return query.TableExpr("documents").Column("id").Where("body @@ websearch_to_tsquery('english', ?)", q.Text), nil
	case search.JSONStruct:
		return query.TableExpr("records").Column("document_id").Where("body @> ?::jsonb", q.Text), nil
	case search.JSONPath:
		return query.TableExpr("records").Column("document_id").Where("body @@ ?::jsonpath", q.Text), nil
	case search.JSONRepr:
		return query.TableExpr("records").Column("document_id").Where("position(lower(?) IN lower(body::text)) > 0", q.Text), nil
	}
	return nil, fault.New(fault.Invalid, "There is no query format %q.", q.Format)
}
