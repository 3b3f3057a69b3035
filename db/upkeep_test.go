package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// After an indexing, searches can read indexes alone, and find nothing that was put off.
func TestUpkeepFollowsAnIndexing(t *testing.T) {
	t.Parallel()
	d := library(t)
	require.Eventually(t, func() bool {
		var tidy bool
		err := d.Pool().QueryRow(t.Context(), `SELECT count(*) = 3 FROM pg_class
			WHERE oid IN ('documents'::regclass, 'docids'::regclass, 'records'::regclass) AND relallvisible > 0 AND reltuples > 0`).Scan(&tidy)
		return err == nil && tidy
	}, time.Minute, 50*time.Millisecond)
	var pending int
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT gin_clean_pending_list('documents_words')`).Scan(&pending))
	require.Zero(t, pending)
}
