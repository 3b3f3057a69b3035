package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// Channel is where each new state of the index is announced, with the number of its generation.
const Channel = "bibxml_index"

// Index is the database as indexings write it. It implements indexing.Store.
type Index struct {
	db    *DB
	epoch int64
}

var _ indexing.Store = (*Index)(nil)

// Index gives the index to a worker, which holds the lease of an epoch. Once another worker has taken
// the lease over, Publish fails with fault.Conflict.
func (d *DB) Index(epoch int64) *Index { return &Index{db: d, epoch: epoch} }

// State implements indexing.Store.
func (x *Index) State(ctx context.Context, dataset string) (indexing.State, error) {
	var s indexing.State
	err := x.db.pool.QueryRow(ctx, `
		SELECT url, branch, commit_hash, indexer_version, indexed_at, records, unreadable FROM sources WHERE dataset = $1`, dataset).
		Scan(&s.URL, &s.Branch, &s.Commit, &s.Version, &s.IndexedAt, &s.Records, &s.Unreadable)
	if errors.Is(err, pgx.ErrNoRows) {
		return indexing.State{}, nil
	}
	return s, failure("state of "+dataset, err)
}

// Checked implements indexing.Store.
func (x *Index) Checked(ctx context.Context, dataset string) error {
	_, err := x.db.pool.Exec(ctx, `UPDATE sources SET checked_at = now() WHERE dataset = $1`, dataset)
	return failure("note the check of "+dataset, err)
}

// Blobs implements indexing.Store.
func (x *Index) Blobs(ctx context.Context, dataset string) (map[string]string, error) {
	query, params := `SELECT ref, blob FROM records WHERE dataset = $1`, []any{dataset}
	if dataset == indexing.Archive {
		query, params = `SELECT dir || '/' || file, blob FROM archive`, nil
	}
	blobs := make(map[string]string)
	rows, err := x.db.pool.Query(ctx, query, params...)
	if err != nil {
		return nil, failure("hashes of "+dataset, err)
	}
	var ref, blob string
	_, err = pgx.ForEachRow(rows, []any{&ref, &blob}, func() error {
		blobs[ref] = blob
		return nil
	})
	return blobs, failure("hashes of "+dataset, err)
}

// Publish implements indexing.Store.
func (x *Index) Publish(ctx context.Context, dataset string, write func(context.Context, indexing.Writer) error) error {
	conn, err := x.db.pool.Acquire(ctx)
	if err != nil {
		return failure("publish "+dataset, err)
	}
	defer conn.Release()
	w := &writer{
		ctx: ctx, pool: x.db.pool, dataset: dataset, words: newLexicon(),
		stale: make(map[int64]bool), gone: make(map[string]bool), undated: make(map[int64][][]any), prepared: make(map[string]bool),
	}
	x.db.upkeep.hold()
	defer func() { x.db.upkeep.after(w.changes()) }()
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		w.tx = tx
		if err := x.begin(ctx, tx); err != nil {
			return err
		}
		if err := errors.Join(write(ctx, w), w.wait()); err != nil {
			return err
		}
		if !w.touched {
			return nil
		}
		return announce(ctx, tx, w.changes())
	})
	return failure("publish "+dataset, err)
}

// begin makes sure that the lease is still ours, and keeps it ours until the transaction ends: who
// takes it over must change the row that is locked here.
func (x *Index) begin(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `
		SET LOCAL statement_timeout = 0;
		SET LOCAL idle_in_transaction_session_timeout = 0;
		-- Tables grow a hundredfold within the transaction: a plan made for the empty one must not stay.
		SET LOCAL plan_cache_mode = force_custom_plan;
		-- And whatever the planner believes of tables without statistics, all that is looked up here is looked up by keys.
		SET LOCAL enable_seqscan = off;
		SET LOCAL enable_hashjoin = off;
		SET LOCAL enable_mergejoin = off;
		-- What is new is put off into the lists of the GIN indexes, and merged after the publishing.
		SET LOCAL gin_pending_list_limit = '1GB'`)
	if err != nil {
		return err
	}
	var one int
	err = tx.QueryRow(ctx, `SELECT 1 FROM index_lease WHERE epoch = $1 FOR SHARE`, x.epoch).Scan(&one)
	if errors.Is(err, pgx.ErrNoRows) {
		return fault.New(fault.Conflict, "another worker has taken over the indexing")
	}
	return err
}

// announce tells the web processes, when the transaction commits, that what they keep is old.
func announce(ctx context.Context, tx pgx.Tx, written int) error {
	var generation int64
	err := tx.QueryRow(ctx, `
		UPDATE index_state SET generation = generation + 1, published_at = clock_timestamp(), written = written + $1
		RETURNING generation`, written).Scan(&generation)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `SELECT pg_notify($1, $2)`, Channel, fmt.Sprint(generation))
	return err
}
