package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db/dbtest"
	"github.com/ietf-tools/bibxml/jobs"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// patience is how long a test waits for what must happen soon; a busy machine may take its time.
const patience = time.Minute

var quiet = slog.New(slog.DiscardHandler)

// office is a queue without workers.
type office struct {
	t     *testing.T
	url   string
	pool  *pgxpool.Pool
	queue *jobs.Queue
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, url: dbtest.URL(t)}
	var err error
	o.pool, err = pgxpool.New(context.Background(), o.url)
	require.NoError(t, err)
	t.Cleanup(o.pool.Close)
	o.queue, err = jobs.NewQueue(o.pool, quiet)
	require.NoError(t, err)
	return o
}

// work runs a worker until the function that it gives is called, or the test ends.
func (o *office) work(run jobs.Runner) (stop func()) {
	o.t.Helper()
	return o.workAll(only(run))
}

// workAhead is work with something that fetches ahead.
func (o *office) workAhead(run jobs.Runner, fetch func(context.Context, string) error) (stop func()) {
	o.t.Helper()
	duties := only(run)
	duties.Fetch = fetch
	return o.workAll(duties)
}

// only gives the duties of a worker that does nothing but run.
func only(run jobs.Runner) jobs.Duties {
	return jobs.Duties{
		Run: run,
		Ahead: jobs.Ahead{
			Fetch:   func(context.Context, string) error { return nil },
			Prepare: func(context.Context, int64, indexing.Request) error { return nil },
			LetGo:   func(int64, string) {},
		},
		KeepUp: func(context.Context) error { return nil },
	}
}

// workAll is work with all duties.
func (o *office) workAll(duties jobs.Duties) (stop func()) {
	o.t.Helper()
	pool, err := pgxpool.New(context.Background(), o.url)
	require.NoError(o.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		jobs.NewWorker(o.url, pool, duties, quiet).Run(ctx)
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		<-ended
		pool.Close()
	})
	o.t.Cleanup(stop)
	return stop
}

func (o *office) enqueue(request indexing.Request) string {
	o.t.Helper()
	id, err := o.queue.Enqueue(o.t.Context(), request)
	require.NoError(o.t, err)
	return id
}

func (o *office) task(id string) indexing.Task {
	o.t.Helper()
	task, err := o.queue.Task(o.t.Context(), id)
	require.NoError(o.t, err)
	return task
}

// becomes waits until a task has a status.
func (o *office) becomes(id, status string) indexing.Task {
	o.t.Helper()
	require.Eventually(o.t, func() bool { return o.task(id).Status == status }, patience, 5*time.Millisecond, "task never %s", status)
	return o.task(id)
}

func (o *office) exec(statement string, params ...any) {
	o.t.Helper()
	_, err := o.pool.Exec(o.t.Context(), statement, params...)
	require.NoError(o.t, err)
}

// idle is a runner that has nothing to do.
func idle(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
	return indexing.Outcome{}, nil
}

// until is a runner that says when it begins, and goes on until its context ends.
func until(begun chan<- string) jobs.Runner {
	return func(ctx context.Context, _ int64, request indexing.Request, progress indexing.Progress) (indexing.Outcome, error) {
		progress("indexing", 3, 10)
		begun <- request.Dataset
		<-ctx.Done()
		return indexing.Outcome{}, ctx.Err()
	}
}

