package jobs

import (
	"context"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// leaseLock is the advisory lock that the working process holds. The number means nothing; it must only
// differ from other locks in the same database.
const leaseLock = 0x62_69_62_78

// lease is the right to work the queue. It lasts as long as its connection to the database.
type lease struct {
	conn  *pgx.Conn
	epoch int64
}

// takeLease waits until no other process holds the lease. Then every job that still counts as running
// was cut off, and goes back into the queue; and the epoch grows, which shuts out a former holder that
// has not noticed its loss yet.
func takeLease(ctx context.Context, dsn string) (*lease, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("take lease: %w", err)
	}
	// The server must notice within seconds when our machine is gone, or nobody could take over.
	config.RuntimeParams["tcp_keepalives_idle"] = "5"
	config.RuntimeParams["tcp_keepalives_interval"] = "2"
	config.RuntimeParams["tcp_keepalives_count"] = "3"
	config.DialFunc = (&net.Dialer{KeepAlive: 5 * time.Second, Timeout: 10 * time.Second}).DialContext
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("take lease: %w", err)
	}
	l := &lease{conn: conn}
	if err := l.acquire(ctx); err != nil {
		l.close()
		return nil, fmt.Errorf("take lease: %w", err)
	}
	return l, nil
}

// askEvery is how often a worker that stands by asks for the lease.
const askEvery = 300 * time.Millisecond

func (l *lease) acquire(ctx context.Context) error {
	if err := l.lock(ctx); err != nil {
		return err
	}
	if err := l.conn.QueryRow(ctx, `UPDATE index_lease SET epoch = epoch + 1 RETURNING epoch`).Scan(&l.epoch); err != nil {
		return err
	}
	return l.collectOrphans(ctx)
}

// lock asks for the lock until it is ours. It does not wait inside of a statement, which would keep its snapshot for as long as
// the other worker works, for days: meanwhile nothing in the database could be vacuumed, and no index built beside its use.
func (l *lease) lock(ctx context.Context) error {
	ask := time.NewTicker(askEvery)
	defer ask.Stop()
	for {
		var ours bool
		if err := l.conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, leaseLock).Scan(&ours); err != nil || ours {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ask.C:
		}
	}
}

// collectOrphans puts the jobs of workers that are gone back into the queue. One that was cut off as
// often as it may be tried is given up, and so is one whose workers died too often: those attempts left no error.
func (l *lease) collectOrphans(ctx context.Context) error {
	_, err := l.conn.Exec(ctx, `
		UPDATE river_job SET state = 'available', scheduled_at = now()
		WHERE queue = $1 AND state = 'running' AND attempt < max_attempts AND attempt - coalesce(cardinality(errors), 0) < $2`,
		queueName, maxDeaths)
	if err != nil {
		return err
	}
	_, err = l.conn.Exec(ctx, `
		UPDATE river_job SET state = 'discarded', finalized_at = now()
		WHERE queue = $1 AND state = 'running'`, queueName)
	if err != nil {
		return err
	}
	if err := endLost(ctx, l.conn); err != nil {
		return err
	}
	// The rest wait for their turn to be done again, which may come after others.
	_, err = l.conn.Exec(ctx, `UPDATE runs SET phase = $1, done = 0, total = 0 WHERE state = 'running'`, interrupted)
	return err
}

// cancelledInQueue is who is said to have stopped a task whose job somebody took out of the queue.
const cancelledInQueue = "somebody in River UI"

// executor is a connection, or a pool of them.
type executor interface {
	Exec(ctx context.Context, sql string, params ...any) (pgconn.CommandTag, error)
}

// endLost ends the runs that nothing will continue: those whose job was cancelled or deleted in the queue itself while they
// waited, for the first time or to be done again; those that somebody stopped whose job is not running; and those whose job was
// given up after its last attempt, with the error of that attempt where it is known. A run that was published is done.
func endLost(ctx context.Context, db executor) error {
	_, err := db.Exec(ctx, `
		WITH ended AS (
			UPDATE runs SET state = 'stopped', finished_at = now(), stopped_by = coalesce(stopped_by, $1),
				error_type = NULL, error_message = NULL
			WHERE state IN ('waiting', 'running') AND outcome IS NULL
			AND coalesce((SELECT river_job.state = 'cancelled' FROM river_job WHERE river_job.id = runs.job_id),
				state = 'waiting' OR phase = $2)
			RETURNING id)
		INSERT INTO run_log (run, message) SELECT id, 'taken out of the queue by ' || $1 FROM ended`, cancelledInQueue, interrupted)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, `
		UPDATE runs SET finished_at = now(),
			state = CASE WHEN outcome IS NOT NULL THEN 'done' WHEN stopped_by IS NOT NULL THEN 'stopped' ELSE 'failed' END,
			error_type = CASE WHEN outcome IS NULL AND stopped_by IS NULL THEN coalesce(error_type, 'internal') END,
			error_message = CASE WHEN outcome IS NULL AND stopped_by IS NULL
				THEN coalesce(error_message, 'cut off each time that it was tried') END
		WHERE state IN ('waiting', 'running') AND NOT EXISTS (
			SELECT FROM river_job WHERE river_job.id = runs.job_id
			AND (river_job.state = 'running' OR finalized_at IS NULL AND stopped_by IS NULL))`)
	return err
}

// wait returns when the lease is lost, with the reason, or when ctx ends.
func (l *lease) wait(ctx context.Context) error {
	_, err := l.conn.WaitForNotification(ctx) // nothing is ever notified here: it returns when the connection breaks
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("lease lost: %w", err)
}

func (l *lease) close() {
	end, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = l.conn.Close(end)
}
