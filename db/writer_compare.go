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
	_, err := w.tx.Exec(ctx, fmt.Sprintf(`
		CREATE TEMPORARY TABLE %[1]s%[2]s WITH (toast_tuple_target = 8160) ON COMMIT DROP AS SELECT %[3]s FROM %[2]s WITH NO DATA;
		CREATE TEMPORARY TABLE %[1]s%[4]s ON COMMIT DROP AS SELECT %[5]s FROM %[4]s WITH NO DATA;`+keep.String(),
		put, t.name, strings.Join(t.columns, ", "), t.details, strings.Join(slices.Concat(t.fields, t.derived), ", ")))
	w.prepared[t.name] = err == nil
	return err
}

// same gives those rows of the temporary tables that the table has as they are, and empties the temporary tables. Rows are compared
// by *=, bit by bit.
func (w *writer) same(ctx context.Context, t table, rows []row) (map[int64]bool, error) {
	columns, owner := strings.Join(t.columns, ", "), t.fields[0]
	fields := strings.Join(t.fields, ", ")
	found, err := w.tx.Query(ctx, fmt.Sprintf(`
		WITH wanted AS (SELECT %[5]s FROM %[1]s%[4]s), had AS (SELECT %[5]s FROM %[4]s WHERE %[6]s = ANY ($1))
		SELECT new.id FROM (SELECT %[3]s FROM %[1]s%[2]s) AS new JOIN (SELECT %[3]s FROM %[2]s) AS old ON old.id = new.id
		WHERE new *= old
		EXCEPT SELECT %[6]s FROM (TABLE wanted EXCEPT ALL TABLE had) AS missing
		EXCEPT SELECT %[6]s FROM (TABLE had EXCEPT ALL TABLE wanted) AS wrong`,
		put, t.name, columns, t.details, fields, owner), idsOf(rows))
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
	_, err = w.tx.Exec(ctx, fmt.Sprintf("TRUNCATE %[1]s%[2]s, %[1]s%[3]s", put, t.name, t.details))
	return same, err
}
