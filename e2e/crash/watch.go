package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// look is what the watch asks, some hundred times each second: how many runs are being worked at, and how many
// transactions have written into the index. A run that was interrupted and waits to be done again is not at work.
const look = `
	SELECT (SELECT count(*) FROM runs WHERE state = 'running' AND phase <> 'interrupted'),
	       (SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
	        WHERE relname IN ('records', 'documents', 'docids') AND mode = 'RowExclusiveLock' AND granted
	          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`

// watch looks whether two are at work.
type watch struct {
	cancel context.CancelFunc
	group  sync.WaitGroup
	looks  int
	err    error
}

func startWatch(ctx context.Context, database string) *watch {
	w := &watch{}
	ctx, w.cancel = context.WithCancel(ctx)
	w.group.Go(func() { w.err = w.run(ctx, database) })
	return w
}

func (w *watch) run(ctx context.Context, database string) error {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for ctx.Err() == nil {
		var runs, writers int
		err := conn.QueryRow(context.WithoutCancel(ctx), look).Scan(&runs, &writers)
		if err != nil {
			return err
		}
		w.looks++
		if runs > 1 || writers > 1 {
			return fmt.Errorf("%d indexings at a time, %d of them writing", runs, writers)
		}
		time.Sleep(2 * time.Millisecond)
	}
	return nil
}

// stop ends the watch, and fails when it saw two at work.
func (w *watch) stop() (looks int, err error) {
	w.cancel()
	w.group.Wait()
	if w.looks == 0 {
		return 0, errors.Join(w.err, errors.New("the watch never looked"))
	}
	return w.looks, w.err
}
