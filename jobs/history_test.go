package jobs_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// messages gives what the log of a task says.
func (o *office) messages(id string) []string {
	o.t.Helper()
	lines, err := o.queue.Log(o.t.Context(), id)
	require.NoError(o.t, err)
	messages := []string{}
	for _, line := range lines {
		require.WithinDuration(o.t, time.Now(), line.At, time.Hour)
		messages = append(messages, line.Message)
	}
	return messages
}

func TestLog(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	goOn := make(chan struct{})
	id := o.enqueue(indexing.Request{Dataset: "rfcs", By: "somebody"})
	o.work(func(_ context.Context, _ int64, _ indexing.Request, progress indexing.Progress) (indexing.Outcome, error) {
		progress("fetching", 0, 0)
		progress("indexing", 3, 10)
		progress("indexing", 5, 10)
		progress("merging", 0, 2)
		<-goOn
		return indexing.Outcome{Total: 10, Changed: 7}, nil
	})
	require.Eventually(t, func() bool { return len(o.messages(id)) == 4 }, patience, 5*time.Millisecond)
	running := o.task(id)
	require.Equal(t, "merging", running.Progress.Phase)
	require.Zero(t, running.PhaseBegan)
	require.Positive(t, running.PhaseTook)
	require.Equal(t, "somebody", running.RequestedBy)
	close(goOn)
	require.Zero(t, o.becomes(id, "done").PhaseTook, "it has ended")
	require.Eventually(t, func() bool { return len(o.messages(id)) == 5 }, patience, 5*time.Millisecond)
	require.Equal(t, []string{
		"started", "fetching", "indexing, 7 to do", "merging, 2 to do", "done: 10 records: 0 added, 7 changed, 0 removed, 0 with problems",
	}, o.messages(id))
	require.Empty(t, o.messages("nope"))
}

// What a run had done when its present phase began is no work of that phase: the rate follows from the rest.
func TestPhaseOfARunThatIsDoneAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`UPDATE runs SET state = 'running', phase = 'indexing', phase_at = now() - interval '1 hour', phase_done = 5, started_at = now() - interval '2 hours'`)
	require.GreaterOrEqual(t, o.task(id).PhaseTook, time.Hour)
	begun := make(chan string)
	o.work(until(begun))
	<-begun
	task := o.task(id)
	require.Equal(t, 3, task.PhaseBegan)
	require.Less(t, task.PhaseTook, time.Hour)
}

func TestLogOfWhatWasStopped(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	begun := make(chan string)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.work(until(begun))
	<-begun
	require.NoError(t, o.queue.Stop(t.Context(), id, "ietf from 192.0.2.1"))
	o.becomes(id, "stopped")
	require.Eventually(t, func() bool { return len(o.messages(id)) == 4 }, patience, 5*time.Millisecond)
	require.Equal(t, []string{"started", "indexing, 7 to do", "asked to stop by ietf from 192.0.2.1", "stopped"}, o.messages(id))
}

// ended puts tasks into the books that ended, the first one as the newest.
func (o *office) ended(dataset string, outcomes ...string) {
	o.t.Helper()
	for i, outcome := range outcomes {
		state := "done"
		if outcome == "" {
			state = "failed"
		}
		o.exec(`INSERT INTO runs (dataset, action, refs, force, requested_by, state, created_at, started_at, finished_at, outcome)
			VALUES ($1, 'index', '{}', false, $2, $3, now() - $4 * interval '1 minute', now(), now(), nullif($5, '')::jsonb)`,
			dataset, fmt.Sprint(i), state, i+1, outcome)
	}
}

func askers(tasks []indexing.Task) []string {
	names := []string{}
	for _, task := range tasks {
		names = append(names, task.RequestedBy)
	}
	return names
}

func TestHistoryLeavesOutWhatWasSkipped(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	const skipped, did = `{"skipped": true}`, `{"added": 1, "problems": [{"file": "data/a.yaml", "message": "bad"}], "faults": 1}`
	o.ended("rfcs", skipped, did, skipped, "", did)
	o.enqueue(indexing.Request{Dataset: "rfcs", By: "waits"})
	history, err := o.queue.History(t.Context(), "rfcs", 2)
	require.NoError(t, err)
	require.Equal(t, []string{"1", "3"}, askers(history))
	require.Empty(t, history[0].Outcome.Problems, "a list tells their number alone")
	require.Equal(t, 1, history[0].Outcome.Faults)
}

func TestLatest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ended("rfcs", `{"skipped": true}`, "")
	o.ended("ids", "", `{}`)
	o.exec(`UPDATE runs SET state = 'stopped' WHERE dataset = 'ids' AND requested_by = '0'`)
	o.enqueue(indexing.Request{Dataset: "rfcs", By: "waits"})
	latest, err := o.queue.Latest(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"waits", "0", "1"}, askers(latest))
	require.Equal(t, []string{"rfcs", "rfcs", "ids"}, []string{latest[0].Dataset, latest[1].Dataset, latest[2].Dataset})
}

