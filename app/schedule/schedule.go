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
// twice as far away, and after a success as near as ever. One that has not changed costs a question to
// its repository.
func Run(ctx context.Context, sources []Source, queue Queue, log *slog.Logger) {
	for i, source := range sources {
		if source.Every <= 0 {
			continue
		}
		first := min(source.Every, spread) * time.Duration(i+1) / time.Duration(len(sources))
		go watch(ctx, source, first, queue, log)
	}
	<-ctx.Done()
}

func watch(ctx context.Context, source Source, first time.Duration, queue Queue, log *slog.Logger) {
	next := time.NewTimer(first)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		failures, err := failuresInARow(ctx, queue, source.Dataset)
		if err == nil {
			_, err = queue.Enqueue(ctx, indexing.Request{Dataset: source.Dataset, By: "schedule"})
		}
		if err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "indexing not scheduled", "dataset", source.Dataset, "error", err)
		}
		next.Reset(source.Every * time.Duration(slower(failures)))
	}
}

// slower gives the factor by which failures in a row make the interval longer.
func slower(failures int) int {
	factor := 1
	for range failures {
		factor = min(2*factor, maxSlower)
	}
	return factor
}

// failuresInARow counts the full indexings that failed since one succeeded.
func failuresInARow(ctx context.Context, queue Queue, dataset string) (int, error) {
	tasks, err := queue.Tasks(ctx, dataset)
	failures := 0
	for _, task := range tasks {
		switch {
		case task.CompletedAt == nil || !task.Full():
		case task.Error != nil:
			failures++
		default:
			return failures, err
		}
	}
	return failures, err
}
