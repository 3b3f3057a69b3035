package db

import (
	"context"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// lookedAt is how many documents the newest ones are chosen of, and eachSource how many of them may be from one
// source: a day on which a series is published in one go does not hide what else is new.
const (
	lookedAt   = 1000
	eachSource = 3
)

// Newest implements catalog.Store. Standards are dated ahead of their time now and then, and some sources tell when
// a document will expire: what is dated in the future is not new.
func (d *DB) Newest(ctx context.Context, limit int) (keys []int64, err error) {
	recent := d.newest(lookedAt).Column("doc.datasets").Where("doc.latest_date <= current_date")
	numbered := d.web.NewSelect().TableExpr("(?) AS doc", recent).Column("doc.id", "doc.latest_date").
		ColumnExpr("row_number() OVER (PARTITION BY doc.datasets ORDER BY " + newestFirst + ") AS number")
	err = d.web.NewSelect().TableExpr("(?) AS doc", numbered).Column("doc.id").Where("doc.number <= ?", eachSource).
		OrderExpr(newestFirst).Limit(int64(limit)).Scan(ctx, &keys)
	return keys, failure("read newest documents", err)
}

// Check implements catalog.Store. Only PostgreSQL knows the syntax of its paths, so it is asked to read one; that
// costs no more than the question itself. The other languages have no syntax that search.Parse would not know.
func (d *DB) Check(ctx context.Context, q search.Query) error {
	if q.Format != search.JSONPath {
		return nil
	}
	if !storable(q.Text) {
		return fault.New(fault.Invalid, "The query has characters that no record can have.")
	}
	var path string
	err := d.searches.NewRaw("SELECT (?::jsonpath)::text", q.Text).Scan(ctx, &path)
	return refusal("check a query", err)
}
