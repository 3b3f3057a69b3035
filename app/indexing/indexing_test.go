package indexing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db"
)

func TestFirstIndexing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", map[string]string{
		"data/RFC9000.yaml": rfc9000, "data/RFC2119.yaml": rfc2119,
		"README.md": "not a record", "data/notes.txt": "nor this", "data/old/RFC1.yaml": "nor this", "index.yaml": "nor this",
	})

	var phases []string
	outcome, err := w.indexer().Run(t.Context(), indexing.Request{Dataset: "rfcs"}, func(phase string, done, total int) {
		require.LessOrEqual(t, done, total)
		if len(phases) == 0 || phases[len(phases)-1] != phase {
			phases = append(phases, phase)
		}
	})

	require.NoError(t, err)
	require.Equal(t, []string{"fetching", "comparing", "indexing", "publishing"}, phases)
	require.False(t, outcome.Skipped)
	require.Equal(t, 2, outcome.Added)
	require.Equal(t, 2, outcome.Total)
	require.Empty(t, outcome.Problems)
	require.Equal(t, []string{"RFC2119", "RFC9000"}, w.refs("rfcs"))

	record, err := w.db.Record(t.Context(), "rfcs", "RFC9000")
	require.NoError(t, err)
	require.Equal(t, rfc9000, record.Original)
	require.Equal(t, "2021-05-01", record.LatestDate)
	require.Equal(t, "QUIC: A UDP-Based Multiplexed and Secure Transport", record.Item.MainTitle())

	sources, err := w.db.Sources(t.Context())
	require.NoError(t, err)
	require.Len(t, sources, 1)
	require.Equal(t, outcome.Commit, sources[0].Commit)
	require.Equal(t, 2, sources[0].Records)
}

func TestUnchangedSourceIsSkipped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	w.index("rfcs")
	before := value[int64](w, "SELECT generation FROM index_state")

	again := w.index("rfcs")
	require.True(t, again.Skipped)
	require.Equal(t, 2, again.Total)
	require.Equal(t, before, value[int64](w, "SELECT generation FROM index_state"), "nothing to announce")

	forced := w.run(indexing.Request{Dataset: "rfcs", Force: true})
	require.False(t, forced.Skipped)
	require.Equal(t, 2, forced.Changed)
	require.Equal(t, []string{"RFC2119", "RFC9000"}, w.refs("rfcs"))
	require.Equal(t, 2, value[int](w, "SELECT count(*) FROM documents"))
	require.Equal(t, 3, value[int](w, "SELECT count(*) FROM docids"))
}

func TestOnlyChangedFilesAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	w.index("rfcs")
	old := value[string](w, "SELECT xmin::text FROM records WHERE ref = 'RFC2119'")

	source.commit(map[string]string{
		"data/RFC9000.yaml": strings.Replace(rfc9000, "2021-05", "2021-06", 1),
		"data/RFC8174.yaml": rfc8174,
	})
	outcome := w.index("rfcs")

	require.Equal(t, 1, outcome.Added)
	require.Equal(t, 1, outcome.Changed)
	require.Equal(t, 3, outcome.Total)
	require.Equal(t, old, value[string](w, "SELECT xmin::text FROM records WHERE ref = 'RFC2119'"), "not written again")
	require.Equal(t, "2021-06-01", value[string](w, "SELECT latest_date::text FROM documents WHERE primary_id = 'RFC 9000'"))
}

// Only documents that something changed of are made anew.
func TestOnlyTheDocumentsConcernedAreMadeAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	w.index("rfcs")
	w.source("misc", map[string]string{"data/also.yaml": rfc2119})
	w.index("misc")
	version := func(id string) string {
		return value[string](w, "SELECT xmin::text || ' ' || ctid::text FROM documents WHERE primary_id = $1", id)
	}
	changed, other := version("RFC 9000"), version("RFC 2119")
	source.commit(map[string]string{"data/RFC9000.yaml": strings.Replace(rfc9000, "2021-05", "2021-06", 1)})
	w.index("rfcs")
	require.NotEqual(t, changed, version("RFC 9000"))
	require.Equal(t, other, version("RFC 2119"), "not written again")
}

