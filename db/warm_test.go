package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestWarm(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	require.NoError(t, d.Warm(t.Context()))
	var open int
	err := d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'bibxml lookups' AND state = 'idle' AND query LIKE 'SELECT%FROM records%'`).Scan(&open)
	require.NoError(t, err)
	require.Equal(t, db.WarmConns, open, "connections that have read about the tables")
}

func TestWarmWithoutADatabase(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Config{URL: "postgres://nobody@127.0.0.1:9/none"})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	require.True(t, fault.Is(d.Warm(t.Context()), fault.Unavailable))
}
