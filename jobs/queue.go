// Package jobs runs indexings as River jobs: a queue with one worker, and one worker process at a time.
// What an indexing does is left to the Runner that it is given. It uses a pool of pgx, the driver that
// River's notifications and cancelling need.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// queueName is the one queue of the service.
const queueName = "index"

// Timeout ends an indexing that hangs. River never rescues jobs without one.
const Timeout = 2 * time.Hour

// A job is tried again while the database is not reachable, or refuses to work. Whatever else goes wrong would go wrong again,
// so it fails at once.
const (
	// maxAttempts is how often it is tried: with these pauses for four hours, in which somebody will have seen to the database.
	maxAttempts = 240
	// maxPause is how long it waits at most until it is tried again: nobody wants to wait long once the database is back.
	maxPause = time.Minute
	// maxDeaths is how often its worker may go away within it without a word: it may be what its workers died of.
	maxDeaths = 10
)

// pauseAfter gives the time until a job is tried again that failed at some attempt.
func pauseAfter(attempt int) time.Duration {
	return min(time.Duration(attempt*attempt)*time.Second, maxPause)
}

// states of a run.
const (
	waiting = "waiting"
	running = "running"
	done    = "done"
	failed  = "failed"
	stopped = "stopped"
)

// interrupted is the phase of a run that was cut off and waits to be done again.
const interrupted = "interrupted"

// args is what a job carries: all else stands in its run.
type args struct {
	Run string `json:"run"`
}

// Kind names the job for River.
func (args) Kind() string { return "index" }

// Queue takes requests and tells of them. It is safe for concurrent use.
type Queue struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
}

// NewQueue makes a queue over the database of a pool. It only takes requests; a Worker does them.
func NewQueue(pool *pgxpool.Pool, log *slog.Logger) (*Queue, error) {
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: log})
	if err != nil {
		return nil, fmt.Errorf("make queue: %w", err)
	}
	return &Queue{pool: pool, client: client}, nil
}

// Enqueue asks for an indexing and gives the id of its task. A request like one that still waits joins
// it. It fails with fault.Invalid for a partial indexing of the archive.
func (q *Queue) Enqueue(ctx context.Context, request indexing.Request) (string, error) {
	if request.Dataset == indexing.Archive && len(request.Refs) > 0 {
		return "", fault.New(fault.Invalid, "The archive can only be indexed as a whole; leave out refs.")
	}
	if request.Action == "" {
		request.Action = indexing.Index
	}
	var id string
	err := pgx.BeginFunc(ctx, q.pool, func(tx pgx.Tx) error {
		var fresh bool
		var err error
		if id, fresh, err = insertRun(ctx, tx, request); err != nil || !fresh {
			return err
		}
		job, err := q.client.InsertTx(ctx, tx, args{Run: id}, &river.InsertOpts{Queue: queueName, MaxAttempts: maxAttempts})
		if err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, `UPDATE runs SET job_id = $2 WHERE id = $1`, id, job.Job.ID); err != nil {
			return err
		}
		return forgetOld(ctx, tx, request.Dataset)
	})
	return id, failure("enqueue "+request.Dataset, refusal(err))
}

// Codes of PostgreSQL's errors (its documentation, appendix A).
const (
	codeTooLong = "54000" // an entry of an index, as a rule
	codeNoText  = "22021" // no UTF-8, or a NUL
)

// refusal tells refs that the database cannot keep, which another request would not have, from other failures.
func refusal(err error) error {
	var told *pgconn.PgError
	if errors.As(err, &told) && (told.Code == codeTooLong || told.Code == codeNoText) {
		return fault.Wrap(fault.Invalid, err, "These records cannot be asked for at once: their names are too long together, or no text. "+
			"Ask in several requests, or for the whole source.")
	}
	return err
}

