package db_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func tables(t *testing.T, d *db.DB) []string {
	t.Helper()
	rows, err := d.Pool().Query(t.Context(), `SELECT table_name FROM information_schema.tables
		WHERE table_schema = 'public' AND table_name NOT LIKE 'bun_%' ORDER BY 1`)
	require.NoError(t, err)
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		names = append(names, name)
	}
	require.NoError(t, rows.Err())
	return names
}

func TestMigrateUpAndDown(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Config{URL: dbtest.Empty(t)})
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })

	require.NoError(t, d.Migrate(t.Context()))
	first := tables(t, d)
	require.Subset(t, first, []string{"archive", "docids", "documents", "records", "river_job", "runs", "sources"})
	require.NoError(t, d.Migrate(t.Context()), "a second time")
	require.Equal(t, first, tables(t, d))

	require.NoError(t, d.Rollback(t.Context()))
	require.Empty(t, tables(t, d))
	require.NoError(t, d.Migrate(t.Context()), "and up again")
	require.Equal(t, first, tables(t, d))
}

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	url := dbtest.Empty(t)
	var wait sync.WaitGroup
	errs := make([]error, 3)
	for i := range errs {
		wait.Go(func() {
			d, err := db.Open(context.Background(), db.Config{URL: url, WorkerConns: 3})
			if err != nil {
				errs[i] = err
				return
			}
			defer func() { _ = d.Close() }()
			errs[i] = d.Migrate(context.Background())
		})
	}
	wait.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
}

// locksOfRuns counts the locks of a table; copies of a database give the same number to theirs.
const locksOfRuns = `SELECT count(*) FROM pg_locks WHERE relation = 'runs'::regclass
	AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`

// A migration that needs a table which an indexing uses lets visitors go before it, and is done when the table is free.
func TestMigrateWhileATableIsInUse(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	_, err := d.Pool().Exec(t.Context(), `ALTER TABLE runs DROP COLUMN stopped_by; DELETE FROM bun_migrations WHERE name = '20261123000004'`)
	require.NoError(t, err)
	tx, err := d.Pool().Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `INSERT INTO runs (dataset, action, refs, force, requested_by) VALUES ('', '', '{}', false, '')`)
	require.NoError(t, err)

	migrated := make(chan error, 1)
	go func() { migrated <- d.Migrate(t.Context()) }()
	for waiting := 0; waiting == 0; {
		err = d.Pool().QueryRow(t.Context(), locksOfRuns+` AND NOT granted`).Scan(&waiting)
		require.NoError(t, err)
	}
	visitor, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var runs int
	require.NoError(t, d.Pool().QueryRow(visitor, `SELECT count(*) FROM runs`).Scan(&runs), "a visitor waited behind the migration")
	require.NoError(t, tx.Rollback(t.Context()))
	require.NoError(t, <-migrated)
	_, err = d.Pool().Exec(t.Context(), `SELECT stopped_by FROM runs`)
	require.NoError(t, err)
}

// A publishing takes one table after the other, and so does a migration: the migration waits for the publishing before it has any.
func TestMigrateWhileTheIndexIsPublished(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	_, err := d.Pool().Exec(t.Context(), `ALTER TABLE runs DROP COLUMN stopped_by; DELETE FROM bun_migrations WHERE name = '20261123000004'`)
	require.NoError(t, err)
	migrated := make(chan error, 1)
	err = d.Index(0).Publish(t.Context(), "rfcs", func(ctx context.Context, _ indexing.Writer) error {
		go func() { migrated <- d.Migrate(context.WithoutCancel(ctx)) }()
		for waiting := 0; waiting == 0; {
			err := d.Pool().QueryRow(ctx, `SELECT count(*) FROM pg_stat_activity
				WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%index_lease FOR UPDATE'`).Scan(&waiting)
			if err != nil {
				return err
			}
		}
		var locked int
		err := d.Pool().QueryRow(ctx, locksOfRuns).Scan(&locked)
		require.Zero(t, locked)
		return err
	})
	require.NoError(t, err)
	require.NoError(t, <-migrated)
	_, err = d.Pool().Exec(t.Context(), `SELECT stopped_by FROM runs`)
	require.NoError(t, err)
}