func TestTaskFromBeginToEnd(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs", Refs: []string{"b", "a", "b"}, Force: true, By: "somebody"})
	require.Equal(t, "waiting", o.task(id).Status)

	goOn := make(chan struct{})
	var got indexing.Request
	o.work(func(_ context.Context, epoch int64, request indexing.Request, progress indexing.Progress) (indexing.Outcome, error) {
		got = request
		require.Equal(t, int64(1), epoch)
		progress("indexing", 3, 10)
		<-goOn
		return indexing.Outcome{Total: 10, Added: 2, Changed: 1, Commit: "abc"}, nil
	})
	require.Eventually(t, func() bool {
		p := o.task(id).Progress
		return p != nil && *p == indexing.TaskProgress{Phase: "indexing", Current: 3, Total: 10}
	}, patience, 5*time.Millisecond)
	require.Equal(t, "running", o.task(id).Status)
	close(goOn)

	task := o.becomes(id, "done")
	require.Equal(t, indexing.Request{Dataset: "rfcs", Action: indexing.Index, Refs: []string{"a", "b"}, Force: true, By: "somebody", Run: id}, got)
	require.Equal(t, "a,b", *task.Refs)
	require.Equal(t, "10 records: 2 added, 1 changed, 0 removed, 0 with problems", *task.OutcomeSummary)
	require.Equal(t, "abc", task.Outcome.Commit)
	require.NotNil(t, task.CompletedAt)
	require.Nil(t, task.Error)
	tasks, err := o.queue.Tasks(t.Context(), "rfcs")
	require.NoError(t, err)
	require.Equal(t, []indexing.Task{task}, tasks)
	tasks, err = o.queue.Tasks(t.Context(), "ids")
	require.NoError(t, err)
	require.Empty(t, tasks)
}

func TestLikeRequestsJoin(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.enqueue(indexing.Request{Dataset: "rfcs", Refs: []string{"b", "a"}})
	require.Equal(t, first, o.enqueue(indexing.Request{Dataset: "rfcs", Refs: []string{"a", "b"}, By: "another"}))
	for name, other := range map[string]indexing.Request{
		"other refs":    {Dataset: "rfcs", Refs: []string{"a"}},
		"all refs":      {Dataset: "rfcs"},
		"forced":        {Dataset: "rfcs", Refs: []string{"a", "b"}, Force: true},
		"other source":  {Dataset: "ids", Refs: []string{"a", "b"}},
		"other action":  {Dataset: "rfcs", Action: indexing.Reset, Refs: []string{"a", "b"}},
		"forced, again": {Dataset: "rfcs", Refs: []string{"a", "b"}, Force: true, By: "x"},
	} {
		require.NotEqual(t, first, o.enqueue(other), name)
	}
	var count int
	require.NoError(t, o.pool.QueryRow(t.Context(), "SELECT count(*) FROM river_job").Scan(&count))
	require.Equal(t, 6, count)
}

func TestManyLikeRequestsAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var wait sync.WaitGroup
	ids := make([]string, 20)
	for i := range ids {
		wait.Go(func() { ids[i], _ = o.queue.Enqueue(context.Background(), indexing.Request{Dataset: "rfcs"}) })
	}
	wait.Wait()
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	require.NotEmpty(t, ids[0])
}

// A run may have fetched before the source changed, so whoever asks while it runs gets another one.
func TestRequestDuringARunWaits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string)
	o.work(until(begun))
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	<-begun
	second := o.enqueue(indexing.Request{Dataset: "rfcs"})
	require.NotEqual(t, first, second)
	require.Equal(t, "waiting", o.task(second).Status)
	require.NoError(t, o.queue.Stop(t.Context(), first, "somebody"))
	<-begun
	require.Equal(t, "running", o.task(second).Status)
}

func TestFailure(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var runs atomic.Int32
	o.work(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		runs.Add(1)
		return indexing.Outcome{}, fault.New(fault.Upstream, "the repository has no folder data/")
	})
	task := o.becomes(o.enqueue(indexing.Request{Dataset: "rfcs"}), "failed")
	require.Equal(t, &indexing.TaskError{Type: "upstream", Message: "the repository has no folder data/"}, task.Error)
	require.Nil(t, task.OutcomeSummary)
	o.becomes(o.enqueue(indexing.Request{Dataset: "rfcs"}), "failed")
	require.Equal(t, int32(2), runs.Load(), "each once")
}

func TestHeldBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		return indexing.Outcome{}, fmt.Errorf("index rfcs: %w", &indexing.HeldBackError{Dataset: "rfcs", Gone: 5, Have: 12})
	})
	task := o.becomes(o.enqueue(indexing.Request{Dataset: "rfcs"}), "failed")
	require.Equal(t, "held_back", task.Error.Type)
	require.Contains(t, task.Error.Message, "5 of its 12 records")
}