// Nobody has to know when everything has to be looked at anew.
func TestIndexedInFullByItself(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *world, source *repo){
		"a rewritten history": func(_ *world, source *repo) {
			source.git("checkout", "--quiet", "--orphan", "rewritten")
			source.commit(map[string]string{"data/RFC2119.yaml": gone, "data/RFC8174.yaml": rfc8174})
			source.git("branch", "-M", "main")
		},
		"another branch": func(_ *world, source *repo) {
			source.git("checkout", "--quiet", "-b", "next")
			source.commit(map[string]string{"data/RFC2119.yaml": gone, "data/RFC8174.yaml": rfc8174})
			source.branch = "next"
		},
		"another address": func(w *world, source *repo) {
			w.source("elsewhere", map[string]string{"data/RFC9000.yaml": rfc9000, "data/RFC8174.yaml": rfc8174})
			w.repos["rfcs"] = w.repos["elsewhere"]
			_ = source
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			source := w.source("rfcs", rfcs())
			w.index("rfcs")
			change(w, source)
			outcome := w.index("rfcs")
			require.False(t, outcome.Skipped)
			require.Equal(t, []int{1, 0, 1}, []int{outcome.Added, outcome.Changed, outcome.Removed})
			require.Equal(t, []string{"RFC8174", "RFC9000"}, w.refs("rfcs"))
			require.True(t, w.index("rfcs").Skipped)
		})
	}
	t.Run("a new version of the indexer", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.source("rfcs", rfcs())
		w.index("rfcs")
		_, err := w.db.Pool().Exec(t.Context(), "UPDATE sources SET indexer_version = indexer_version - 1; UPDATE documents SET title = 'as it was made before'")
		require.NoError(t, err)
		outcome := w.index("rfcs")
		require.Equal(t, []int{2, 2}, []int{outcome.Changed, outcome.Same})
		require.Zero(t, value[int](w, "SELECT count(*) FROM documents WHERE title = 'as it was made before'"))
	})
}

func TestRecordsThatTheSourceNoLongerHas(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	w.index("rfcs")

	source.commit(map[string]string{"data/RFC2119.yaml": gone})
	outcome := w.index("rfcs")

	require.Equal(t, 1, outcome.Removed)
	require.Equal(t, []string{"RFC9000"}, w.refs("rfcs"))
	found, err := w.db.Candidates(t.Context(), docid.Query{Value: "RFC 2119"})
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, 1, value[int](w, "SELECT count(*) FROM documents"))
}

func TestFileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	w.index("rfcs")

	source.commit(map[string]string{"data/RFC9000.yaml": broken, "data/RFC1.yaml": broken, "data/RFC8174.yaml": rfc8174})
	outcome := w.index("rfcs")

	require.Equal(t, 2, outcome.Faults)
	require.Len(t, outcome.Problems, 2)
	require.Equal(t, "data/RFC1.yaml", outcome.Problems[0].File)
	require.NotEmpty(t, outcome.Problems[0].Message)
	require.Equal(t, 3, outcome.Problems[0].Line)
	require.Equal(t, []string{"RFC2119", "RFC8174", "RFC9000"}, w.refs("rfcs"), "the last good one stays, the rest goes on")
	record, err := w.db.Record(t.Context(), "rfcs", "RFC9000")
	require.NoError(t, err)
	require.Equal(t, rfc9000, record.Original)

	source.commit(map[string]string{"data/RFC9000.yaml": strings.Replace(rfc9000, "QUIC", "Quic", 1)})
	require.Equal(t, 1, w.index("rfcs").Changed, "mended")
}

func TestRecordThatBreaksTheModel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", map[string]string{
		"data/RFC9000.yaml": rfc9000 + "extent: 12\n",
		"data/RFC1.yaml":    "title: no identifier\n",
	})
	outcome := w.index("rfcs")
	require.Equal(t, []string{"RFC1", "RFC9000"}, w.refs("rfcs"), "indexed all the same")
	require.NotEmpty(t, outcome.Problems)
	record, err := w.db.Record(t.Context(), "rfcs", "RFC1")
	require.NoError(t, err)
	require.NotEmpty(t, record.Problems)
	require.Equal(t, "rfcs/RFC1", value[string](w, "SELECT key FROM documents WHERE id = $1", record.Document))
}

func TestSomeRecordsOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	first := w.index("rfcs")
	source.commit(map[string]string{
		"data/RFC9000.yaml": strings.Replace(rfc9000, "QUIC", "Quic", 1),
		"data/RFC2119.yaml": gone,
		"data/RFC8174.yaml": rfc8174,
		"data/RFC1.yaml":    strings.ReplaceAll(rfc8174, "8174", "1"),
	})

	outcome := w.run(indexing.Request{Dataset: "rfcs", Refs: []string{"RFC8174", "RFC2119", "RFC7"}})
	require.Equal(t, 1, outcome.Added)
	require.Equal(t, 1, outcome.Removed)
	require.Equal(t, 0, outcome.Changed)
	require.Equal(t, []string{"RFC8174", "RFC9000"}, w.refs("rfcs"))
	record, err := w.db.Record(t.Context(), "rfcs", "RFC9000")
	require.NoError(t, err)
	require.Equal(t, rfc9000, record.Original, "not asked for")
	sources, err := w.db.Sources(t.Context())
	require.NoError(t, err)
	require.Equal(t, first.Commit, sources[0].Commit, "the rest is not at the new commit")

	require.Equal(t, 1, w.index("rfcs").Added, "the rest is caught up with")
	require.Equal(t, []string{"RFC1", "RFC8174", "RFC9000"}, w.refs("rfcs"))
}

// A source whose newest state was never looked at as a whole stays as old as it is, whatever is indexed of it.
func TestSomeRecordsAreNoLookAtTheSource(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	w.index("rfcs")
	_, err := w.db.Pool().Exec(t.Context(), "UPDATE sources SET checked_at = now() - interval '30 hours'")
	require.NoError(t, err)
	age := func() db.SourceStats {
		stats, err := w.db.SourceStats(t.Context())
		require.NoError(t, err)
		require.Len(t, stats, 1)
		return stats[0]
	}
	some := indexing.Request{Dataset: "rfcs", Refs: []string{"RFC9000"}}
	w.run(some)
	require.Equal(t, 30*time.Hour, age().Age.Truncate(time.Hour))
	require.False(t, age().Never)
	require.True(t, w.index("rfcs").Skipped)
	require.Less(t, age().Age, time.Hour, "all of it is as it was")

	w.run(indexing.Request{Dataset: "rfcs", Action: indexing.Reset})
	w.run(some)
	require.True(t, age().Never, "the rest was never indexed")
	require.Equal(t, 1, age().Records)
	w.run(some)
	require.True(t, age().Never)
	require.False(t, w.index("rfcs").Skipped)
	require.False(t, age().Never)
	require.Less(t, age().Age, time.Hour)
}

func TestReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	w.source("misc", map[string]string{"data/also.yaml": strings.Replace(rfc9000, "QUIC", "Quic", 1)})
	w.index("rfcs")
	w.index("misc")

	outcome := w.run(indexing.Request{Dataset: "rfcs", Action: indexing.Reset})
	require.Equal(t, 2, outcome.Removed)
	require.Empty(t, w.refs("rfcs"))
	require.Equal(t, []string{"also"}, w.refs("misc"))
	require.Equal(t, []string{"misc"}, value[[]string](w, "SELECT datasets FROM documents"))
	sources, err := w.db.Sources(t.Context())
	require.NoError(t, err)
	require.Len(t, sources, 1)

	require.Equal(t, 2, w.index("rfcs").Added, "and back again")
}

