package db

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

const (
	// comparedAtOnce is how many rows are compared at once: so many fit into the memory that PostgreSQL has for temporary tables.
	comparedAtOnce = 250
	// put begins the names of the temporary tables, which hold what is about to be put.
	put = "put_"
)

// changed gives those of the rows that the database does not have exactly as they are, with all that belongs to them. It
// is PostgreSQL that compares, since only there both are of the same form. Where none of some is the same, those behind them are
// not looked at: they are written, which is never wrong.
func (w *writer) changed(ctx context.Context, t table, rows []row) ([]row, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	if err := w.prepare(ctx, t); err != nil {
		return nil, err
	}
	var changed []row
	for rest := rows; len(rest) > 0; {
		some := rest[:min(len(rest), comparedAtOnce)]
		rest = rest[len(some):]
		if err := w.copyTo(ctx, t, put, some); err != nil {
			return nil, err
		}
		same, err := w.same(ctx, t, some)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			if !same[r.id] {
				changed = append(changed, r)
			}
		}
		if len(same) == 0 {
			return append(changed, rest...), nil
		}
	}
	return changed, nil
}

// prepare makes the temporary tables for the rows of a table. They are gone after the transaction.
func (w *writer) prepare(ctx context.Context, t table) error {
	if w.prepared[t.name] {
		return nil
	}
	var keep strings.Builder // as it is: compressing what is read once only takes time
	for _, column := range t.long {
		fmt.Fprintf(&keep, "ALTER TABLE %s%s ALTER %s SET STORAGE EXTERNAL;", put, t.name, column)
	}
	create := fmt.Sprintf(`CREATE TEMPORARY TABLE %[1]s%[2]s WITH (toast_tuple_target = 8160) ON COMMIT DROP AS SELECT %[3]s FROM %[2]s WITH NO DATA;`,
		put, t.name, strings.Join(t.columns, ", "))
	for _, d := range t.details {
		create += fmt.Sprintf("CREATE TEMPORARY TABLE %[1]s%[2]s ON COMMIT DROP AS SELECT %[3]s FROM %[2]s WITH NO DATA;",
			put, d.name, strings.Join(slices.Concat(d.fields, d.derived), ", "))
	}
	_, err := w.tx.Exec(ctx, create+keep.String())
	w.prepared[t.name] = err == nil
	return err
}

// same gives those rows of the temporary tables that the table has as they are, and empties the temporary tables. Rows are compared
// by *=, bit by bit.
func (w *writer) same(ctx context.Context, t table, rows []row) (map[int64]bool, error) {
	query := fmt.Sprintf(`
		SELECT new.id FROM (SELECT %[3]s FROM %[1]s%[2]s) AS new JOIN (SELECT %[3]s FROM %[2]s) AS old ON old.id = new.id
		WHERE new *= old`, put, t.name, strings.Join(t.columns, ", "))
	emptied := put + t.name
	for _, d := range t.details {
		query += fmt.Sprintf(`
		EXCEPT SELECT %[3]s FROM (SELECT %[4]s FROM %[1]s%[2]s EXCEPT ALL SELECT %[4]s FROM %[2]s WHERE %[3]s = ANY ($1)) AS missing
		EXCEPT SELECT %[3]s FROM (SELECT %[4]s FROM %[2]s WHERE %[3]s = ANY ($1) EXCEPT ALL SELECT %[4]s FROM %[1]s%[2]s) AS wrong`,
			put, d.name, d.fields[0], strings.Join(d.fields, ", "))
		emptied += ", " + put + d.name
	}
	found, err := w.tx.Query(ctx, query, idsOf(rows))
	if err != nil {
		return nil, err
	}
	kept, err := pgx.CollectRows(found, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	same := make(map[int64]bool, len(kept))
	for _, id := range kept {
		same[id] = true
	}
	_, err = w.tx.Exec(ctx, "TRUNCATE "+emptied)
	return same, err
}
