package jobs_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/jobs"
)

func TestStats(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	stats, err := o.queue.Stats(t.Context())
	require.NoError(t, err)
	require.Zero(t, stats.Jobs["available"])
	require.Contains(t, stats.Jobs, "retryable")
	require.Zero(t, stats.Oldest)
	require.Empty(t, stats.Last)

	o.exec(`INSERT INTO runs (dataset, action, refs, force, requested_by, state, started_at, finished_at) VALUES
		('ids',  'index', '{}', false, 'test', 'failed',  now() - interval '3 hours', now() - interval '2 hours'),
		('ids',  'index', '{}', false, 'test', 'done',    now() - interval '10 minutes', now()),
		('rfcs', 'index', '{}', false, 'test', 'done',    now() - interval '3 hours', now() - interval '2 hours'),
		('rfcs', 'index', '{}', false, 'test', 'failed',  now() - interval '5 minutes', now() - interval '4 minutes'),
		('rfcs', 'index', '{}', false, 'test', 'stopped', now() - interval '1 minutes', now()),
		('rfcs', 'index', '{RFC1}', false, 'test', 'done', now() - interval '1 minutes', now()),
		('rfcs', 'reset', '{}', false, 'test', 'done', now() - interval '1 minutes', now()),
		('misc', 'index', '{a}', false, 'test', 'done', now() - interval '1 minutes', now())`)
	o.enqueue(indexing.Request{Dataset: "nist"})
	o.exec(`UPDATE runs SET created_at = now() - interval '1 hour' WHERE state = 'waiting'`)

	stats, err = o.queue.Stats(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, stats.Jobs["available"])
	require.Equal(t, time.Hour, stats.Oldest.Truncate(time.Hour))
	require.Equal(t, []jobs.LastRun{{"ids", false, 10 * time.Minute}, {"rfcs", true, time.Minute}}, stats.Last, "of full indexings alone")
}

func TestStatsOfADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.pool.Close()
	_, err := o.queue.Stats(t.Context())
	require.ErrorContains(t, err, "read state of the queue")
}
