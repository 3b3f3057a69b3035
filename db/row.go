package db

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// row is a record or a document as it is about to be written, with what else is kept of it in a table of its own.
type row struct {
	id, document int64
	columns      []any
	details      [2][][]any // rows of the other tables, in the order of table.details
	undated      bool       // of a record: its identifiers wait for the date of the document
	latest       *time.Time // of a document
}

func idsOf(rows []row) []int64 {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	return ids
}

// table says where rows go.
type table struct {
	name    string
	columns []string  // the first is the row's id
	long    []string  // those of them that may hold much
	details []details // the other tables
}

// details is a table of what else is kept of a row.
type details struct {
	name    string
	fields  []string // its columns, of which the first is the row's id
	derived []string // more columns of it, which depend on other rows
}

// Places of the tables in recordsTable.details.
const (
	docidsOf = iota
	relationsOf
)

var (
	recordsTable = table{
		name: "records",
		columns: []string{
			"id", "dataset", "ref", "blob", "document_id", "latest_date", "published", "problems", "body", "original",
			"sort_key", "in_year",
		},
		long: []string{"body", "original"},
		details: []details{
			docidsOf: {
				name:    "docids",
				fields:  []string{"record_id", "document_id", "id", "type", "is_primary", "scope", "norm"},
				derived: []string{"document_date"},
			},
			relationsOf: {
				name:   "relations",
				fields: []string{"record_id", "document_id", "type", "target", "target_type", "norm"},
			},
		},
	}
	documentsTable = table{
		name: "documents",
		columns: []string{
			"id", "key", "title", "primary_id", "primary_type", "latest_date", "year", "kind", "status", "groups",
			"datasets", "words", "marks",
		},
		long:    []string{"words"},
		details: []details{{name: "parts", fields: []string{"document_id", "norm"}}},
	}
)

// copy adds rows to a table that has none of them.
func (w *writer) copy(ctx context.Context, t table, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	w.touched = true
	return w.copyTo(ctx, t, "", rows)
}

func (w *writer) copyTo(ctx context.Context, t table, prefix string, rows []row) error {
	source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return rows[i].columns, nil })
	if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{prefix + t.name}, t.columns, source); err != nil {
		return err
	}
	for i, d := range t.details {
		var all [][]any
		for _, r := range rows {
			all = append(all, r.details[i]...)
		}
		if err := w.copyDetails(ctx, d, prefix, all); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) copyDetails(ctx context.Context, d details, prefix string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{prefix + d.name}, slices.Concat(d.fields, d.derived), pgx.CopyFromRows(rows))
	return err
}
