package db

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// listenTimeout is how often a silent connection is tried: one that a firewall dropped gives no
	// sign of it.
	listenTimeout = 15 * time.Second
	// listenPause is how long to wait before connecting anew.
	listenPause = time.Second
	// unknown stands for the generation while the connection is down.
	unknown = -1
)

// Watcher knows which state of the index is current, by listening to what workers announce on a
// connection of its own.
type Watcher struct {
	config     *pgx.ConnConfig
	generation atomic.Int64
}

// Watcher makes a watcher; nothing is known before its Run.
func (d *DB) Watcher() *Watcher {
	w := &Watcher{config: d.pool.Config().ConnConfig}
	w.config.RuntimeParams["application_name"] = "bibxml watcher"
	w.generation.Store(unknown)
	return w
}

// Generation gives the number of the current state. It says false while the connection that would
// announce a new one is down.
func (w *Watcher) Generation() (number int64, ok bool) {
	number = w.generation.Load()
	return number, number != unknown
}

// Run listens until ctx ends, and connects again whenever the connection is lost.
func (w *Watcher) Run(ctx context.Context) {
	for ctx.Err() == nil {
		_ = w.listen(ctx) // the next connection tells whether the reason is gone
		w.generation.Store(unknown)
		select {
		case <-ctx.Done():
		case <-time.After(listenPause):
		}
	}
}

func (w *Watcher) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, w.config)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+Channel); err != nil {
		return err
	}
	for {
		// Read after listening, so that nothing announced in between is missed.
		var number int64
		if err := conn.QueryRow(ctx, "SELECT generation FROM index_state").Scan(&number); err != nil {
			return err
		}
		w.generation.Store(number)
		waiting, cancel := context.WithTimeout(ctx, listenTimeout)
		_, err := conn.WaitForNotification(waiting)
		silent := waiting.Err() != nil && ctx.Err() == nil
		cancel()
		if err != nil && (!silent || conn.IsClosed()) {
			return err
		}
	}
}
