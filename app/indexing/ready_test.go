package indexing_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
)

// counted tells how often files of its repository were asked for.
type counted struct {
	indexing.Repository
	reads *atomic.Int32
}

func (c counted) Read(ctx context.Context, files []gitrepo.File, fn func(gitrepo.File, []byte, error) error) error {
	c.reads.Add(1)
	return c.Repository.Read(ctx, files, fn)
}

func TestRunGoesOnWithWhatIsReady(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		meanwhile func(w *world, x *indexing.Indexer)
		reads     int32
		refs      []string
	}{
		"nothing has changed": {nil, 1, []string{"RFC2119", "RFC9000"}},
		"another commit": {func(w *world, _ *indexing.Indexer) {
			w.repos["rfcs"].commit(map[string]string{"data/RFC2119.yaml": gone, "data/RFC8174.yaml": rfc8174})
		}, 2, []string{"RFC8174", "RFC9000"}},
		"another run of the same source": {func(w *world, x *indexing.Indexer) {
			_, err := x.Run(w.t.Context(), indexing.Request{Dataset: "rfcs", Refs: []string{"RFC9000"}}, nil)
			require.NoError(w.t, err)
		}, 3, []string{"RFC2119", "RFC9000"}},
		"another run of another source": {func(w *world, x *indexing.Indexer) {
			_, err := x.Run(w.t.Context(), indexing.Request{Dataset: "misc"}, nil)
			require.NoError(w.t, err)
		}, 3, []string{"RFC2119", "RFC9000"}},
		"let go": {func(_ *world, x *indexing.Indexer) {
			x.LetGo("of another run")
			x.LetGo("")
		}, 2, []string{"RFC2119", "RFC9000"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.source("rfcs", rfcs())
			w.source("misc", map[string]string{"data/one.yaml": rfc8174})
			var reads atomic.Int32
			x := counting(w, &reads)
			request := indexing.Request{Dataset: "rfcs", Run: w.task()}

			require.NoError(t, x.Prepare(t.Context(), request))
			require.Zero(t, value[int](w, "SELECT count(*) FROM records"))
			if test.meanwhile != nil {
				test.meanwhile(w, x)
			}
			outcome, err := x.Run(t.Context(), request, nil)

			require.NoError(t, err)
			require.Equal(t, 2, outcome.Total)
			require.Equal(t, test.refs, w.refs("rfcs"))
			require.Equal(t, test.reads, reads.Load())
			require.True(t, w.index("rfcs").Skipped)
		})
	}
}

// counting makes an indexer that counts how often it reads files of a source.
func counting(w *world, reads *atomic.Int32) *indexing.Indexer {
	return indexing.New(func(dataset string) (indexing.Source, error) {
		source, err := w.open(dataset)
		source.Repository = counted{source.Repository, reads}
		return source, err
	}, w.db.Index(epoch))
}

// What limits the beginning does not end what is read after it.
func TestReadingOutlivesItsBeginning(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	var reads atomic.Int32
	x := counting(w, &reads)
	request := indexing.Request{Dataset: "rfcs", Run: w.task()}
	ctx, cancel := context.WithCancel(t.Context())
	require.NoError(t, x.Prepare(ctx, request))
	cancel()
	outcome, err := x.Run(t.Context(), request, nil)
	require.NoError(t, err)
	require.Equal(t, 2, outcome.Added)
	require.Equal(t, int32(1), reads.Load())
}

// What is ready for one request is not what another asked for.
func TestWhatIsReadyIsOfOneRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	x := w.indexer()
	require.NoError(t, x.Prepare(t.Context(), indexing.Request{Dataset: "rfcs", Refs: []string{"RFC9000"}, Run: w.task()}))
	outcome, err := x.Run(t.Context(), indexing.Request{Dataset: "rfcs", Run: w.task()}, nil)
	require.NoError(t, err)
	require.Equal(t, 2, outcome.Added)
}

// A run that is stopped while it goes on with what is ready leaves nothing behind.
func TestStoppedWithWhatIsReady(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := make(map[string]string)
	for i := range 5000 {
		files["data/"+strconv.Itoa(i)+".yaml"] = "title: Record " + strconv.Itoa(i) + "\n"
	}
	w.source("misc", files)
	x := w.indexer()
	request := indexing.Request{Dataset: "misc", Run: w.task()}
	require.NoError(t, x.Prepare(t.Context(), request))
	ctx, stop := context.WithCancel(t.Context())
	_, err := x.Run(ctx, request, func(phase string, done, _ int) {
		if phase == "indexing" && done > 0 {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, value[int](w, "SELECT count(*) FROM records"))
	outcome, err := x.Run(t.Context(), request, nil)
	require.NoError(t, err)
	require.Equal(t, 5000, outcome.Added)
}

// Nothing is prepared of what would be skipped, or cannot be had.
func TestNothingToPrepare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	w.index("rfcs")
	x := w.indexer()
	require.NoError(t, x.Prepare(t.Context(), indexing.Request{Dataset: "rfcs", Run: w.task()}))
	require.NoError(t, x.Prepare(t.Context(), indexing.Request{Dataset: indexing.Archive, Run: w.task()}))
	require.NoError(t, x.Prepare(t.Context(), indexing.Request{Dataset: "rfcs", Action: indexing.Reset, Run: w.task()}))
	require.ErrorContains(t, x.Prepare(t.Context(), indexing.Request{Dataset: "unknown", Run: w.task()}), "no source")
}
