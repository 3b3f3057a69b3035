package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/jobs"
)

func TestSourcesOfWaitingRunsAreFetchedAhead(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.enqueue(indexing.Request{Dataset: "nist", Action: indexing.Reset})
	second := o.enqueue(indexing.Request{Dataset: "ids"})
	third := o.enqueue(indexing.Request{Dataset: "w3c"})

	fetched := make(chan string, 10)
	goOn := make(chan struct{})
	o.workAhead(func(_ context.Context, _ int64, request indexing.Request, _ indexing.Progress) (indexing.Outcome, error) {
		if request.Dataset == "rfcs" {
			<-goOn
		}
		return indexing.Outcome{}, nil
	}, func(_ context.Context, dataset string) error {
		fetched <- dataset
		return errors.New("a failure is the run's to tell")
	})
	require.Equal(t, []string{"ids", "w3c"}, []string{<-fetched, <-fetched}, "in the order of their turns, and not what is only removed")
	require.Equal(t, "running", o.task(first).Status)
	require.Equal(t, "waiting", o.task(second).Status)
	close(goOn)
	o.becomes(third, "done")
	require.Empty(t, fetched, "once for each run")
}

func TestRunWaitsForFetchOfItsSource(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	second := o.enqueue(indexing.Request{Dataset: "ids"})

	events := make(chan string, 10)
	begun, goOn := make(chan struct{}), make(chan struct{})
	o.workAhead(func(_ context.Context, _ int64, request indexing.Request, _ indexing.Progress) (indexing.Outcome, error) {
		<-begun
		events <- "index " + request.Dataset
		return indexing.Outcome{}, nil
	}, func(_ context.Context, dataset string) error {
		close(begun)
		<-goOn
		events <- "fetched " + dataset
		return nil
	})
	o.becomes(first, "done")
	o.becomes(second, "running")
	close(goOn)
	o.becomes(second, "done")
	require.Equal(t, []string{"index rfcs", "fetched ids", "index ids"}, []string{<-events, <-events, <-events})
}

func TestFetchAheadEndsWithWorker(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	second := o.enqueue(indexing.Request{Dataset: "ids"})

	fetching, ended := make(chan string, 10), make(chan string, 10)
	stop := o.workAhead(until(make(chan string, 10)), func(ctx context.Context, dataset string) error {
		fetching <- dataset
		<-ctx.Done()
		ended <- dataset
		return ctx.Err()
	})
	require.Equal(t, "ids", <-fetching)
	stop()
	require.Equal(t, "ids", <-ended, "before the next worker can use the copy")
	o.work(idle)
	o.becomes(first, "done")
	o.becomes(second, "done")
}

func TestStoppedWhileItsSourceIsFetched(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	second := o.enqueue(indexing.Request{Dataset: "ids"})
	begun := make(chan struct{})
	o.workAhead(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		<-begun
		return indexing.Outcome{}, nil
	}, func(ctx context.Context, _ string) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	})
	o.becomes(first, "done")
	o.becomes(second, "running")
	require.NoError(t, o.queue.Stop(t.Context(), second, "somebody"))
	o.becomes(second, "stopped")
}

// A source that hangs while it is fetched ahead, or prepared, does not keep its own run from trying.
func TestRunEndsWhatHangsAhead(t *testing.T) {
	t.Parallel()
	hangs := func(ctx context.Context, begun chan<- struct{}) error {
		close(begun)
		<-ctx.Done()
		return ctx.Err()
	}
	for name, hang := range map[string]func(duties *jobs.Duties, begun chan<- struct{}){
		"fetched": func(duties *jobs.Duties, begun chan<- struct{}) {
			duties.Fetch = func(ctx context.Context, _ string) error { return hangs(ctx, begun) }
		},
		"prepared": func(duties *jobs.Duties, begun chan<- struct{}) {
			duties.Prepare = func(ctx context.Context, _ int64, _ indexing.Request) error { return hangs(ctx, begun) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.enqueue(indexing.Request{Dataset: "rfcs"})
			second := o.enqueue(indexing.Request{Dataset: "ids"})
			begun := make(chan struct{})
			duties := only(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
				<-begun
				return indexing.Outcome{}, nil
			})
			hang(&duties, begun)
			o.workAll(duties)
			o.becomes(second, "done")
		})
	}
}

// What hangs ahead for a run that was stopped is ended with it, or nothing would be kept up.
func TestStoppedRunEndsWhatHangsAhead(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.enqueue(indexing.Request{Dataset: "rfcs"})
	second := o.enqueue(indexing.Request{Dataset: "ids"})
	begun, ended := make(chan struct{}), make(chan struct{})
	o.workAhead(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		<-begun
		return indexing.Outcome{}, nil
	}, func(ctx context.Context, _ string) error {
		close(begun)
		<-ctx.Done()
		close(ended)
		return ctx.Err()
	})
	o.becomes(second, "running")
	require.NoError(t, o.queue.Stop(t.Context(), second, "somebody"))
	o.becomes(second, "stopped")
	select {
	case <-ended:
	case <-time.After(patience):
		t.Fatal("it still hangs")
	}
}

// Nothing is done ahead for longer than a limit, whether or not its run comes.
func TestWhatIsDoneAheadHasALimit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	limited := make(chan bool, 2)
	limit := func(ctx context.Context) error {
		deadline, ok := ctx.Deadline()
		limited <- ok && time.Until(deadline) <= 10*time.Minute
		return nil
	}
	goOn := make(chan struct{})
	duties := only(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		<-goOn
		return indexing.Outcome{}, nil
	})
	duties.Fetch = func(ctx context.Context, _ string) error { return limit(ctx) }
	duties.Prepare = func(ctx context.Context, _ int64, _ indexing.Request) error { return limit(ctx) }
	o.enqueue(indexing.Request{Dataset: "rfcs"})
	second := o.enqueue(indexing.Request{Dataset: "ids"})
	o.workAll(duties)
	require.True(t, <-limited, "fetching")
	require.True(t, <-limited, "preparing")
	close(goOn)
	o.becomes(second, "done")
}

func TestNextRunIsPrepared(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	first := o.enqueue(indexing.Request{Dataset: "rfcs"})
	third := o.enqueue(indexing.Request{Dataset: "ids", Refs: []string{"b", "a"}, By: "somebody"})
	last := o.enqueue(indexing.Request{Dataset: "w3c"})

	prepared, gone, goOn := make(chan indexing.Request, 10), make(chan string, 10), make(chan struct{})
	duties := only(func(context.Context, int64, indexing.Request, indexing.Progress) (indexing.Outcome, error) {
		<-goOn
		return indexing.Outcome{}, nil
	})
	duties.Prepare = func(_ context.Context, _ int64, request indexing.Request) error {
		prepared <- request
		return errors.New("a failure is the run's to tell")
	}
	duties.LetGo = func(_ int64, run string) { gone <- run }
	stop := o.workAll(duties)
	o.becomes(first, "running")
	require.Equal(t, indexing.Request{Dataset: "ids", Action: indexing.Index, Refs: []string{"a", "b"}, By: "somebody", Run: third}, <-prepared)
	require.NoError(t, o.queue.Stop(t.Context(), third, "somebody"))
	goOn <- struct{}{}
	o.becomes(last, "running")
	require.Equal(t, third, <-gone)
	goOn <- struct{}{}
	o.becomes(last, "done")
	require.Empty(t, prepared)
	stop()
	for run := <-gone; run != ""; run = <-gone { // at the end of the worker of whatever there is
		require.Equal(t, third, run, "perhaps twice")
	}
}
