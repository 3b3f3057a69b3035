package db

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// lateIndexes lists the indexes that a database gets once it has been filled: only searches use them, and these read whole tables
// until then (docs/adr/0019-a-database-is-filled-without-gin-indexes.md). The function upkeep_make_index of the database creates
// them.
var lateIndexes = []string{"docids_norm_trigrams", "documents_marks", "documents_words", "records_dates"}

// trigramIndex is the one of them that needs an extension, which a server may lack, or have in a schema that is not searched.
const trigramIndex = "docids_norm_trigrams"

// isBeingFilled says whether a database that lacks late indexes has got its first source a short while ago, and runs wait or are
// under way that may bring others: to write into an index that is there takes longer, and leaves it larger.
func isBeingFilled(ctx context.Context, pool *pgxpool.Pool) (filling bool, err error) {
	missing, err := missingIndexes(ctx, pool)
	if err != nil || len(missing) == 0 {
		return false, err
	}
	return awaitsSources(ctx, pool)
}

// awaitsSources is what isBeingFilled asks of a database that is known to lack late indexes.
func awaitsSources(ctx context.Context, pool *pgxpool.Pool) (awaits bool, err error) {
	err = pool.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM runs WHERE state IN ('waiting', 'running'))
		AND coalesce((SELECT min(indexed_at) > now() - $1::interval FROM sources), true)`, fillingLatest).Scan(&awaits)
	return awaits, err
}

// Filled says whether the database has its late indexes. A database that is filled gets them a second after the last publishing, when
// no run waits or is under way that may bring more, and at the latest some two minutes after the first one.
func (d *DB) Filled(ctx context.Context) (bool, error) {
	missing, err := missingIndexes(ctx, d.pool)
	return err == nil && len(missing) == 0, failure("look at the indexes", err)
}

// makeIndexes makes those of the late indexes that are missing, each by itself: whoever writes to a table waits for one of them
// at most, and can keep nobody from another meanwhile.
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
		AND (name <> $2 OR EXISTS (SELECT FROM pg_opclass WHERE opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(oid)))`,
		lateIndexes, trigramIndex)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