func TestPartOfTheArchiveIsRefused(t *testing.T) {
	t.Parallel()
	_, err := newOffice(t).queue.Enqueue(t.Context(), indexing.Request{Dataset: indexing.Archive, Refs: []string{"a"}})
	require.Equal(t, fault.Invalid, fault.Of(err), "%v", err)
}

func TestStop(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string, 10)
	o.work(until(begun))
	running := o.enqueue(indexing.Request{Dataset: "rfcs"})
	<-begun
	waiting := o.enqueue(indexing.Request{Dataset: "ids"})

	require.NoError(t, o.queue.Stop(t.Context(), waiting, "somebody"))
	require.Equal(t, "stopped", o.task(waiting).Status)
	require.NoError(t, o.queue.Stop(t.Context(), running, "somebody"))
	task := o.becomes(running, "stopped")
	require.Nil(t, task.Error)
	require.NotNil(t, task.CompletedAt)
	require.Equal(t, "somebody", *task.StoppedBy)
	require.NoError(t, o.queue.Stop(t.Context(), running, "another"), "a second time")
	require.Equal(t, "somebody", *o.task(running).StoppedBy)

	for _, unknown := range []string{"nope", "00000000-0000-0000-0000-000000000000"} {
		require.Equal(t, fault.NotFound, fault.Of(o.queue.Stop(t.Context(), unknown, "somebody")), unknown)
		_, err := o.queue.Task(t.Context(), unknown)
		require.Equal(t, fault.NotFound, fault.Of(err), unknown)
	}
	require.Empty(t, begun, "what waited never began")
}

func TestStopAll(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string, 10)
	o.work(until(begun))
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	<-begun
	second := o.enqueue(indexing.Request{Dataset: "ids"})
	require.NoError(t, o.queue.StopAll(t.Context(), "somebody"))
	o.becomes(first, "stopped")
	o.becomes(second, "stopped")
}

func TestStopOfARunWhoseWorkerIsGone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE runs SET state = 'running'`)
	o.exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now()`)
	require.NoError(t, o.queue.Stop(t.Context(), id, "somebody"))
	require.Equal(t, "running", o.task(id).Status)
	o.work(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		t.Error("it must not run again")
		return indexing.Outcome{}, nil
	})
	o.becomes(id, "stopped")
}

func TestOneAtATimeAmongAllWorkers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var now, most atomic.Int32
	run := func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		most.Store(max(most.Load(), now.Add(1)))
		time.Sleep(10 * time.Millisecond)
		now.Add(-1)
		return indexing.Outcome{}, nil
	}
	for range 3 {
		o.work(run)
	}
	var last string
	for _, dataset := range []string{"a", "b", "c", "d", "e", "f"} {
		last = o.enqueue(indexing.Request{Dataset: dataset})
	}
	o.becomes(last, "done")
	require.Equal(t, int32(1), most.Load())
}

func TestWorkerThatEndsLeavesItsJobToTheNext(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string)
	stop := o.work(until(begun))
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	<-begun
	o.work(idle) // waits for the first one to end
	require.Equal(t, "running", o.task(id).Status)
	stop()
	require.Nil(t, o.becomes(id, "done").Error)
}

// A worker that stands by for days must not keep the database from being vacuumed, nor indexes from being built anew.
func TestWorkerThatStandsByHoldsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string)
	stop := o.work(until(begun))
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	<-begun
	o.work(idle)
	some := func(sessions string) bool {
		var there bool
		err := o.pool.QueryRow(t.Context(), `SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND `+sessions).Scan(&there)
		return err == nil && there
	}
	require.Eventually(t, func() bool { return some(`query LIKE 'SELECT pg_%advisory_lock($1)'`) }, patience, 5*time.Millisecond)
	for range 100 {
		require.False(t, some(`wait_event_type = 'Lock'`), "it waits inside of a statement")
		time.Sleep(10 * time.Millisecond)
	}
	require.Equal(t, "running", o.task(id).Status)
	stop()
	o.becomes(id, "done")
}

