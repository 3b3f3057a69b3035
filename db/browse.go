package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/catalog"
)

// Lists go on from the place of a record in them, and are read from there in either direction: the last part is as
// quick as the first. Row comparisons on (sort_key, ref) are what the indexes by name and by year serve.

// ListRecords implements catalog.Store.
func (d *DB) ListRecords(ctx context.Context, q browse.Query) (catalog.RecordPage, error) {
	var page catalog.RecordPage
	if !storable(q.Dataset) || !storable(q.From) || !storable(q.After) || !storable(q.Before) || !storable(q.Problem) {
		return page, nil
	}
	part, err := d.part(ctx, q)
	if err != nil {
		return page, err
	}
	rows, err := d.entries(part).Rows(ctx)
	page.Records, err = collect(rows, err, "list "+q.Dataset, func(e *catalog.RecordEntry) []any {
		return []any{&e.Ref, &e.Title, &e.ID, &e.Latest, &e.Problems}
	})
	if err != nil || len(page.Records) == 0 {
		return page, err
	}
	err = d.web.NewSelect().
		ColumnExpr("EXISTS (?)", d.beside(q, "<", page.Records[0].Ref)).
		ColumnExpr("EXISTS (?)", d.beside(q, ">", page.Records[len(page.Records)-1].Ref)).
		Scan(ctx, &page.Before, &page.After)
	return page, failure("list "+q.Dataset, err)
}

// part chooses the records of a page.
func (d *DB) part(ctx context.Context, q browse.Query) (*bun.SelectQuery, error) {
	switch {
	case q.After != "":
		return d.beside(q, ">", q.After).Limit(int64(q.Limit)), nil
	case q.Before != "":
		return d.beside(q, "<", q.Before).Limit(int64(q.Limit)), nil
	case q.From != "":
		key, err := d.keyOf(ctx, q.Dataset, q.From)
		return d.list(q).Where("sort_key >= ?", key).OrderExpr("sort_key, ref").Limit(int64(q.Limit)), err
	case q.Last:
		return d.list(q).OrderExpr("sort_key DESC, ref DESC").Limit(int64(q.Limit)), nil
	}
	return d.list(q).OrderExpr("sort_key, ref").Limit(int64(q.Limit)), nil
}

func (d *DB) list(q browse.Query) *bun.SelectQuery {
	list := d.web.NewSelect().Table("records").Column("id", "sort_key", "ref").Where("dataset = ?", strings.ToLower(q.Dataset))
	if q.Year != nil {
		list.Where("in_year = ?", *q.Year)
	}
	if q.Problem != "" {
		list.Where("problems IS NOT NULL").Where("EXISTS (SELECT FROM jsonb_array_elements(problems) AS p WHERE "+problemKind+" = ?)", q.Problem)
	}
	return list
}

// beside gives the records before or after one, the nearest first. Of one that is gone, its name tells the place.
func (d *DB) beside(q browse.Query, direction, ref string) *bun.SelectQuery {
	place := d.web.NewSelect().Table("records").Column("sort_key").Where("id = ?", recordID(strings.ToLower(q.Dataset), ref))
	list := d.list(q).Where("(sort_key, ref) "+direction+" (coalesce((?), ?), ?)", place, browse.Key(ref), ref)
	if direction == "<" {
		return list.OrderExpr("sort_key DESC, ref DESC")
	}
	return list.OrderExpr("sort_key, ref")
}

// keyOf gives the key of a name that a visitor wrote. Files of some sources leave out the name of the source, with
// which the identifiers of their documents begin: "W3C REC-xml". So it counts where names begin with it and the next word.
func (d *DB) keyOf(ctx context.Context, dataset, name string) (string, error) {
	key, source := browse.Key(name), browse.Key(dataset)+" "
	rest, named := strings.CutPrefix(key, source)
	if !named {
		return key, nil
	}
	next, _, _ := strings.Cut(rest, " ")
	with, err := d.web.NewSelect().Table("records").Where("dataset = ?", strings.ToLower(dataset)).
		Where("sort_key >= ?", source+next).Where("sort_key < ?", source+next+"\x7f").Exists(ctx)
	if with {
		rest = key
	}
	return rest, failure("list "+dataset, err)
}

// entries reads what lists tell of records that were chosen.
func (d *DB) entries(chosen *bun.SelectQuery) *bun.SelectQuery {
	return d.web.NewSelect().
		TableExpr("(?) AS chosen", chosen).
		Join("JOIN records AS r ON r.id = chosen.id").
		Join("LEFT JOIN LATERAL (SELECT id FROM docids WHERE record_id = r.id ORDER BY is_primary AND scope = '' DESC LIMIT 1) AS i ON true").
		ColumnExpr("r.ref, coalesce(r.body #>> '{title,0,content}', ''), coalesce(i.id, '')").
		ColumnExpr("coalesce(r.latest_date::text, ''), coalesce(jsonb_array_length(r.problems), 0)").
		OrderExpr("chosen.sort_key, chosen.ref")
}

// Neighbours implements catalog.Store.
func (d *DB) Neighbours(ctx context.Context, dataset, ref string) (before, after string, err error) {
	if !storable(dataset) || !storable(ref) {
		return "", "", nil
	}
	q := browse.Query{Dataset: dataset}
	err = d.web.NewSelect().
		ColumnExpr("coalesce((?), '')", d.web.NewSelect().TableExpr("(?) AS r", d.beside(q, "<", ref).Limit(1)).Column("ref")).
		ColumnExpr("coalesce((?), '')", d.web.NewSelect().TableExpr("(?) AS r", d.beside(q, ">", ref).Limit(1)).Column("ref")).
		Scan(ctx, &before, &after)
	return before, after, failure("neighbours of "+dataset+"/"+ref, err)
}

// Sections implements catalog.Store.
func (d *DB) Sections(ctx context.Context, dataset string) (browse.Sections, error) {
	var sections browse.Sections
	if !storable(dataset) {
		return sections, nil
	}
	var stored []byte
	err := d.web.NewSelect().Table("sources").Column("sections").Where("dataset = ?", dataset).Scan(ctx, &stored)
	if errors.Is(err, sql.ErrNoRows) || err == nil && stored == nil {
		return sections, nil
	}
	if err != nil {
		return sections, failure("sections of "+dataset, err)
	}
	return sections, json.Unmarshal(stored, &sections)
}
