package db

import (
	"context"
	"errors"
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
	// retryFirst is how long after one that has failed the upkeep is done again. Each time that it fails again that doubles, up to
	// retryLatest: it reads the texts of all records, and what is wrong may stay so until somebody mends it.
	retryFirst  = time.Minute
	retryLatest = time.Hour
	// deriveLatest is when fewer changes than a hundredth of the records let spelling, suggestions and the like be made anew.
	deriveLatest = time.Hour
)

// upkeep does what makes reading fast after an indexing: it needs as much of the server's time as a
// third of the writing. One that fails is done again some time later, and one whose process was killed by the next worker (KeepUp).
type upkeep struct {
	pool *pgxpool.Pool

	mu      sync.Mutex
	written int           // since the last one
	since   time.Time     // when the first of that was published
	due     *time.Timer   // that begins it; nil when there is nothing to do
	failed  error         // of the last one, when nobody was told of it yet
	pause   time.Duration // before it is done again; zero: the last one has not failed
	closed  bool          // it is not done again by this process
	one     sync.Mutex    // one at a time
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
		u.due = time.AfterFunc(upkeepPause, u.begin)
	}
	u.written += written
}

// state says whether the upkeep will begin by itself, and tells, once, how the last one has failed.
func (u *upkeep) state() (due bool, failed error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	failed, u.failed = u.failed, nil
	return u.due != nil, failed
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

// close finishes for good. What has failed before is left to the next worker: the database may be away.
func (u *upkeep) close() {
	u.mu.Lock()
	u.closed = true
	if u.pause > 0 && u.due != nil {
		u.due.Stop()
		u.due = nil
	}
	u.mu.Unlock()
	u.finish()
}

// begin runs the upkeep when it is due. While the database is being filled it only renews the statistics, which searches need, and
// looks again after another pause.
func (u *upkeep) begin() {
	ctx, cancel := context.WithTimeout(context.Background(), upkeepTimeout)
	defer cancel()
	filling, err := isBeingFilled(ctx, u.pool)
	if err == nil && filling {
		_, _ = renewStatistics(ctx, u.pool, 0) // the upkeep does it as well
		if u.putOff() {
			return
		}
	}
	u.run()
}

// putOff says whether the upkeep was still due and not to be finished at once.
func (u *upkeep) putOff() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.due == nil || u.closed {
		return false
	}
	u.due.Reset(upkeepPause)
	return true
}

// run does what is due.
func (u *upkeep) run() {
	u.one.Lock()
	defer u.one.Unlock()
	u.mu.Lock()
	due, written := u.due != nil, u.written
	u.due, u.written = nil, 0
	u.mu.Unlock()
	if !due {
		return
	}
	if err := u.do(context.Background(), written); err != nil {
		u.mu.Lock()
		u.failed = err
		u.mu.Unlock()
	}
}

// do is one upkeep: what of it fails keeps nothing else from being done. When something has, what was written counts for the
// next one, which is due after a pause.
func (u *upkeep) do(ctx context.Context, written int) error {
	ctx, cancel := context.WithTimeout(ctx, upkeepTimeout)
	defer cancel()
	renewed, err := renewStatistics(ctx, u.pool, written)
	err = errors.Join(err, makeIndexes(ctx, u.pool), tidy(ctx, u.pool, renewed), deriveOld(ctx, u.pool))
	u.mu.Lock()
	defer u.mu.Unlock()
	if err == nil {
		u.pause = 0
		return nil
	}
	u.pause = min(max(2*u.pause, retryFirst), retryLatest)
	u.written += written
	if u.due == nil && !u.closed {
		u.since = time.Now()
		u.due = time.AfterFunc(u.pause, u.begin)
	}
	return err
}

// KeepUp does an upkeep that is lacking because whoever was to do it ended before: a filled database lacks indexes, or what is
// derived of it is old. It is for the worker that holds the lease, while it indexes nothing, and tells as well of an upkeep that
// has failed by itself.
func (d *DB) KeepUp(ctx context.Context) error {
	if !d.upkeep.one.TryLock() {
		return nil
	}
	defer d.upkeep.one.Unlock()
	due, err := d.upkeep.state()
	if due || err != nil {
		return failure("keep up", err)
	}
	lacking, written, err := d.lacking(ctx)
	if err == nil && lacking {
		err = d.upkeep.do(ctx, written)
	}
	return failure("keep up", err)
}

// lacking says whether an upkeep is, and how much was written since one that was whole.
func (d *DB) lacking(ctx context.Context) (lacking bool, written int, err error) {
	missing, err := missingIndexes(ctx, d.pool)
	if err != nil {
		return false, 0, err
	}
	if len(missing) > 0 {
		if filling, err := awaitsSources(ctx, d.pool); err != nil || filling {
			return false, 0, err
		}
	}
	err = d.pool.QueryRow(ctx, `
		SELECT `+derivedIsOld+` OR $2 AND EXISTS (SELECT FROM documents), `+underived+` FROM index_state, derived`,
		deriveLatest, len(missing) > 0).Scan(&lacking, &written)
	return lacking, written, err
}

// renewStatistics renews the statistics once a third of the records is new: written since the last upkeep, or more than were
// counted last. Without them the planner takes full tables for empty ones, and searches exceed their time.
func renewStatistics(ctx context.Context, pool *pgxpool.Pool, written int) (renewed bool, err error) {
	err = pool.QueryRow(ctx, `
		SELECT greatest($1::float8, (SELECT coalesce(sum(records), 0) FROM sources) - greatest(reltuples, 0)) > reltuples / 2
		FROM pg_class WHERE oid = 'records'::regclass`, written).Scan(&renewed) // reltuples is -1 before the first time
	if err == nil && renewed {
		_, err = pool.Exec(ctx, `SELECT upkeep_analyze()`)
	}
	return renewed, err
}

// tidy merges the pending lists of the GIN indexes, and after new statistics renews the map that lets searches read indexes
// alone. PostgreSQL skips VACUUM for a role that may not do it (before version 17 all but the owner); autovacuum does it a
// little later.
func tidy(ctx context.Context, pool *pgxpool.Pool, renewed bool) error {
	_, err := pool.Exec(ctx, `SELECT upkeep_merge_pending()`)
	if err == nil && renewed {
		_, err = pool.Exec(ctx, `VACUUM documents, docids, records, relations`)
	}
	return err
}
