package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// PoolStats tells how much of a pool is used.
type PoolStats struct {
	Name   string // lookups, searches, health or worker
	Max    int
	InUse  int
	Idle   int
	Waits  int64         // how often somebody had to wait for a connection, since the start
	Waited time.Duration // for how long, all together
}

// PoolStats returns the state of all pools.
func (d *DB) PoolStats() []PoolStats {
	worker := d.pool.Stat()
	all := []PoolStats{{
		Name: "worker", Max: int(worker.MaxConns()), InUse: int(worker.AcquiredConns()), Idle: int(worker.IdleConns()),
		Waits: worker.EmptyAcquireCount(), Waited: worker.EmptyAcquireWaitTime(),
	}}
	for _, p := range []*pool{d.web, d.searches, d.health} {
		s := p.Stats()
		all = append(all, PoolStats{
			Name: p.name, Max: s.MaxOpenConnections, InUse: s.InUse, Idle: s.Idle, Waits: s.WaitCount, Waited: s.WaitDuration,
		})
	}
	return all
}

// SourceStats is the state of a source of which something was indexed.
type SourceStats struct {
	Dataset    string
	Never      bool          // it was never indexed in full: Checked and Age say nothing
	Checked    time.Time     // when all of it was last looked at without failure
	Age        time.Duration // since then, by the clock of the database
	Records    int
	Problems   int // records with problems, and files that could not be read
	Unreadable int // the latter alone
}

// SourceStats gives the state of every source of which something was ever indexed, for the worker, on one of its connections.
func (d *DB) SourceStats(ctx context.Context) ([]SourceStats, error) {
	rows, err := d.pool.Query(ctx, `
		SELECT dataset, commit_hash = '', checked_at, greatest(now() - checked_at, '0'), records, problems, unreadable
		FROM sources ORDER BY dataset`)
	if err != nil {
		return nil, failure("read state of sources", err)
	}
	stats, err := pgx.CollectRows(rows, pgx.RowToStructByPos[SourceStats])
	return stats, failure("read state of sources", err)
}

// SourceAges gives the time since all of each source that was ever indexed in full was last looked at without failure, by the clock of the
// database that visitors are answered from. It is that one alone which it asks, on the connections of health checks.
func (d *DB) SourceAges(ctx context.Context) (map[string]time.Duration, error) {
	rows, err := d.health.NewSelect().Table("sources").Column("dataset").
		ColumnExpr("greatest(extract(epoch FROM now() - checked_at), 0)::float8").
		Where("commit_hash <> ''").
		Rows(ctx)
	type age struct {
		dataset string
		seconds float64
	}
	found, err := collect(rows, err, "read ages of sources", func(a *age) []any { return []any{&a.dataset, &a.seconds} })
	if err != nil {
		return nil, err
	}
	ages := make(map[string]time.Duration, len(found))
	for _, a := range found {
		ages[a.dataset] = time.Duration(a.seconds * float64(time.Second))
	}
	return ages, nil
}
