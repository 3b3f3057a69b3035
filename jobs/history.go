package jobs

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// skipped picks the runs that found nothing to do.
const skipped = "coalesce((outcome ->> 'skipped')::boolean, false)"

// History lists the newest tasks of a dataset that ended and did more than to find that nothing has changed,
// newest first. Their outcomes lack the problems.
func (q *Queue) History(ctx context.Context, dataset string, limit int) ([]indexing.Task, error) {
	return q.tasks(ctx, brief, `
		WHERE dataset = $1 AND state NOT IN ('waiting', 'running') AND started_at IS NOT NULL AND NOT `+skipped+`
		ORDER BY created_at DESC LIMIT $2`, dataset, limit)
}

// Changes lists what a task did to the index: of one kind, or of all when it is empty; those whose names or titles
// contain some text, or all; by kind and ref, from an offset on. It tells how many there are in all.
func (q *Queue) Changes(ctx context.Context, ask indexing.ChangeQuery) (changes []indexing.Change, total int, err error) {
	if uuid.Validate(ask.Run) != nil {
		return nil, 0, nil
	}
	where := `
		FROM run_changes WHERE run = $1 AND ($2 = '' OR kind = $2)
		AND ($3 = '' OR position(lower($3) IN lower(ref || ' ' || docid || ' ' || title)) > 0)`
	params := []any{ask.Run, string(ask.Kind), ask.Text}
	err = q.pool.QueryRow(ctx, `SELECT count(*)`+where, params...).Scan(&total)
	if err != nil || total == 0 {
		return nil, 0, failure("count changes of "+ask.Run, err)
	}
	rows, err := q.pool.Query(ctx, `
		SELECT kind, ref, coalesce(document_id, 0), docid, docid_type, title`+where+`
		ORDER BY kind, ref OFFSET $4 LIMIT $5`, append(params, ask.Offset, ask.Limit)...)
	if err != nil {
		return nil, 0, failure("list changes of "+ask.Run, err)
	}
	changes, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (c indexing.Change, err error) {
		err = row.Scan(&c.Kind, &c.Ref, &c.Document, &c.DocID.ID, &c.DocID.Type, &c.Title)
		return c, err
	})
	return changes, total, failure("list changes of "+ask.Run, err)
}
