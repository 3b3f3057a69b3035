package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/rivertype"
)

// Stats is the state of the queue.
type Stats struct {
	Jobs   map[string]int // by River's state, those without jobs included
	Oldest time.Duration  // how long the task that waits longest has been waiting; 0: none waits
	Last   []LastRun      // of each dataset, by name
}

// LastRun is how the newest full indexing of a dataset ended that was not stopped.
type LastRun struct {
	Dataset string
	Failed  bool
	Took    time.Duration
}

// Stats reads the state of the queue.
func (q *Queue) Stats(ctx context.Context) (Stats, error) {
	stats := Stats{Jobs: make(map[string]int)}
	for _, state := range rivertype.JobStates() {
		stats.Jobs[string(state)] = 0
	}
	err := pgx.BeginTxFunc(ctx, q.pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `SELECT state::text, count(*) FROM river_job WHERE queue = $1 GROUP BY state`, queueName)
		var state string
		var jobs int
		_, err := pgx.ForEachRow(rows, []any{&state, &jobs}, func() error {
			stats.Jobs[state] = jobs
			return nil
		})
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT greatest(coalesce(max(now() - created_at), '0'), '0') FROM runs WHERE state = $1`, waiting).Scan(&stats.Oldest)
		if err != nil {
			return err
		}
		rows, _ = tx.Query(ctx, `
			SELECT DISTINCT ON (dataset) dataset, state = $1, coalesce(finished_at - started_at, '0')
			FROM runs WHERE state IN ($1, $2) AND `+full+` ORDER BY dataset, finished_at DESC`, failed, done)
		stats.Last, err = pgx.CollectRows(rows, pgx.RowToStructByPos[LastRun])
		return err
	})
	return stats, failure("read state of the queue", err)
}
