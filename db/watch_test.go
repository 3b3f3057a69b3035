package db_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestWatcherLearnsOfEachPublishing(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	d, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	w := db.NewWatcher(url, slog.New(slog.DiscardHandler))
	_, known := w.Generation()
	require.False(t, known, "before it runs")

	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Run(ctx)
	}()
	is := func(want int64) func() bool {
		return func() bool {
			number, known := w.Generation()
			return known && number == want
		}
	}
	require.Eventually(t, is(0), time.Minute, 5*time.Millisecond)
	index(t, d, "rfcs", files{"data/a.yaml": "docid: [{id: A, type: X}]\n"})
	require.Eventually(t, is(1), time.Minute, 5*time.Millisecond)

	_, err = d.Pool().Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE datname = current_database() AND query LIKE '%index_state%' AND pid <> pg_backend_pid()`)
	require.NoError(t, err)
	require.Eventually(t, func() bool { _, known := w.Generation(); return !known }, time.Minute, time.Millisecond, "connection lost")
	index(t, d, "rfcs", files{"data/a.yaml": "docid: [{id: B, type: X}]\n"})
	require.Eventually(t, is(2), time.Minute, 5*time.Millisecond, "connected again")

	cancel()
	<-ended
	_, known = w.Generation()
	require.False(t, known)
}
