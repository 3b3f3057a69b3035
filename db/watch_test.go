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

func TestConfirmingIsNewsToTheWatcher(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	d, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	w := db.NewWatcher(d, url, slog.New(slog.DiscardHandler))
	_, err = w.Confirm(t.Context())
	require.NoError(t, err)
	_, known := w.Generation()
	require.False(t, known, "nobody would hear of the next one")

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go w.Run(ctx)
	require.Eventually(t, func() bool { _, known := w.Generation(); return known }, time.Minute, 5*time.Millisecond)
	_, err = d.Pool().Exec(t.Context(), `UPDATE index_state SET generation = 7`) // and nobody is told
	require.NoError(t, err)
	number, err := w.Confirm(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 7, number)
	current, _ := w.Generation()
	require.EqualValues(t, 7, current)
}

// What the primary has published already, a replica may not have yet.
func TestWatcherOfAReplica(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	replica, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { _ = replica.Close() })
	d := dbtest.OpenWith(t, db.Config{ReadURL: url})
	_, err = d.Pool().Exec(t.Context(), `UPDATE index_state SET generation = 7`)
	require.NoError(t, err)
	w := db.NewWatcher(d, "", slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go w.Run(ctx)
	require.Eventually(t, func() bool { number, known := w.Generation(); return known && number == 0 }, time.Minute, 5*time.Millisecond)
	_, err = replica.Pool().Exec(t.Context(), `UPDATE index_state SET generation = 7`)
	require.NoError(t, err)
	require.Eventually(t, func() bool { number, known := w.Generation(); return known && number == 7 }, time.Minute, 5*time.Millisecond)
}

func TestWatcherLearnsOfEachPublishing(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	d, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	w := db.NewWatcher(d, url, slog.New(slog.DiscardHandler))
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
