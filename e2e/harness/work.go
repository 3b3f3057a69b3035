package harness

import (
	"context"
	"maps"
	"time"
)

// Worked is what one `bibxml work` did, and what that took.
type Worked struct {
	Each     []Indexing
	Took     time.Duration            // from the start of the first to the end of the last
	Worker   CPU                      // its children are those of git
	Database map[string]time.Duration // processor time by what for (see DatabaseCPU)
	After    time.Duration            // of the database, for what it tidied up when all was published
	Memory   uint64                   // of the worker at its highest, in bytes
}

// DatabaseTime is the processor time that the database took until the end of the last indexing.
func (w Worked) DatabaseTime() (sum time.Duration) {
	for took := range maps.Values(w.Database) {
		sum += took
	}
	return sum
}

// Work indexes every source as operators do it: all are asked for through the API of the web process,
// which must be serving, and one `bibxml work` does them one after the other.
func (l *Lab) Work(ctx context.Context, wanted Wanted) (Worked, error) {
	before, err := l.DatabaseCPU()
	if err != nil {
		return Worked{}, err
	}
	ids := make([]string, len(l.opts.Order))
	for i, dataset := range l.opts.Order {
		if ids[i], err = l.Request(ctx, dataset, wanted); err != nil {
			return Worked{}, err
		}
	}
	worker, err := l.Worker(ctx)
	if err != nil {
		return Worked{}, err
	}
	done, err := l.follow(ctx, ids)
	if err == nil {
		err = l.measure(worker, before, &done)
	}
	worker.Stop() // which waits for the upkeep
	if err != nil {
		return Worked{}, err
	}
	after, err := l.DatabaseCPU()
	done.After = sumOf(after) - sumOf(before) - done.DatabaseTime()
	return done, err
}

// follow waits for the end of tasks.
func (l *Lab) follow(ctx context.Context, ids []string) (Worked, error) {
	var done Worked
	var first, last time.Time
	for i, dataset := range l.opts.Order {
		run, err := l.Ended(ctx, dataset, ids[i])
		if err != nil {
			return done, err
		}
		if first.IsZero() {
			first = *run.StartedAt
		}
		last = *run.CompletedAt
		done.Each = append(done.Each, Indexing{dataset, run.CompletedAt.Sub(*run.StartedAt)})
	}
	done.Took = last.Sub(first)
	return done, nil
}

func (l *Lab) measure(worker *Process, before map[string]time.Duration, done *Worked) (err error) {
	if done.Database, err = l.DatabaseCPU(); err != nil {
		return err
	}
	for name := range done.Database {
		done.Database[name] -= before[name]
	}
	if done.Worker, err = worker.CPU(); err != nil {
		return err
	}
	_, done.Memory, err = worker.Memory()
	return err
}

func sumOf(times map[string]time.Duration) (sum time.Duration) {
	for took := range maps.Values(times) {
		sum += took
	}
	return sum
}
