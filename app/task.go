package app

import (
	"context"
	"errors"
	"time"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// lookEvery is how often the state of a task is asked for while somebody waits for its end.
const lookEvery = 50 * time.Millisecond

// Request queues an indexing of a source and does not wait for it.
func (a *App) Request(ctx context.Context, dataset string) error {
	_, err := a.queue.Enqueue(ctx, indexing.Request{Dataset: dataset, By: "command line"})
	return err
}

// Index brings a source up to date, or only some of its records, and waits for the end. The job goes
// through the queue like any other: this process works the queue meanwhile, or waits for the one that
// does. When ctx ends, the task is stopped. The outcome is one line for a person.
func (a *App) Index(ctx context.Context, dataset string, refs []string, force bool, progress func(phase string, done, total int)) (string, error) {
	if err := a.db.AwaitTables(ctx, a.log); err != nil {
		return "", err
	}
	id, err := a.queue.Enqueue(ctx, indexing.Request{Dataset: dataset, Refs: refs, Force: force, By: "command line"})
	if err != nil {
		return "", err
	}
	a.leaveRoom(ctx)
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		a.worker().Run(working)
	}()
	outcome, err := a.follow(ctx, id, progress)
	if ctx.Err() != nil {
		err = errors.Join(ctx.Err(), a.queue.Stop(context.WithoutCancel(ctx), id, "command line"))
	}
	stop()
	<-ended
	return outcome, err
}

func (a *App) follow(ctx context.Context, id string, progress func(string, int, int)) (string, error) {
	for {
		task, err := a.queue.Task(ctx, id)
		if err != nil {
			return "", err
		}
		if task.Progress != nil {
			progress(task.Progress.Phase, task.Progress.Current, task.Progress.Total)
		}
		if task.CompletedAt != nil {
			return result(task)
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(lookEvery):
		}
	}
}

func result(task indexing.Task) (string, error) {
	switch {
	case task.Error != nil:
		return "", fault.New(fault.Internal, "%s", task.Error.Message)
	case task.OutcomeSummary == nil:
		return "", fault.New(fault.Conflict, "The indexing of %s was stopped.", task.Dataset)
	}
	return *task.OutcomeSummary, nil
}
