// Package schedule decides when each source is looked at again.
package schedule

import (
	"context"
	"log/slog"
	"time"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Queue is where indexings are asked for.
type Queue interface {
	// Enqueue asks for an indexing; a request that waits already is joined.
	Enqueue(ctx context.Context, request indexing.Request) (string, error)
	// Tasks lists the tasks of a dataset, newest first.
	Tasks(ctx context.Context, dataset string) ([]indexing.Task, error)
}

// Source is a source and how often it is looked at; never when that is zero.
type Source struct {
	Dataset string
	Every   time.Duration
}

// spread is the time within which every source is looked at first, unless its interval is shorter: soon,
// since nobody knows what was missed, but not all at once.
const spread = 5 * time.Minute

// maxSlower is how much rarer a source is looked at, at most, while looking at it fails.
const maxSlower = 16

// Run asks for the indexing of each source in its own time until ctx ends. After each failure in a row the next look is
// twice as far away, and after a success, whoever asked for it, as near as ever. One that has not changed costs a
// question to its repository.
func Run(ctx context.Context, sources []Source, queue Queue, log *slog.Logger) {
	began := time.Now()
	for i, source := range sources {
		if source.Every <= 0 {
			continue
		}
		first := min(source.Every, spread) * time.Duration(i+1) / time.Duration(len(sources))
		go watcher{source, queue, began, log}.watch(ctx, first)
	}
	<-ctx.Done()
}

// watcher looks after one source.
type watcher struct {
	source Source
	queue  Queue
	began  time.Time // when this process did
	log    *slog.Logger
}

// watch wakes up in every interval, to see whether it is time for a look. A single wait, as long as failures make it, would
// go on after the source has recovered.
func (w watcher) watch(ctx context.Context, first time.Duration) {
	next := time.NewTimer(first)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		if err := w.look(ctx); err != nil && ctx.Err() == nil {
			w.log.WarnContext(ctx, "indexing not scheduled", "dataset", w.source.Dataset, "error", err)
		}
		next.Reset(w.source.Every)
	}
}

// look asks for the indexing of the source when it is time.
func (w watcher) look(ctx context.Context) error {
	tasks, err := w.queue.Tasks(ctx, w.source.Dataset)
	if err != nil || !w.due(tasks) {
		return err
	}
	_, err = w.queue.Enqueue(ctx, indexing.Request{Dataset: w.source.Dataset, By: "schedule"})
	return err
}

// due says whether it is time for a look. What failed before this process began does not put it off: it may have been
// started anew because something was mended. A wait is a number of whole intervals, give or take a half, since
// the look before took some time too, and the database may have another clock.
func (w watcher) due(tasks []indexing.Task) bool {
	failures, ended := failuresInARow(tasks)
	if failures == 0 || ended.Before(w.began) {
		return true
	}
	wait := w.source.Every * time.Duration(slower(failures-1))
	return time.Since(ended) >= wait-w.source.Every/2
}

// slower gives the factor by which failures in a row make the interval longer.
func slower(failures int) int {
	factor := 1
	for range failures {
		factor = min(2*factor, maxSlower)
	}
	return factor
}

// failuresInARow counts the full indexings that failed since one succeeded, and tells when the newest of them ended.
func failuresInARow(tasks []indexing.Task) (failures int, ended time.Time) {
	for _, task := range tasks {
		switch {
		case task.CompletedAt == nil || !task.Full():
		case task.Error == nil:
			return failures, ended
		default:
			if failures == 0 {
				ended = *task.CompletedAt
			}
			failures++
		}
	}
	return failures, ended
}