// The connection that holds the lease breaks under a running job: the same or another worker takes the
// lease with a new epoch, and does the job again.
func TestLeaseLost(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	epochs := make(chan int64, 10)
	o.work(func(ctx context.Context, epoch int64, _ indexing.Request, _ indexing.Progress) (indexing.Outcome, error) {
		epochs <- epoch
		if epoch > 1 {
			return indexing.Outcome{}, nil
		}
		<-ctx.Done()
		return indexing.Outcome{}, fault.New(fault.Conflict, "another worker has taken over the indexing")
	})
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	require.Equal(t, int64(1), <-epochs)
	o.exec(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
	require.Equal(t, int64(2), <-epochs)
	o.becomes(id, "done")
}

// A killed worker leaves its job running in the books.
func TestOrphans(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	once := o.enqueue(indexing.Request{Dataset: "once"})
	often := o.enqueue(indexing.Request{Dataset: "often"})
	lost := o.enqueue(indexing.Request{Dataset: "lost"})
	deadly := o.enqueue(indexing.Request{Dataset: "deadly"})
	away := o.enqueue(indexing.Request{Dataset: "away"})
	o.exec(`UPDATE runs SET state = 'running'`)
	o.exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now()`)
	o.exec(`UPDATE river_job SET attempt = 10 WHERE id = (SELECT job_id FROM runs WHERE id = $1)`, deadly)
	o.exec(`UPDATE river_job SET attempt = 10, errors = ARRAY['{}'::jsonb] WHERE id = (SELECT job_id FROM runs WHERE id = $1)`, away)
	o.exec(`UPDATE river_job SET attempt = max_attempts WHERE id = (SELECT job_id FROM runs WHERE id = $1)`, often)
	o.exec(`DELETE FROM river_job WHERE id = (SELECT job_id FROM runs WHERE id = $1)`, lost)

	o.work(idle)
	o.becomes(once, "done")
	require.Contains(t, o.becomes(often, "failed").Error.Message, "cut off")
	require.Contains(t, o.becomes(lost, "failed").Error.Message, "cut off")
	require.Contains(t, o.becomes(deadly, "failed").Error.Message, "cut off", "by the deaths of ten workers")
	o.becomes(away, "done")
}

// A worker that dies after it has published, and before it could say so, has done its run: with the outcome that is
// published along, not with that of doing it again, which finds nothing to do.
func TestRunThatWasPublishedIsNotDoneAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE runs SET state = 'running', outcome = '{"commit": "abc", "total": 9, "added": 7}'`)
	o.exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now()`)
	o.work(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		t.Error("done again")
		return indexing.Outcome{Skipped: true}, nil
	})
	require.Equal(t, "9 records: 7 added, 0 changed, 0 removed, 0 with problems", *o.becomes(id, "done").OutcomeSummary)
	require.NotNil(t, o.task(id).CompletedAt)
}

// published is an outcome as it is kept with what is published.
const published = `UPDATE runs SET outcome = '{"commit": "abc", "total": 9, "added": 7}' WHERE id = $1`

// isPublished makes sure that a task ended with what was published.
func (o *office) isPublished(id string) {
	o.t.Helper()
	task := o.becomes(id, "done")
	require.Equal(o.t, "9 records: 7 added, 0 changed, 0 removed, 0 with problems", *task.OutcomeSummary)
	require.Nil(o.t, task.Error)
	require.NotNil(o.t, task.CompletedAt)
}

// The server goes on with a COMMIT that it has, whatever becomes of whoever sent it.
func TestRunThatIsCutOffWhileItCommits(t *testing.T) {
	t.Parallel()
	for name, reason := range map[string]error{"stopped": nil, "failed": errors.New("the connection broke")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			begun, goOn := make(chan struct{}), make(chan struct{})
			o.work(func(ctx context.Context, _ int64, request indexing.Request, _ indexing.Progress) (indexing.Outcome, error) {
				close(begun)
				<-goOn
				o.commitLater(request.Run)
				if reason != nil {
					return indexing.Outcome{}, reason
				}
				<-ctx.Done()
				return indexing.Outcome{}, ctx.Err()
			})
			id := o.enqueue(indexing.Request{Dataset: "rfcs"})
			<-begun
			if reason == nil {
				require.NoError(t, o.queue.Stop(t.Context(), id, "somebody"))
			}
			close(goOn)
			o.isPublished(id)
		})
	}
}

// commitLater publishes for a run in a transaction that takes a second to commit.
func (o *office) commitLater(id string) {
	ctx := context.Background()
	tx, err := o.pool.Begin(ctx)
	if err == nil {
		_, err = tx.Exec(ctx, published, id)
	}
	if err != nil {
		o.t.Error(err)
		return
	}
	time.AfterFunc(time.Second, func() { _ = tx.Commit(ctx) })
}

// Nor is what was published forgotten when its worker is gone.
func TestRunThatWasPublishedIsDoneWithoutItsWorker(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"asked to stop": `UPDATE runs SET stopped_by = 'somebody'`,
		"given up":      `UPDATE river_job SET attempt = max_attempts`,
		"deleted":       `DELETE FROM river_job`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			id := o.enqueue(indexing.Request{Dataset: "rfcs"})
			o.exec(published, id)
			o.exec(`UPDATE runs SET state = 'running'`)
			o.exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now()`)
			o.exec(change)
			o.work(idle)
			o.isPublished(id)
		})
	}
}

