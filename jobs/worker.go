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

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Runner does an indexing. The epoch is that of the worker's lease: a transaction that publishes must
// make sure that it is still current (see Lease in the database's migrations).
type Runner func(ctx context.Context, epoch int64, request indexing.Request, progress indexing.Progress) (indexing.Outcome, error)

// Duties are what a worker does.
type Duties struct {
	Run Runner
	Ahead
	// KeepUp is called every few seconds while no run is under way.
	KeepUp func(ctx context.Context) error
}

// Worker does the requests of the queue, one at a time among all workers of a database.
type Worker struct {
	dsn    string
	pool   *pgxpool.Pool
	duties Duties
	log    *slog.Logger
}

// NewWorker makes a worker; Run starts it.
func NewWorker(dsn string, pool *pgxpool.Pool, duties Duties, log *slog.Logger) *Worker {
	return &Worker{dsn: dsn, pool: pool, duties: duties, log: log}
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
	next := newAhead(ctx, w.pool, lease.epoch, w.duties.Ahead)
	defer next.close()
	client, err := w.client(lease.epoch, next)
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	looking, stop := context.WithCancel(ctx)
	defer stop()
	go w.lookAfter(looking, next)
	lost := lease.wait(ctx)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	// A job that is cut off here is done again by the next holder of the lease.
	return errors.Join(lost, client.StopAndCancel(end))
}

// lookAfterEvery is how long a task is told of at most whose job is gone.
const lookAfterEvery = 5 * time.Second

// lookAfter ends the runs that nothing will go on with, since they would be told of for ever, and requests like those that wait
// would go on joining them; and it keeps up what no run is needed for.
func (w *Worker) lookAfter(ctx context.Context, next *ahead) {
	look := time.NewTicker(lookAfterEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		if err := endLost(ctx, w.pool); err != nil && ctx.Err() == nil {
			w.log.WarnContext(ctx, "lost jobs not looked after", "error", err)
		}
		if !next.idle() {
			continue
		}
		if err := w.duties.KeepUp(ctx); err != nil && ctx.Err() == nil {
			w.log.WarnContext(ctx, "the index is not kept up", "error", err)
		}
	}
}

func (w *Worker) client(epoch int64, next *ahead) (*river.Client[pgx.Tx], error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &indexWorker{pool: w.pool, run: w.duties.Run, epoch: epoch, ahead: next}); err != nil {
		return nil, err
	}
	return river.NewClient(riverpgxv5.New(w.pool), &river.Config{
		Logger:               w.log,
		Queues:               map[string]river.QueueConfig{queueName: {MaxWorkers: 1}},
		Workers:              workers,
		FetchCooldown:        10 * time.Millisecond, // the default lets the worker idle for 0.1 s after each source
		JobTimeout:           Timeout,
		RescueStuckJobsAfter: Timeout + time.Minute,
		ReindexerSchedule:    river.NeverSchedule(), // only the owner of the tables can reindex, and these few jobs do not need it
	})
}

// indexWorker does one job of River.
type indexWorker struct {
	river.WorkerDefaults[args]
	pool  *pgxpool.Pool
	run   Runner
	epoch int64
	ahead *ahead
}

// Work implements river.Worker. The outcome is stored under the id of the run, so that a job that is
// done twice leaves one outcome.
func (w *indexWorker) Work(ctx context.Context, job *river.Job[args]) error {
	run := &runRow{pool: w.pool, id: job.Args.Run, epoch: w.epoch}
	request, err := run.start(ctx)
	if errors.Is(err, errEnded) || errors.Is(err, errDone) {
		w.ahead.letGo(run.id)
		return nil
	}
	if err != nil {
		return err
	}
	ctx, release := run.untilStopped(ctx)
	defer release()
	outcome, err := w.index(ctx, request, run.progress(ctx))
	if err == nil {
		return run.end(ctx, done, &outcome, nil)
	}
	return run.fail(ctx, err)
}

// NextRetry implements river.Worker.
func (w *indexWorker) NextRetry(job *river.Job[args]) time.Time {
	return time.Now().Add(pauseAfter(job.Attempt))
}

func (w *indexWorker) index(ctx context.Context, request indexing.Request, progress indexing.Progress) (indexing.Outcome, error) {
	release, err := w.ahead.take(ctx, request.Dataset)
	if err != nil {
		w.ahead.letGo(request.Run)
		return indexing.Outcome{}, err
	}
	defer release()
	return w.run(ctx, w.epoch, request, progress)
}
