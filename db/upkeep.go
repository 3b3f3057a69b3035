package db

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// upkeepTimeout ends an upkeep that hangs.
	upkeepTimeout = 10 * time.Minute
	// upkeepPause is how long nothing must have been published before the upkeep begins: of several
	// sources that are indexed in a row it is done once, after the last.
	upkeepPause = time.Second
	// upkeepLatest is when it begins all the same.
	upkeepLatest = 30 * time.Second
	// deriveLatest is when fewer changes than a hundredth of the records let spelling, suggestions and the like be made anew.
	deriveLatest = time.Hour
)

// upkeep does what makes reading fast after an indexing: it needs as much of the server's time as a
// third of the writing. The server would do it by itself within minutes, so nothing is lost when it
// fails.
type upkeep struct {
	pool *pgxpool.Pool

	mu      sync.Mutex
	written int         // since the last one
	since   time.Time   // when the first of that was published
	due     *time.Timer // that begins it; nil when there is nothing to do
	one     sync.Mutex  // one at a time
	pending int         // written since the tables of derive were made
	derived time.Time   // when that was; zero: not by this process
}

// hold puts the upkeep off while something is being published.
func (u *upkeep) hold() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.due != nil && time.Since(u.since) < upkeepLatest {
		u.due.Stop()
	}
}

// after notes what was published, and lets the upkeep begin when nothing follows.
func (u *upkeep) after(written int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch {
	case u.due != nil:
		u.due.Reset(upkeepPause)
	case written > 0:
		u.since = time.Now()
		u.due = time.AfterFunc(upkeepPause, u.run)
	}
	u.written += written
}

// isDue says whether it will begin by itself.
func (u *upkeep) isDue() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.due != nil
}

// finish does at once what is due, and waits for it.
func (u *upkeep) finish() {
	u.mu.Lock()
	if u.due != nil {
		u.due.Stop()
	}
	u.mu.Unlock()
	u.run()
}

func (u *upkeep) run() {
	u.one.Lock()
	defer u.one.Unlock()
	u.mu.Lock()
	written := u.written
	u.written, u.due = 0, nil
	u.mu.Unlock()
	if written == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), upkeepTimeout)
	defer cancel()
	counted, err := tidy(ctx, u.pool, written)
	if err != nil {
		return
	}
	u.pending += written
	if 100*u.pending >= counted || time.Since(u.derived) > deriveLatest {
		if derive(ctx, u.pool) == nil {
			u.pending, u.derived = 0, time.Now()
		}
	}
}

// tidy makes the indexes that a database gets once it has been filled, and merges what its GIN indexes have put off since then, which
// every search would read through. Once a third of the records is new it renews the statistics, and the map that lets searches
// read indexes alone. It gives how many records there are.
func tidy(ctx context.Context, pool *pgxpool.Pool, written int) (records int, err error) {
	if err := makeIndexes(ctx, pool); err != nil {
		return 0, err
	}
	_, err = pool.Exec(ctx, `
		SELECT gin_clean_pending_list(indexrelid::regclass) FROM pg_index
		JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
		WHERE amname = 'gin' AND indrelid IN ('documents'::regclass, 'docids'::regclass, 'records'::regclass)`)
	if err != nil {
		return 0, err
	}
	var counted float64 // by the last ANALYZE; -1 when there was none
	err = pool.QueryRow(ctx, `SELECT reltuples FROM pg_class WHERE oid = 'records'::regclass`).Scan(&counted)
	if err == nil && float64(written) > counted/2 {
		// A sample of 9 000 rows tells enough, in a third of the time of the usual one.
		_, err = pool.Exec(ctx, `SET LOCAL default_statistics_target = 30; ANALYZE records, documents, docids`)
		if err == nil {
			_, err = pool.Exec(ctx, `VACUUM documents, docids, records`)
		}
	}
	if err == nil {
		err = pool.QueryRow(ctx, `SELECT coalesce(sum(records), 0) FROM sources`).Scan(&records)
	}
	return records, err
}
