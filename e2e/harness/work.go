package harness

import (
	"context"
	"time"
)

// Work indexes every source as operators do it: all are asked for through the API of the web process,
// which must be serving, and one `bibxml work` does them one after the other. It gives the time of each
// and that from the start of the first to the end of the last.
func (l *Lab) Work(ctx context.Context) (each []Indexing, all time.Duration, err error) {
	ids := make([]string, len(l.opts.Order))
	for i, dataset := range l.opts.Order {
		if ids[i], err = l.Request(ctx, dataset, Wanted{}); err != nil {
			return nil, 0, err
		}
	}
	worker, err := l.Worker(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer worker.Stop()
	var first, last time.Time
	for i, dataset := range l.opts.Order {
		run, err := l.Ended(ctx, dataset, ids[i])
		if err != nil {
			return nil, 0, err
		}
		if first.IsZero() {
			first = *run.StartedAt
		}
		last = *run.CompletedAt
		each = append(each, Indexing{dataset, run.CompletedAt.Sub(*run.StartedAt)})
	}
	return each, last.Sub(first), nil
}