// refuseOnce has the database refuse once to end a run in a state.
func (o *office) refuseOnce(state string) {
	o.t.Helper()
	o.exec(`CREATE SEQUENCE refusals`)
	o.exec(`CREATE FUNCTION refuse_once() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
			IF nextval('refusals') = 1 THEN RAISE 'not now'; END IF;
			RETURN NEW;
		END $$`)
	o.exec(`CREATE TRIGGER refuse_once BEFORE UPDATE ON runs FOR EACH ROW WHEN (NEW.state = '` + state + `') EXECUTE FUNCTION refuse_once()`)
}

// A job whose run could not be told how it ended is tried again, until it can.
func TestEndThatCannotBeWrittenDown(t *testing.T) {
	t.Parallel()
	run := map[string]func(o *office) (id string){
		"done": func(o *office) string { // published by a worker that has died since
			id := o.enqueue(indexing.Request{Dataset: "rfcs"})
			o.exec(published, id)
			o.work(idle)
			return id
		},
		"stopped": func(o *office) string {
			begun := make(chan string, 10)
			o.work(until(begun))
			id := o.enqueue(indexing.Request{Dataset: "rfcs"})
			<-begun
			o.exec(`UPDATE runs SET stopped_by = 'somebody'`)
			return id
		},
		"failed": func(o *office) string {
			o.work(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
				return indexing.Outcome{}, fault.New(fault.Upstream, "the repository has no folder data/")
			})
			return o.enqueue(indexing.Request{Dataset: "rfcs"})
		},
	}
	for state, begin := range run {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.refuseOnce(state)
			id := begin(o)
			require.Eventually(t, func() bool { return o.task(id).CompletedAt != nil }, patience, 5*time.Millisecond)
			task := o.task(id)
			require.Equal(t, state, task.Status)
			if task.Error != nil {
				require.Equal(t, "upstream", task.Error.Type)
			}
		})
	}
}

// Somebody may cancel or delete a job in River UI. Its task must not wait for ever, nor keep others like it from being done.
func TestJobsThatAreTakenOutOfTheQueue(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string)
	o.work(until(begun))
	busy := o.enqueue(indexing.Request{Dataset: "busy"})
	require.Equal(t, "busy", <-begun)
	for dataset, change := range takenOut {
		id := o.enqueue(indexing.Request{Dataset: dataset})
		o.exec(change, id)
		require.Equal(t, "somebody in River UI", *o.becomes(id, "stopped").StoppedBy)
		require.NotEqual(t, id, o.enqueue(indexing.Request{Dataset: dataset}), "a request like it is another one")
	}
	require.Equal(t, "running", o.task(busy).Status)
	require.NoError(t, o.queue.StopAll(t.Context(), "test"))
}

