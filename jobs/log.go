package jobs

import (
	"context"
	"strconv"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// log writes down what happens in the run. That it cannot be written is no reason to end the run.
func (r *runRow) log(ctx context.Context, message string) {
	r.note(ctx, `INSERT INTO run_log (run, message) VALUES ($1, $2)`, r.id, message)
}

// note writes what is only told, and does not wait for the disk, which is busy with all that the run itself writes: a
// server that loses its power right then has forgotten it. That it cannot be written is no reason to end the run.
func (r *runRow) note(ctx context.Context, query string, args ...any) {
	var batch pgx.Batch // one transaction
	batch.Queue(`SELECT set_config('synchronous_commit', 'off', true)`)
	batch.Queue(query, args...)
	_ = r.pool.SendBatch(ctx, &batch).Close()
}

// phaseLine tells that a phase begins.
func phaseLine(phase string, done, total int) string {
	if left := total - done; left > 0 {
		return phase + ", " + strconv.Itoa(left) + " to do"
	}
	return phase
}

// endLine tells how a run ended.
func endLine(state string, outcome *indexing.Outcome, reason *string) string {
	switch {
	case outcome != nil:
		return state + ": " + summarise(*outcome)
	case reason != nil:
		return state + ": " + *reason
	}
	return state
}

// Log gives what happened in a task, in order; nothing for one that is not known.
func (q *Queue) Log(ctx context.Context, id string) ([]indexing.LogLine, error) {
	if uuid.Validate(id) != nil {
		return nil, nil
	}
	rows, err := q.pool.Query(ctx, `SELECT at, message FROM run_log WHERE run = $1 ORDER BY at`, id)
	if err != nil {
		return nil, failure("read log of "+id, err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowToStructByPos[indexing.LogLine])
	return lines, failure("read log of "+id, err)
}
