package db

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// lateIndexes lists the indexes that a database gets once it has been filled: only searches use them, and these read whole tables
// until then (docs/adr/0019-a-database-is-filled-without-gin-indexes.md). The function upkeep_make_index of the database creates
// them, in this order: most searches need the first.
var lateIndexes = []string{"documents_words", "documents_marks", "docids_norm_trigrams", "records_dates"}

const (
	// trigramIndex is the one of them that needs an extension.
	trigramIndex = "docids_norm_trigrams"
	// hasTrigrams tests for that extension, which a server may lack, or have in a schema that is not searched.
	hasTrigrams = `EXISTS (SELECT FROM pg_opclass WHERE opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(oid))`
)

// isBeingFilled reports whether a database lacks late indexes while runs are outstanding that bring further sources: writing
// into an existing index takes longer, and leaves it larger.
func isBeingFilled(ctx context.Context, pool *pgxpool.Pool) (filling bool, err error) {
	missing, err := missingIndexes(ctx, pool)
	if err != nil || len(missing) == 0 {
		return false, err
	}
	return awaitsSources(ctx, pool)
}

// awaitsSources reports whether runs of sources that have not been indexed yet wait or are under way, however long that takes: a
// fetch that stalls ends by itself. A run that was interrupted does not count until its next attempt, since the cause may last for
// hours.
func awaitsSources(ctx context.Context, pool *pgxpool.Pool) (awaits bool, err error) {
	err = pool.QueryRow(ctx, `
		SELECT EXISTS (
			SELECT FROM runs WHERE (state = 'waiting' OR state = 'running' AND phase <> 'interrupted')
			AND NOT EXISTS (SELECT FROM sources WHERE sources.dataset = runs.dataset AND commit_hash <> ''))`).Scan(&awaits)
	return awaits, err
}

// Filled reports whether the database has its late indexes. A database gets them a second after the last publishing, once no run of
// another source is outstanding.
func (d *DB) Filled(ctx context.Context) (bool, error) {
	missing, err := missingIndexes(ctx, d.pool)
	return err == nil && len(missing) == 0, failure("look at the indexes", err)
}

// makeIndexes creates the late indexes that are missing, each in a transaction of its own: a writer waits for one of them at most.
func makeIndexes(ctx context.Context, pool *pgxpool.Pool) error {
	missing, err := missingIndexes(ctx, pool)
	for _, name := range missing {
		_, failed := pool.Exec(ctx, `SELECT upkeep_make_index($1)`, name)
		err = errors.Join(err, failed)
	}
	return err
}

func missingIndexes(ctx context.Context, pool *pgxpool.Pool) ([]string, error) {
	rows, err := pool.Query(ctx, `
		SELECT name FROM unnest($1::text[]) AS name
		WHERE to_regclass(name) IS NULL
		AND (name <> $2 OR `+hasTrigrams+`)`,
		lateIndexes, trigramIndex)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
