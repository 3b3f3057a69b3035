package db

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// upkeepTimeout ends an upkeep that hangs.
const upkeepTimeout = 10 * time.Minute

// upkeep does what makes reading fast after an indexing, while the next one begins: it needs as much
// of the server's time as a third of the writing. The server would do it by itself within minutes, so
// nothing is lost when it fails.
type upkeep struct {
	running sync.WaitGroup
	one     sync.Mutex // one at a time
}

func (u *upkeep) start(pool *pgxpool.Pool, written int) {
	u.running.Go(func() {
		u.one.Lock()
		defer u.one.Unlock()
		ctx, cancel := context.WithTimeout(context.Background(), upkeepTimeout)
		defer cancel()
		_ = tidy(ctx, pool, written)
	})
}

// tidy merges what the GIN indexes have put off, which every search would read through. Once a third of
// the records is new it renews the statistics, and the map that lets searches read indexes alone.
func tidy(ctx context.Context, pool *pgxpool.Pool, written int) error {
	_, err := pool.Exec(ctx, `
		SELECT gin_clean_pending_list(indexrelid::regclass) FROM pg_index
		JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
		WHERE amname = 'gin' AND indrelid IN ('documents'::regclass, 'docids'::regclass, 'records'::regclass)`)
	if err != nil {
		return err
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
	return err
}
