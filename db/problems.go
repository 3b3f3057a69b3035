package db

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Problems lists what is wrong with the records of a source. Like everything that only operators ask, it takes a
// connection of the worker.
func (d *DB) Problems(ctx context.Context, ask indexing.ProblemQuery) (indexing.Problems, error) {
	var found indexing.Problems
	operation := "problems of " + ask.Dataset
	if !storable(ask.Dataset) || !storable(ask.Text) {
		return found, nil
	}
	const from = `
		FROM (
			SELECT 'data/' || ref || '.yaml' AS file, n, coalesce(p ->> 'path', '') AS path, coalesce(p ->> 'message', '') AS message,
				coalesce((p ->> 'line')::integer, 0) AS line
			FROM records, jsonb_array_elements(problems) WITH ORDINALITY AS each (p, n)
			WHERE dataset = $1 AND problems IS NOT NULL
		) AS problems
		WHERE $2 = '' OR position(lower($2) IN lower(file || ' ' || path || ' ' || message)) > 0`
	if err := d.pool.QueryRow(ctx, `SELECT count(*)`+from, ask.Dataset, ask.Text).Scan(&found.Total); err != nil {
		return found, failure(operation, err)
	}
	rows, err := d.pool.Query(ctx, `SELECT file, path, message, line`+from+` ORDER BY file, n OFFSET $3 LIMIT $4`,
		ask.Dataset, ask.Text, ask.Offset, ask.Limit)
	if err != nil {
		return found, failure(operation, err)
	}
	found.List, err = pgx.CollectRows(rows, pgx.RowToStructByPos[indexing.FileProblem])
	return found, failure(operation, err)
}