// insertRun gives the id of a run for the request: a new one, or a like one that still waits.
func insertRun(ctx context.Context, tx pgx.Tx, request indexing.Request) (id string, fresh bool, err error) {
	id = uuid.NewString()
	var kept string
	err = tx.QueryRow(ctx, `
		INSERT INTO runs (id, dataset, action, refs, force, requested_by, state)
		VALUES ($1, $2, $3, $4, $5, $6, 'waiting')
		ON CONFLICT (dataset, action, refs, force) WHERE state = 'waiting'
		DO UPDATE SET requested_by = runs.requested_by
		RETURNING id`,
		id, request.Dataset, string(request.Action), refsOf(request), request.Force, request.By).Scan(&kept)
	return kept, kept == id, err
}

// forgetOld removes the runs of a dataset that nobody is told of any more: all but the newest ones, and all
// but the newest of those that did something, since most runs only find that nothing has changed.
func forgetOld(ctx context.Context, tx pgx.Tx, dataset string) error {
	_, err := tx.Exec(ctx, `
		DELETE FROM runs WHERE dataset = $1 AND state NOT IN ('waiting', 'running') AND id NOT IN (
			(SELECT id FROM runs WHERE dataset = $1 ORDER BY created_at DESC LIMIT $2)
			UNION ALL
			(SELECT id FROM runs WHERE dataset = $1 AND NOT `+skipped+` ORDER BY created_at DESC LIMIT $2))`, dataset, maxTasks)
	return err
}

// refsOf gives the refs without doubles and in order, so that like requests are alike.
func refsOf(request indexing.Request) []string {
	refs := append([]string{}, request.Refs...)
	slices.Sort(refs)
	return slices.Compact(refs)
}

// Stop ends a task that waits, or was cut off and waits to be done again, at once, or asks its worker to end one that runs; by
// tells who wants that. It fails with fault.NotFound when there is no such task; one that has ended stays as it is.
func (q *Queue) Stop(ctx context.Context, id, by string) error {
	if uuid.Validate(id) != nil {
		return noTask(id)
	}
	if _, err := q.Task(ctx, id); err != nil {
		return err
	}
	return q.stop(ctx, by, "id = $2", id)
}

// StopAll stops every task that waits or runs.
func (q *Queue) StopAll(ctx context.Context, by string) error {
	return q.stop(ctx, by, "true")
}

func (q *Queue) stop(ctx context.Context, by, which string, params ...any) error {
	_, err := q.pool.Exec(ctx, `
		WITH asked AS (
			UPDATE runs SET stopped_by = coalesce(stopped_by, $1),
				finished_at = CASE WHEN NOT `+atWork+` THEN now() END,
				state = CASE WHEN `+atWork+` THEN state WHEN outcome IS NULL THEN 'stopped' ELSE 'done' END,
				error_type = NULL, error_message = NULL
			WHERE state IN ('waiting', 'running') AND NOT (`+atWork+` AND stopped_by IS NOT NULL) AND `+which+`
			RETURNING id)
		INSERT INTO run_log (run, message) SELECT id, 'asked to stop by ' || $1 FROM asked`, append([]any{by}, params...)...)
	return failure("stop tasks", err)
}

// atWork says whether a worker does a run. One that was cut off counts as running too, while its job waits to be done again.
const atWork = `(state = 'running' AND EXISTS (
	SELECT FROM river_job WHERE river_job.id = runs.job_id AND river_job.state = 'running'))`

func noTask(id string) error {
	return fault.New(fault.NotFound, "There is no task %q.", id)
}

// failure names the operation that failed. Where the database cannot be reached it is of kind
// Unavailable: trying again may help. A failure that has a kind keeps it.
func failure(operation string, err error) error {
	if err == nil || fault.Of(err) != fault.Internal {
		return err
	}
	err = fmt.Errorf("%s: %w", operation, err)
	var told *pgconn.PgError
	if errors.As(err, &told) && !slices.Contains(awayClasses, told.Code[:2]) {
		return err
	}
	return fault.Wrap(fault.Unavailable, err, "The database cannot be reached at the moment.")
}

// awayClasses are those of PostgreSQL's errors (its documentation, appendix A) of a database that
// cannot answer: connections, authentication, missing databases, resources, intervention by an administrator.
var awayClasses = []string{"08", "28", "3D", "53", "57"}
