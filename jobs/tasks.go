package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// maxTasks bounds the list of tasks of a dataset.
const maxTasks = 100

// full picks the runs that indexed a source in full, or were to, as indexing.Task.Full does. To index some records, or to
// remove all of them, says nothing of how it stands with the source.
const full = "action = 'index' AND refs = '{}'"

// Tasks lists the tasks of a dataset, newest first, at most a hundred. Their outcomes lack the problems.
func (q *Queue) Tasks(ctx context.Context, dataset string) ([]indexing.Task, error) {
	return q.tasks(ctx, brief, `WHERE dataset = $1 ORDER BY created_at DESC LIMIT $2`, dataset, maxTasks)
}

// Latest lists what matters now of every dataset: the tasks that wait or run, and the newest full indexing that ended
// and was not stopped, which says how it stands with the source; newest first. Their outcomes lack the problems.
func (q *Queue) Latest(ctx context.Context) ([]indexing.Task, error) {
	return q.tasks(ctx, brief, `
		WHERE state IN ('waiting', 'running') OR id IN (
			SELECT DISTINCT ON (dataset) id FROM runs WHERE state IN ('done', 'failed') AND `+full+` ORDER BY dataset, created_at DESC)
		ORDER BY created_at DESC`)
}

// Task gives one task; fault.NotFound when there is none of that id.
func (q *Queue) Task(ctx context.Context, id string) (indexing.Task, error) {
	if uuid.Validate(id) != nil {
		return indexing.Task{}, noTask(id)
	}
	found, err := q.tasks(ctx, "outcome", `WHERE id = $1`, id)
	if err == nil && len(found) == 0 {
		err = noTask(id)
	}
	if err != nil {
		return indexing.Task{}, err
	}
	return found[0], nil
}

// brief is an outcome without its problems, of which there can be a thousand.
const brief = "outcome - 'problems'"

func (q *Queue) tasks(ctx context.Context, outcome, where string, params ...any) ([]indexing.Task, error) {
	rows, err := q.pool.Query(ctx, `
		SELECT id::text, dataset, action, refs, state, phase, done, total, created_at, started_at,
		       finished_at, `+outcome+`, error_type, error_message, stopped_by, requested_by, force,
		       CASE WHEN state = 'running' THEN greatest(coalesce(clock_timestamp() - phase_at, '0'), '0') ELSE '0' END, phase_done
		FROM runs `+where, params...)
	if err != nil {
		return nil, failure("list tasks", err)
	}
	tasks, err := pgx.CollectRows(rows, scanTask)
	return tasks, failure("list tasks", err)
}

func scanTask(row pgx.CollectableRow) (indexing.Task, error) {
	var (
		t                      indexing.Task
		action, phase          string
		refs                   []string
		done, total            int
		started, finished      *time.Time
		errorType, errorReason *string
	)
	err := row.Scan(&t.ID, &t.Dataset, &action, &refs, &t.Status, &phase, &done, &total, &t.RequestedAt,
		&started, &finished, &t.Outcome, &errorType, &errorReason, &t.StoppedBy, &t.RequestedBy, &t.Force, &t.PhaseTook, &t.PhaseBegan)
	if err != nil {
		return t, err
	}
	t.Action, t.StartedAt, t.CompletedAt = indexing.Action(action), started, finished
	if len(refs) > 0 {
		list := strings.Join(refs, ",")
		t.Refs = &list
	}
	if phase != "" {
		t.Progress = &indexing.TaskProgress{Phase: phase, Current: done, Total: total}
	}
	if t.Outcome != nil {
		summary := summarise(*t.Outcome)
		t.OutcomeSummary = &summary
	}
	if errorType != nil && errorReason != nil {
		t.Error = &indexing.TaskError{Type: *errorType, Message: *errorReason}
	}
	return t, nil
}

// summarise tells an outcome in one line.
func summarise(o indexing.Outcome) string {
	if o.Skipped {
		return "skipped: nothing has changed"
	}
	return fmt.Sprintf("%d records: %d added, %d changed, %d removed, %d with problems", o.Total, o.Added, o.Changed, o.Removed, o.Faults)
}