// takenOut is what River UI does to the job of a task that waits.
var takenOut = map[string]string{
	"cancelled": `UPDATE river_job SET state = 'cancelled', finalized_at = now() WHERE id = (SELECT job_id FROM runs WHERE id = $1)`,
	"deleted":   `DELETE FROM river_job WHERE id = (SELECT job_id FROM runs WHERE id = $1)`,
}

func TestJobsThatAreTakenOutWhileTheyWaitForAnotherAttempt(t *testing.T) {
	t.Parallel()
	for name, change := range takenOut {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			id := o.enqueue(indexing.Request{Dataset: "rfcs"})
			o.exec(`UPDATE river_job SET attempt = 100`)
			o.work(outage)
			o.cutOff(id)
			o.exec(change, id)
			task := o.becomes(id, "stopped")
			require.Equal(t, "somebody in River UI", *task.StoppedBy)
			require.Nil(t, task.Error)
		})
	}
}

// A job that failed as often as it may be tried has a task that failed, at once and not with the next worker.
func TestJobThatIsGivenUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string)
	o.work(until(begun))
	lost := o.enqueue(indexing.Request{Dataset: "lost"})
	require.Equal(t, "lost", <-begun)
	o.exec(`UPDATE river_job SET state = 'discarded', finalized_at = now()`)
	require.Contains(t, o.becomes(lost, "failed").Error.Message, "cut off")
}

// Of two runs of which one was cut off, only the other is at work.
func TestInterruptedRunsWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	cutOff := o.enqueue(indexing.Request{Dataset: "cut off"})
	o.exec(`UPDATE runs SET state = 'running', phase = 'indexing', done = 3, total = 10`)
	o.exec(`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now()`)
	o.enqueue(indexing.Request{Dataset: "other"})

	begun := make(chan string)
	o.work(until(begun))
	require.Equal(t, "other", <-begun)
	require.Equal(t, &indexing.TaskProgress{Phase: "interrupted"}, o.task(cutOff).Progress)
	require.NoError(t, o.queue.StopAll(t.Context(), "test"))
}

func TestDatabaseAwayDuringARun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var runs atomic.Int32
	o.work(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		if runs.Add(1) == 1 {
			return indexing.Outcome{}, fault.New(fault.Unavailable, "The database cannot be reached at the moment.")
		}
		return indexing.Outcome{}, nil
	})
	require.Nil(t, o.becomes(o.enqueue(indexing.Request{Dataset: "rfcs"}), "done").Error)
	require.Equal(t, int32(2), runs.Load())
}

// outage is a run that the database fails.
func outage(_ context.Context, _ int64, _ indexing.Request, progress indexing.Progress) (indexing.Outcome, error) {
	progress("indexing", 3, 10)
	return indexing.Outcome{}, fault.New(fault.Unavailable, "The database cannot be reached at the moment.")
}

// cutOff waits until the job of a task waits to be tried again.
func (o *office) cutOff(id string) {
	o.t.Helper()
	require.Eventually(o.t, func() bool {
		var waits bool
		err := o.pool.QueryRow(o.t.Context(), `
			SELECT EXISTS (SELECT FROM river_job JOIN runs ON job_id = river_job.id WHERE runs.id = $1 AND river_job.state = 'retryable')`, id).Scan(&waits)
		return err == nil && waits
	}, patience, 5*time.Millisecond)
}

