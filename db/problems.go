package db

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// problemKind is the kind of a problem p: its field without the positions in lists, and its message without the value
// that follows a colon.
const problemKind = `concat_ws(': ', nullif(regexp_replace(coalesce(p ->> 'path', ''), '\[[0-9]+\]', '[]', 'g'), ''),
	split_part(coalesce(p ->> 'message', ''), ': ', 1))`

// mostProblemKinds bounds what a broken source can show.
const mostProblemKinds = 100

// ProblemKinds implements catalog.Store.
func (d *DB) ProblemKinds(ctx context.Context, dataset string) ([]browse.ProblemKind, error) {
	if !storable(dataset) {
		return nil, nil
	}
	rows, err := d.web.NewSelect().
		TableExpr("records, jsonb_array_elements(problems) AS p").
		ColumnExpr(problemKind+" AS kind, count(DISTINCT ref) AS records").
		Where("dataset = ?", dataset).Where("problems IS NOT NULL").
		GroupExpr("kind").OrderExpr("records DESC, kind").Limit(mostProblemKinds).
		Rows(ctx)
	return collect(rows, err, "problems of "+dataset, func(k *browse.ProblemKind) []any { return []any{&k.Name, &k.Records} })
}

// Problems lists what is wrong with the records of a source. Like everything that only operators ask, it takes a
// connection of the worker.
func (d *DB) Problems(ctx context.Context, ask indexing.ProblemQuery) (indexing.Problems, error) {
	var found indexing.Problems
	operation := "problems of " + ask.Dataset
	if !storable(ask.Dataset) || !storable(ask.Text) || !storable(ask.Kind) {
		return found, nil
	}
	const from = `
		FROM (
			SELECT 'data/' || ref || '.yaml' AS file, n, coalesce(p ->> 'path', '') AS path, coalesce(p ->> 'message', '') AS message,
				coalesce((p ->> 'line')::integer, 0) AS line
			FROM records, jsonb_array_elements(problems) WITH ORDINALITY AS each (p, n)
			WHERE dataset = $1 AND problems IS NOT NULL AND ($3 = '' OR ` + problemKind + ` = $3)
		) AS problems
		WHERE $2 = '' OR position(lower($2) IN lower(file || ' ' || path || ' ' || message)) > 0`
	if err := d.pool.QueryRow(ctx, `SELECT count(*)`+from, ask.Dataset, ask.Text, ask.Kind).Scan(&found.Total); err != nil {
		return found, failure(operation, err)
	}
	rows, err := d.pool.Query(ctx, `SELECT file, path, message, line`+from+` ORDER BY file, n OFFSET $4 LIMIT $5`,
		ask.Dataset, ask.Text, ask.Kind, ask.Offset, ask.Limit)
	if err != nil {
		return found, failure(operation, err)
	}
	found.List, err = pgx.CollectRows(rows, pgx.RowToStructByPos[indexing.FileProblem])
	return found, failure(operation, err)
}
