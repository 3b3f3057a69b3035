package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestSourceStats(t *testing.T) {
	t.Parallel()
	d := library(t)
	_, err := d.Pool().Exec(t.Context(), `UPDATE sources SET checked_at = now() - interval '3 hours', problems = 2, unreadable = 1 WHERE dataset = 'rfcs'`)
	require.NoError(t, err)

	stats, err := d.SourceStats(t.Context())
	require.NoError(t, err)
	for _, source := range stats {
		if source.Dataset != "rfcs" {
			continue
		}
		require.Equal(t, 3*time.Hour, source.Age.Truncate(time.Hour))
		require.WithinDuration(t, time.Now().Add(-source.Age), source.Checked, time.Minute)
		require.Equal(t, []int{3, 2, 1}, []int{source.Records, source.Problems, source.Unreadable})
		return
	}
	t.Error("nothing is told of rfcs")
}

// Some records tell nothing of the age of their source.
func TestSourceStatsOfASourceThatWasNeverIndexedInFull(t *testing.T) {
	t.Parallel()
	d := library(t)
	_, err := d.Pool().Exec(t.Context(), `UPDATE sources SET commit_hash = '' WHERE dataset = 'rfcs'`)
	require.NoError(t, err)
	stats, err := d.SourceStats(t.Context())
	require.NoError(t, err)
	for _, source := range stats {
		require.Equal(t, source.Dataset == "rfcs", source.Never, source.Dataset)
	}
}

func TestSourceStatsOfADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	d.Pool().Close()
	_, err := d.SourceStats(t.Context())
	require.ErrorContains(t, err, "read state of sources")
}

// What visitors are told of the sources comes from where they are answered.
func TestSourceAges(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	replica, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { _ = replica.Close() })
	_, err = replica.Pool().Exec(t.Context(), `
		INSERT INTO sources (dataset, url, branch, commit_hash, indexer_version, indexed_at, checked_at, records, problems, unreadable)
		VALUES ('rfcs', '', '', 'c0ffee', 1, now(), now() - interval '3 hours', 0, 0, 0), ('ids', '', '', 'c0ffee', 1, now(), now() + interval '1 minute', 0, 0, 0),
			('nist', '', '', '', 1, now(), now(), 1, 0, 0)`)
	require.NoError(t, err)
	d := dbtest.OpenWith(t, db.Config{ReadURL: url})
	d.Pool().Close()

	ages, err := d.SourceAges(t.Context())
	require.NoError(t, err)
	require.Len(t, ages, 2, "nist was never indexed in full")
	require.Equal(t, 3*time.Hour, ages["rfcs"].Truncate(time.Hour))
	require.Zero(t, ages["ids"], "by a clock that goes before")
}

func TestPoolStats(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	conn, err := d.Pool().Acquire(t.Context())
	require.NoError(t, err)
	defer conn.Release()

	most := make(map[string]int)
	for _, pool := range d.PoolStats() {
		most[pool.Name] = pool.Max
		require.Equal(t, pool.Name == "worker", pool.InUse == 1, pool.Name)
	}
	require.Equal(t, map[string]int{"lookups": 10, "searches": 4, "health": 2, "worker": 8}, most)
}