func TestSourcesThatAreNone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		dataset string
		files   map[string]string
		branch  string
		kind    fault.Kind
		message string
	}{
		"no data folder":       {"rfcs", map[string]string{"README.md": "x"}, "main", fault.Upstream, "no folder data/"},
		"no records in it":     {"rfcs", map[string]string{"data/README.md": "x"}, "main", fault.Upstream, "no data/*.yaml"},
		"no such branch":       {"rfcs", rfcs(), "other", fault.Upstream, "no branch other"},
		"no commit":            {"rfcs", nil, "main", fault.Upstream, "empty"},
		"nothing in archive":   {indexing.Archive, rfcs(), "main", fault.Upstream, "reference.*.xml"},
		"not configured":       {"unknown", rfcs(), "main", fault.NotFound, `no source "unknown"`},
		"part of the archive":  {indexing.Archive, rfcs(), "main", fault.Invalid, "as a whole"},
		"not an action at all": {"rfcs", rfcs(), "main", fault.Invalid, "no action"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			request := indexing.Request{Dataset: test.dataset}
			switch name {
			case "part of the archive":
				request.Refs = []string{"a"}
			case "not an action at all":
				request.Action = "explode"
			}
			if test.dataset != "unknown" {
				w.source(test.dataset, test.files).branch = test.branch
			}
			_, err := w.indexer().Run(t.Context(), request, nil)
			require.Error(t, err)
			require.Equal(t, test.kind, fault.Of(err), "%v", err)
			require.ErrorContains(t, err, test.message)
			require.ErrorContains(t, err, test.dataset)
		})
	}
}

func TestFailureLeavesTheIndexUntouched(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	w.index("rfcs")
	before := value[int64](w, "SELECT generation FROM index_state")

	source.git("rm", "-rq", "data")
	source.commit(map[string]string{"README.md": "emptied"})
	_, err := w.indexer().Run(t.Context(), indexing.Request{Dataset: "rfcs"}, nil)
	require.Error(t, err)
	require.Equal(t, []string{"RFC2119", "RFC9000"}, w.refs("rfcs"))
	require.Equal(t, before, value[int64](w, "SELECT generation FROM index_state"))
}

func TestCutOffAnywhereAndRunAgain(t *testing.T) {
	t.Parallel()
	for _, phase := range []string{"fetching", "comparing", "indexing", "merging", "publishing"} {
		t.Run(phase, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.source("misc", map[string]string{"data/also.yaml": rfc9000})
			w.index("misc")
			w.source("rfcs", rfcs())
			ctx, cancel := context.WithCancelCause(t.Context())
			stopped := errors.New("stopped")

			_, err := w.indexer().Run(ctx, indexing.Request{Dataset: "rfcs"}, func(now string, _, _ int) {
				if now == phase {
					cancel(stopped)
				}
			})
			require.Error(t, err)
			require.Empty(t, w.refs("rfcs"))
			require.Equal(t, 1, value[int](w, "SELECT count(*) FROM documents"))

			require.Equal(t, 2, w.index("rfcs").Added)
			require.Equal(t, 2, value[int](w, "SELECT count(*) FROM documents"))
		})
	}
}

func TestSupersededWorkerCannotPublish(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	_, err := w.db.Pool().Exec(t.Context(), "UPDATE index_lease SET epoch = epoch + 1")
	require.NoError(t, err)
	_, err = w.indexer().Run(t.Context(), indexing.Request{Dataset: "rfcs"}, nil)
	require.Equal(t, fault.Conflict, fault.Of(err), "%v", err)
	require.Empty(t, w.refs("rfcs"))
}

func TestMoreRecordsThanOneBatch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := make(map[string]string)
	for i := range 4100 {
		n := string(rune('A'+i/260)) + string(rune('a'+i/10%26)) + string(rune('0'+i%10))
		files["data/"+n+".yaml"] = "docid: {id: X " + n + ", type: X, primary: true}\ntitle: Thing " + n + "\n"
	}
	w.source("misc", files)
	require.Equal(t, 4100, w.index("misc").Total)
	require.Equal(t, 4100, value[int](w, "SELECT count(*) FROM documents"))
	require.Equal(t, 4100, w.run(indexing.Request{Dataset: "misc", Force: true}).Changed)
	require.Equal(t, 4100, value[int](w, "SELECT count(*) FROM documents"))
	hits, total, err := w.db.Search(t.Context(), search.Query{Format: search.WebSearch, Text: "thing", Limit: 10, Cap: 400})
	require.NoError(t, err)
	require.Len(t, hits, 10)
	require.Equal(t, 400, total)
}
