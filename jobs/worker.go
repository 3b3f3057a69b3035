package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// Runner does an indexing. The epoch is that of the worker's lease: a transaction that publishes must
// make sure that it is still current (see Lease in the database's migrations).
type Runner func(ctx context.Context, epoch int64, request indexing.Request, progress indexing.Progress) (indexing.Outcome, error)

// Worker does the requests of the queue, one at a time among all workers of a database.
type Worker struct {
	dsn  string
	pool *pgxpool.Pool
	run  Runner
	log  *slog.Logger
}

// NewWorker makes a worker; Run starts it.
func NewWorker(dsn string, pool *pgxpool.Pool, run Runner, log *slog.Logger) *Worker {
	return &Worker{dsn: dsn, pool: pool, run: run, log: log}
}

// retryPause is how long a worker waits before it tries again to reach the database.
const retryPause = time.Second

// Run works the queue until ctx ends. While another process works it, Run waits to take over; when the
// database is away, it waits for it to come back.
func (w *Worker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := w.hold(ctx)
		if ctx.Err() != nil {
			return
		}
		w.log.WarnContext(ctx, "indexing paused until the queue can be worked again", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(retryPause):
		}
	}
}

// hold takes the lease, and works for as long as it lasts.
func (w *Worker) hold(ctx context.Context) error {
	lease, err := takeLease(ctx, w.dsn)
	if err != nil {
		return err
	}
	defer lease.close()
	w.log.InfoContext(ctx, "working the queue", "epoch", lease.epoch)
	client, err := w.client(lease.epoch)
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	lost := lease.wait(ctx)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	// A job that is cut off here is done again by the next holder of the lease.
	return errors.Join(lost, client.StopAndCancel(end))
}

func (w *Worker) client(epoch int64) (*river.Client[pgx.Tx], error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &indexWorker{pool: w.pool, run: w.run, epoch: epoch}); err != nil {
		return nil, err
	}
	return river.NewClient(riverpgxv5.New(w.pool), &river.Config{
		Logger:               w.log,
		Queues:               map[string]river.QueueConfig{queueName: {MaxWorkers: 1}},
		Workers:              workers,
		JobTimeout:           Timeout,
		RescueStuckJobsAfter: Timeout + time.Minute,
	})
}

// indexWorker does one job of River.
type indexWorker struct {
	river.WorkerDefaults[args]
	pool  *pgxpool.Pool
	run   Runner
	epoch int64
}

// Work implements river.Worker. The outcome is stored under the id of the run, so that a job that is
// done twice leaves one outcome.
func (w *indexWorker) Work(ctx context.Context, job *river.Job[args]) error {
	run := &runRow{pool: w.pool, id: job.Args.Run}
	request, err := run.start(ctx)
	if errors.Is(err, errEnded) {
		return nil
	}
	if err != nil {
		return err
	}
	outcome, err := w.run(ctx, w.epoch, request, run.progress(ctx))
	return run.finish(ctx, outcome, err)
}

// errEnded says that a run has ended already: it was stopped while it waited, or this is the second
// time that its job is done.
var errEnded = errors.New("the run has ended already")

// runRow is the row of a run in the database.
type runRow struct {
	pool *pgxpool.Pool
	id   string
}

func (r *runRow) start(ctx context.Context) (indexing.Request, error) {
	var request indexing.Request
	var action string
	err := r.pool.QueryRow(ctx, `
		UPDATE runs SET state = 'running', started_at = now(), phase = 'starting', done = 0, total = 0
		WHERE id = $1 AND state IN ('waiting', 'running')
		RETURNING dataset, action, refs, force, requested_by`, r.id).
		Scan(&request.Dataset, &action, &request.Refs, &request.Force, &request.By)
	if errors.Is(err, pgx.ErrNoRows) {
		return request, errEnded
	}
	request.Action = indexing.Action(action)
	return request, unavailable(err, "start run "+r.id)
}

// progressEvery is how often progress is written down at most.
const progressEvery = 300 * time.Millisecond

// progress writes down how far the run has come, outside of the transaction that publishes. That it
// cannot be written is no reason to end the run.
func (r *runRow) progress(ctx context.Context) indexing.Progress {
	var phase string
	var written time.Time
	return func(now string, done, total int) {
		if now == phase && time.Since(written) < progressEvery && done < total {
			return
		}
		phase, written = now, time.Now()
		_, _ = r.pool.Exec(ctx, `UPDATE runs SET phase = $2, done = $3, total = $4 WHERE id = $1`, r.id, now, done, total)
	}
}

// finish writes down how the run ended, and tells River whether to try again.
func (r *runRow) finish(ctx context.Context, outcome indexing.Outcome, failure error) error {
	if failure == nil {
		return r.end(ctx, done, &outcome, nil)
	}
	if errors.Is(context.Cause(ctx), river.ErrJobCancelledRemotely) {
		return errors.Join(failure, r.end(ctx, stopped, nil, nil))
	}
	if ctx.Err() != nil || fault.Is(failure, fault.Unavailable) || fault.Is(failure, fault.Conflict) {
		return failure // this worker goes away or lost its lease, or the database was away: it is done again
	}
	return errors.Join(river.JobCancel(failure), r.end(ctx, failed, nil, failure))
}

func (r *runRow) end(ctx context.Context, state string, outcome *indexing.Outcome, failure error) error {
	var kind, reason *string
	if failure != nil {
		k, text := fault.Of(failure).String(), failure.Error()
		kind, reason = &k, &text
	}
	_, err := r.pool.Exec(context.WithoutCancel(ctx), `
		UPDATE runs SET state = $2, finished_at = now(), outcome = $3, error_type = $4, error_message = $5
		WHERE id = $1`, r.id, state, outcome, kind, reason)
	return unavailable(err, "end run "+r.id)
}