// A run that the database failed is told of as such until it is done again, and can be stopped meanwhile.
func TestRunThatWaitsToBeDoneAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE river_job SET attempt = 100`)
	o.work(outage)
	o.cutOff(id)
	task := o.task(id)
	require.Equal(t, "running", task.Status)
	require.Equal(t, &indexing.TaskProgress{Phase: "interrupted"}, task.Progress)
	require.Equal(t, &indexing.TaskError{Type: "unavailable", Message: "The database cannot be reached at the moment."}, task.Error)
	var pause time.Duration
	require.NoError(t, o.pool.QueryRow(t.Context(), `SELECT scheduled_at - now() FROM river_job`).Scan(&pause))
	require.LessOrEqual(t, pause, time.Minute)

	require.NoError(t, o.queue.Stop(t.Context(), id, "somebody"))
	task = o.task(id)
	require.Equal(t, "stopped", task.Status)
	require.Equal(t, "somebody", *task.StoppedBy)
	require.NotNil(t, task.CompletedAt)
	require.Nil(t, task.Error)
}

func TestStopAllEndsWhatWaitsToBeDoneAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE river_job SET attempt = 100`)
	o.work(outage)
	o.cutOff(id)
	require.NoError(t, o.queue.StopAll(t.Context(), "somebody"))
	require.Equal(t, "stopped", o.task(id).Status)
}

// A run that was stopped just before the database failed it is not tried again.
func TestRunThatWasStoppedAndCutOff(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE river_job SET attempt = 100`)
	o.work(outage)
	o.cutOff(id)
	o.exec(`UPDATE runs SET stopped_by = 'somebody'`)
	require.Nil(t, o.becomes(id, "stopped").Error)
}

// A run that is given up tells what failed it each time.
func TestRunThatTheDatabaseFailsForGood(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE river_job SET max_attempts = 1`)
	o.work(outage)
	require.Equal(t, &indexing.TaskError{Type: "unavailable", Message: "The database cannot be reached at the moment."}, o.becomes(id, "failed").Error)
}

func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	pool, err := pgxpool.New(t.Context(), "postgres://nobody@127.0.0.1:9/nothing?sslmode=disable")
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	queue, err := jobs.NewQueue(pool, quiet)
	require.NoError(t, err)
	_, enqueued := queue.Enqueue(t.Context(), indexing.Request{Dataset: "rfcs"})
	_, listed := queue.Tasks(t.Context(), "rfcs")
	for name, err := range map[string]error{
		"enqueue": enqueued, "tasks": listed, "stop all": queue.StopAll(t.Context(), "somebody"),
		"stop": queue.Stop(t.Context(), "00000000-0000-0000-0000-000000000000", "somebody"),
	} {
		require.Equal(t, fault.Unavailable, fault.Of(err), "%s: %v", name, err)
	}
}

func TestOldTasksAreForgotten(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.exec(`INSERT INTO runs (dataset, action, refs, force, requested_by, state, created_at)
		SELECT dataset, 'index', '{}', false, '', 'done', now() - n * interval '1 hour'
		FROM generate_series(1, 120) AS n, unnest(ARRAY['rfcs', 'ids']) AS dataset`)
	o.enqueue(indexing.Request{Dataset: "rfcs"})
	for dataset, want := range map[string]int{"rfcs": 100, "ids": 120} {
		var count int
		require.NoError(t, o.pool.QueryRow(t.Context(), "SELECT count(*) FROM runs WHERE dataset = $1", dataset).Scan(&count))
		require.Equal(t, want, count, dataset)
	}
	tasks, err := o.queue.Tasks(t.Context(), "rfcs")
	require.NoError(t, err)
	require.Equal(t, "waiting", tasks[0].Status)
}

func TestErrorsThatAreNoOutage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.exec("ALTER TABLE runs RENAME TO walks")
	_, err := o.queue.Tasks(t.Context(), "rfcs")
	require.Error(t, err)
	require.Equal(t, fault.Internal, fault.Of(err), "%v", err)
	require.False(t, errors.Is(err, context.Canceled))
}

// What needs no run is kept up by the worker that holds the lease, while no run is under way.
func TestKeepsUpBetweenRuns(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	kept := make(chan struct{}, 100)
	duties := only(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		for len(kept) > 0 {
			<-kept
		}
		time.Sleep(jobs.LookAfterEvery + time.Second)
		if len(kept) > 0 {
			return indexing.Outcome{}, errors.New("kept up while the run was under way")
		}
		return indexing.Outcome{}, nil
	})
	duties.KeepUp = func(context.Context) error {
		kept <- struct{}{}
		return errors.New("the next time will do")
	}
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.workAll(duties)
	o.becomes(id, "done")
	<-kept
	<-kept
}