// That some records were indexed, or all removed, does not make a source well that was held back.
func TestLatestIsOfFullIndexings(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.ended("rfcs", `{}`, `{}`, "", `{}`)
	o.exec(`UPDATE runs SET refs = '{RFC1}' WHERE requested_by = '0'`)
	o.exec(`UPDATE runs SET action = 'reset' WHERE requested_by = '1'`)
	o.exec(`UPDATE runs SET error_type = 'held_back', error_message = 'held back' WHERE requested_by = '2'`)
	o.ended("ids", `{}`)
	o.exec(`UPDATE runs SET refs = '{draft}' WHERE dataset = 'ids'`)
	latest, err := o.queue.Latest(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"2"}, askers(latest))
	require.True(t, latest[0].Refused())
	require.True(t, latest[0].Full())

	o.enqueue(indexing.Request{Dataset: "rfcs", Refs: []string{"RFC2"}, By: "waits"})
	latest, err = o.queue.Latest(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"waits", "2"}, askers(latest), "whatever waits is told of")
	require.False(t, latest[0].Full())
}

// Most runs find nothing to do; those that did something are remembered for as long.
func TestTasksThatDidSomethingAreRememberedForAsLong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.exec(`INSERT INTO runs (dataset, action, refs, force, requested_by, state, created_at, started_at, outcome)
		SELECT 'rfcs', 'index', '{}', false, n::text, 'done', now() - n * interval '1 minute', now(), jsonb_build_object('skipped', n <= 150)
		FROM generate_series(1, 300) AS n`)
	o.exec(`INSERT INTO run_changes SELECT id, 'added', 'RFC1', NULL, '', '', '' FROM runs`)
	o.enqueue(indexing.Request{Dataset: "rfcs"})
	count := func(what string) (n int) {
		require.NoError(t, o.pool.QueryRow(t.Context(), "SELECT count(*) FROM "+what).Scan(&n))
		return n
	}
	require.Equal(t, 100, count("runs WHERE outcome @> '{\"skipped\": true}' OR state = 'waiting'"))
	require.Equal(t, 99, count("runs WHERE outcome @> '{\"skipped\": false}'"), "the one that waits is the hundredth")
	require.Equal(t, 198, count("run_changes"))
}

func TestChanges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.enqueue(indexing.Request{Dataset: "rfcs"})
	o.exec(`INSERT INTO run_changes VALUES
		($1, 'removed', 'RFC3', 3, 'RFC 3', 'IETF', 'Documentation conventions'),
		($1, 'added',   'RFC2', 2, 'RFC 2', 'IETF', 'Host software'),
		($1, 'added',   'RFC1', 1, 'RFC 1', 'IETF', 'Host Software'),
		($1, 'changed', 'a_b',  NULL, '', '', '')`, id)
	for _, tt := range []struct {
		name  string
		ask   indexing.ChangeQuery
		want  []string
		total int
	}{
		{"all", indexing.ChangeQuery{Limit: 9}, []string{"RFC1", "RFC2", "a_b", "RFC3"}, 4},
		{"a page", indexing.ChangeQuery{Offset: 1, Limit: 2}, []string{"RFC2", "a_b"}, 4},
		{"past the end", indexing.ChangeQuery{Offset: 10, Limit: 2}, []string{}, 4},
		{"of a kind", indexing.ChangeQuery{Kind: indexing.Removed, Limit: 9}, []string{"RFC3"}, 1},
		{"by title", indexing.ChangeQuery{Text: "HOST", Limit: 9}, []string{"RFC1", "RFC2"}, 2},
		{"by identifier", indexing.ChangeQuery{Text: "rfc 3", Limit: 9}, []string{"RFC3"}, 1},
		{"as it is written", indexing.ChangeQuery{Text: "%", Limit: 9}, []string{}, 0},
	} {
		tt.ask.Run = id
		changes, total, err := o.queue.Changes(t.Context(), tt.ask)
		require.NoError(t, err, tt.name)
		refs := []string{}
		for _, c := range changes {
			refs = append(refs, c.Ref)
		}
		require.Equal(t, tt.want, refs, tt.name)
		require.Equal(t, tt.total, total, tt.name)
	}
	changes, _, err := o.queue.Changes(t.Context(), indexing.ChangeQuery{Run: id, Kind: indexing.Removed, Limit: 1})
	require.NoError(t, err)
	require.Equal(t, []indexing.Change{{
		Kind: indexing.Removed, Ref: "RFC3", Document: 3, DocID: docid.ID{ID: "RFC 3", Type: "IETF"}, Title: "Documentation conventions",
	}}, changes)
	changes, total, err := o.queue.Changes(t.Context(), indexing.ChangeQuery{Run: "nope", Limit: 1})
	require.NoError(t, err)
	require.Zero(t, total+len(changes))
}
