package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// watchRetry is how long a watcher waits before it connects again.
	watchRetry = time.Second
	// watchPing is how often an idle watcher makes sure that its connection still lives: a connection
	// that a firewall dropped gives no sign of it.
	watchPing = 20 * time.Second
	// watchReplica is how often a replica, which cannot be listened at, is asked.
	watchReplica = 500 * time.Millisecond
)

// Watcher follows the generation of the index, the number that grows with every published state, in the
// database that visitors are answered from: one that can be written it listens at, on a connection of its
// own; a replica, which tells nothing and lags behind, it asks again and again.
type Watcher struct {
	db      *DB
	dsn     string
	log     *slog.Logger
	current atomic.Pointer[published] // nil while it cannot be known
	last    atomic.Pointer[sighting]  // while there is no current one
}

type published struct {
	number int64
	at     time.Time
}

// sighting is a generation that was current at some time.
type sighting struct {
	number int64
	at     time.Time
}

// NewWatcher makes a watcher of the index in a database, whose address it listens at; it knows nothing before Run.
func NewWatcher(d *DB, dsn string, log *slog.Logger) *Watcher {
	return &Watcher{db: d, dsn: dsn, log: log}
}

// Generation gives the current generation; ok is false while it cannot be known because the
// connection is down.
func (w *Watcher) Generation() (number int64, ok bool) {
	if current := w.current.Load(); current != nil {
		return current.number, true
	}
	return 0, false
}

// Published gives the time at which the current generation was published; zero while it is unknown.
func (w *Watcher) Published() time.Time {
	if current := w.current.Load(); current != nil {
		return current.at
	}
	return time.Time{}
}

// Last returns the generation that was known last to be current, and the time of that; zero if none ever was.
func (w *Watcher) Last() (number int64, at time.Time) {
	if current := w.current.Load(); current != nil {
		return current.number, time.Now()
	}
	if last := w.last.Load(); last != nil {
		return last.number, last.at
	}
	return 0, time.Time{}
}

// Confirm asks the database, on a connection of the visitors', for the generation that they read now. One that
// is newer than the watcher has heard of is current from then on.
func (w *Watcher) Confirm(ctx context.Context) (number int64, err error) {
	var now published
	if err := w.db.web.NewRaw("SELECT generation, published_at FROM index_state").Scan(ctx, &now.number, &now.at); err != nil {
		return 0, failure("confirm the state of the index", err)
	}
	w.raise(&now)
	if w.current.Load() == nil {
		w.see(now.number)
	}
	return now.number, nil
}

// see records that a generation is current now.
func (w *Watcher) see(number int64) {
	now := &sighting{number, time.Now()}
	for last := w.last.Load(); last == nil || last.number <= number; last = w.last.Load() {
		if w.last.CompareAndSwap(last, now) {
			return
		}
	}
}

// raise makes a generation current unless a newer one is, since what was read first may arrive last; and unless
// none is known, because nobody would hear of the next one.
func (w *Watcher) raise(now *published) {
	for current := w.current.Load(); current != nil && current.number < now.number; current = w.current.Load() {
		if w.current.CompareAndSwap(current, now) {
			return
		}
	}
}

// Run follows the generation until ctx ends, and connects again whenever the connection is lost.
func (w *Watcher) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := w.follow(ctx)
		if current := w.current.Swap(nil); current != nil {
			w.see(current.number)
		}
		if ctx.Err() != nil {
			return
		}
		w.log.WarnContext(ctx, "index state unknown until the database answers", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(watchRetry):
		}
	}
}

func (w *Watcher) follow(ctx context.Context) error {
	if w.db.replica {
		return w.poll(ctx)
	}
	conn, err := pgx.Connect(ctx, w.dsn)
	if err != nil {
		return fmt.Errorf("watch index: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN bibxml_index"); err != nil {
		return fmt.Errorf("watch index: %w", err)
	}
	for {
		var now published
		if err := conn.QueryRow(ctx, "SELECT generation, published_at FROM index_state").Scan(&now.number, &now.at); err != nil {
			return fmt.Errorf("watch index: %w", err)
		}
		if !w.current.CompareAndSwap(nil, &now) {
			w.raise(&now)
		}
		if err := wait(ctx, conn); err != nil {
			return fmt.Errorf("watch index: %w", err)
		}
	}
}

func (w *Watcher) poll(ctx context.Context) error {
	for {
		var now published
		if err := w.db.web.NewRaw("SELECT generation, published_at FROM index_state").Scan(ctx, &now.number, &now.at); err != nil {
			return failure("watch index", err)
		}
		w.current.Store(&now)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(watchReplica):
		}
	}
}

// wait returns at a notification, or when it is time to look whether the connection still lives.
func wait(ctx context.Context, conn *pgx.Conn) error {
	idle, cancel := context.WithTimeout(ctx, watchPing)
	defer cancel()
	_, err := conn.WaitForNotification(idle)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil && !conn.IsClosed() {
		return nil
	}
	return err
}
