package indexing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// task begins a run in the books of the queue.
func (w *world) task() string {
	w.t.Helper()
	return value[string](w, `INSERT INTO runs (dataset, action, refs, force, requested_by, state)
		VALUES ('', 'index', '{}', false, '', 'running') RETURNING id::text`)
}

// changes gives what is kept of a run, in order.
func (w *world) changes(run string) []string {
	w.t.Helper()
	return value[[]string](w, `SELECT coalesce(array_agg(kind || ' ' || ref || ' = ' || docid || ': ' || left(title, 4) ORDER BY kind, ref), '{}')
		FROM run_changes WHERE run = $1`, run)
}

func TestChangesAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", rfcs())
	first, second, forced := w.task(), w.task(), w.task()
	w.run(indexing.Request{Dataset: "rfcs", Run: first})
	require.Empty(t, w.changes(first), "all of it, as its number says")

	rfcs.commit(map[string]string{
		"data/RFC2119.yaml": gone, "data/RFC9000.yaml": strings.Replace(rfc9000, "QUIC", "Quick", 1),
		"data/RFC9001.yaml": strings.ReplaceAll(rfc9000, "9000", "9001"),
	})
	outcome := w.run(indexing.Request{Dataset: "rfcs", Run: second})
	require.Equal(t, []string{"added RFC9001 = RFC 9001: QUIC", "changed RFC9000 = RFC 9000: Quic", "removed RFC2119 = RFC 2119: Key "}, w.changes(second))
	require.Equal(t, []int{1, 1, 1, 0}, []int{outcome.Added, outcome.Changed, outcome.Removed, outcome.Same})
	require.Positive(t, value[int64](w, `SELECT document_id FROM run_changes WHERE ref = 'RFC2119'`))

	outcome = w.run(indexing.Request{Dataset: "rfcs", Run: forced, Force: true})
	require.Equal(t, []int{2, 2}, []int{outcome.Changed, outcome.Same})
	require.Empty(t, w.changes(forced), "the files are what they were")
}

// What a run did is published with it: a worker may die before it can say so.
func TestOutcomeIsPublished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", rfcs())
	first, reset := w.task(), w.task()
	w.run(indexing.Request{Dataset: "rfcs", Run: first})
	require.Equal(t, "2", value[string](w, `SELECT outcome ->> 'added' FROM runs WHERE id = $1`, first))
	require.Equal(t, rfcs.output("", "rev-parse", "HEAD"), value[string](w, `SELECT outcome ->> 'commit' FROM runs WHERE id = $1`, first))
	w.run(indexing.Request{Dataset: "rfcs", Run: reset, Action: indexing.Reset})
	require.Equal(t, "2", value[string](w, `SELECT outcome ->> 'removed' FROM runs WHERE id = $1`, reset))
}

func TestChangesOfTheArchiveAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	archive := w.source(indexing.Archive, map[string]string{"bibxml2/reference.A.xml": "<a/>", "bibxml2/reference.B.xml": "<b/>"})
	w.index(indexing.Archive)
	archive.commit(map[string]string{"bibxml2/reference.A.xml": gone, "bibxml2/reference.B.yaml": "invalid: true\n", "bibxml2/reference.C.xml": "<c/>"})
	run := w.task()
	w.run(indexing.Request{Dataset: indexing.Archive, Run: run})
	require.Equal(t, []string{
		"added bibxml2/reference.C.xml = : ", "changed bibxml2/reference.B.xml = : ", "removed bibxml2/reference.A.xml = : ",
	}, w.changes(run))
	require.Zero(t, value[int](w, `SELECT count(document_id) FROM run_changes`))
}

// What changed is published with the change, or not at all.
func TestChangesOfARunThatFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", rfcs())
	w.index("rfcs")
	rfcs.commit(map[string]string{"data/RFC9000.yaml": gone})
	run := w.task()
	_, err := indexing.New(w.open, w.db.Index(epoch+1)).Run(t.Context(), indexing.Request{Dataset: "rfcs", Run: run}, nil)
	require.Equal(t, fault.Conflict, fault.Of(err))
	require.Empty(t, w.changes(run))
}

func TestChangesAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	misc := w.source("misc", map[string]string{"data/first.yaml": "title: First\n"})
	w.index("misc")
	many := map[string]string{}
	for i := range 10_050 {
		many[fmt.Sprintf("data/r%05d.yaml", i)] = fmt.Sprintf("docid: [{id: R %d, type: X, primary: true}]\n", i)
	}
	misc.commit(many)
	run := w.task()
	outcome := w.run(indexing.Request{Dataset: "misc", Run: run})
	require.Equal(t, 10_050, outcome.Added)
	require.Len(t, w.changes(run), 10_000)
}
