package db_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// Searches that use all of their connections keep nobody else waiting; who waits too long for a connection is told.
func TestPoolsAreSeparate(t *testing.T) {
	t.Parallel()
	d := dbtest.OpenWith(t, db.Config{LookupConns: 1, SearchConns: 1, AcquireTimeout: 3 * time.Second, WebTimeout: time.Second})
	searching, err := d.Searches().Conn(t.Context())
	require.NoError(t, err)
	defer func() { _ = searching.Close() }()
	_, err = d.People(t.Context(), []string{"cerf"}, 1)
	require.True(t, fault.Is(err, fault.Unavailable), "a search: %v", err)
	_, err = d.Sources(t.Context())
	require.NoError(t, err, "a look-up")
	_, err = d.SourceAges(t.Context())
	require.NoError(t, err, "a health check")

	looking, err := d.Lookups().Conn(t.Context())
	require.NoError(t, err)
	defer func() { _ = looking.Close() }()
	_, err = d.Sources(t.Context())
	require.True(t, fault.Is(err, fault.Unavailable), "a look-up: %v", err)
	_, err = d.SourceAges(t.Context())
	require.NoError(t, err, "a health check")
}

// A query whose request has ended does not go on in the server.
func TestBrokenConnectionsAreReplaced(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	burst := func() {
		var group errgroup.Group
		for range 20 {
			group.Go(func() error {
				_, err := d.Lookups().ExecContext(t.Context(), "SELECT pg_sleep(0.05)")
				return err
			})
		}
		require.NoError(t, group.Wait())
	}
	burst()
	var ended int
	err := d.Pool().QueryRow(t.Context(), `SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name = 'bibxml lookups'`).Scan(&ended)
	require.NoError(t, err)
	require.Greater(t, ended, 3)
	burst()
}

func TestCancelledQueryEndsInTheServer(t *testing.T) {
	t.Parallel()
	d := dbtest.OpenWith(t, db.Config{WebTimeout: time.Hour})
	running := func() (n int) {
		err := d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND state = 'active' AND query = 'SELECT pg_sleep(3600)'`).Scan(&n)
		require.NoError(t, err)
		return n
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := d.Searches().ExecContext(ctx, "SELECT pg_sleep(3600)")
		ended <- err
	}()
	require.Eventually(t, func() bool { return running() == 1 }, time.Minute, 10*time.Millisecond)
	cancel()
	require.Error(t, <-ended)
	require.Eventually(t, func() bool { return running() == 0 }, time.Minute, 10*time.Millisecond)
}
