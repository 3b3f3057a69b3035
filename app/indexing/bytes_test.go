package indexing_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
	"github.com/ietf-tools/bibxml/app/merge"
)

// large is a source of many files with the same content.
type large struct {
	paths   []string
	content func(file string) string
	read    atomic.Int64 // bytes
}

func (l *large) Fetch(context.Context) (string, error) { return "c", nil }

func (l *large) Prune(context.Context, ...string) error { return nil }

func (l *large) List(context.Context, string, string) ([]gitrepo.File, error) {
	files := make([]gitrepo.File, len(l.paths))
	for i, path := range l.paths {
		files[i] = gitrepo.File{Path: path, Hash: path}
	}
	return files, nil
}

func (l *large) Read(_ context.Context, files []gitrepo.File, fn func(gitrepo.File, []byte, error) error) error {
	for _, f := range files {
		content := []byte(l.content(f.Path))
		l.read.Add(int64(len(content)))
		if err := fn(f, content, nil); err != nil {
			return err
		}
	}
	return nil
}

// records gives a source of large records.
func records(number, bytes int) *large {
	l := &large{content: func(file string) string {
		return fmt.Sprintf("docid:\n- id: %s\n  type: X\n  primary: true\nabstract:\n- content: %s\n", file, strings.Repeat("x", bytes))
	}}
	for i := range number {
		l.paths = append(l.paths, fmt.Sprintf("data/%03d.yaml", i))
	}
	return l
}

func (l *large) indexer(w indexing.Writer) *indexing.Indexer {
	return indexing.New(func(string) (indexing.Source, error) {
		return indexing.Source{URL: "u", Branch: "b", Repository: l}, nil
	}, held{writer: w})
}

// held is a store that has nothing yet.
type held struct {
	indexing.Store
	writer indexing.Writer
}

func (held) State(context.Context, string) (indexing.State, error) { return indexing.State{}, nil }

func (held) Blobs(context.Context, string) (map[string]string, error) { return nil, nil }

func (h held) Publish(ctx context.Context, _ string, write func(context.Context, indexing.Writer) error) error {
	return write(ctx, h.writer)
}

// weighing is a writer that keeps nothing, and weighs what it gets.
type weighing struct {
	indexing.Writer
	batches []int // bytes
	stale   []int64
	sizes   map[int64]int
	rebuilt [][]int64 // documents of which the records were asked for
	put     int       // documents
}

func (w *weighing) Put(_ context.Context, records []*indexing.Record) error {
	bytes := 0
	for _, r := range records {
		bytes += len(r.Original) + len(r.Body)
	}
	w.batches = append(w.batches, bytes)
	return nil
}

func (w *weighing) PutFiles(_ context.Context, files []*indexing.File) error {
	bytes := 0
	for _, f := range files {
		bytes += len(f.XML)
	}
	w.batches = append(w.batches, bytes)
	return nil
}

func (w *weighing) RemoveFiles(context.Context, []string) error { return nil }

func (w *weighing) Stale(context.Context) ([]int64, error) { return w.stale, nil }

func (w *weighing) Sizes(context.Context, []int64) (map[int64]int, error) { return w.sizes, nil }

func (w *weighing) Records(_ context.Context, documents []int64) (map[int64][]merge.Record, error) {
	w.rebuilt = append(w.rebuilt, documents)
	return nil, nil
}

func (w *weighing) RemoveDocuments(context.Context, []int64) error { return nil }

func (w *weighing) NewestDates(context.Context, []docid.ID) (map[docid.ID]string, error) {
	return nil, nil
}

func (w *weighing) PutDocuments(_ context.Context, documents []*indexing.Document) error {
	w.put += len(documents)
	return nil
}

func (w *weighing) Save(context.Context, indexing.State) (int, error) { return 0, nil }

const megabyte = 1 << 20

func TestLargeRecordsAreStoredFewAtOnce(t *testing.T) {
	t.Parallel()
	var w weighing
	outcome, err := records(40, 4*megabyte).indexer(&w).Run(t.Context(), indexing.Request{Dataset: "misc"}, nil)
	require.NoError(t, err)
	require.Equal(t, 40, outcome.Added)
	require.Len(t, w.batches, 5, "eight of 4 MB each, whose JSON is cut to its limits")
	for _, bytes := range w.batches {
		require.Less(t, bytes, 33*megabyte)
	}
}

func TestLargeFilesOfTheArchiveAreStoredFewAtOnce(t *testing.T) {
	t.Parallel()
	archive := &large{content: func(file string) string {
		if strings.HasSuffix(file, ".yaml") {
			return "primary_docid: X 1\n"
		}
		return strings.Repeat("x", 8*megabyte)
	}}
	for i := range 10 {
		name := fmt.Sprintf("bibxml2/reference.%d", i)
		archive.paths = append(archive.paths, name+".xml", name+".yaml")
	}
	var w weighing
	outcome, err := archive.indexer(&w).Run(t.Context(), indexing.Request{Dataset: indexing.Archive}, nil)
	require.NoError(t, err)
	require.Equal(t, 10, outcome.Added)
	require.Equal(t, []int{32 * megabyte, 32 * megabyte, 16 * megabyte}, w.batches)
}

// What is read ahead is nobody's yet: however large the files are, there is an end of it.
func TestLargeFilesAreReadAheadOnlyAsFarAsThereIsRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source := records(60, 8*megabyte-200)
		x := source.indexer(&weighing{})
		require.NoError(t, x.Prepare(t.Context(), indexing.Request{Dataset: "misc", Run: "r"}))
		synctest.Wait()
		require.LessOrEqual(t, source.read.Load(), int64(40*megabyte), "32 MB, and the file that there is no room for")

		outcome, err := x.Run(t.Context(), indexing.Request{Dataset: "misc"}, nil)
		require.NoError(t, err)
		require.Equal(t, 60, outcome.Added)
	})
}

func TestLargeDocumentsAreMergedFewAtOnce(t *testing.T) {
	t.Parallel()
	w := weighing{
		stale: []int64{1, 2, 3, 4, 5, 6, 7},
		sizes: map[int64]int{1: 100 * megabyte, 2: 10 * megabyte, 3: 10 * megabyte, 4: 10 * megabyte, 5: 10 * megabyte, 6: 1},
	}
	_, err := records(1, 1).indexer(&w).Run(t.Context(), indexing.Request{Dataset: "misc"}, nil)
	require.NoError(t, err)
	require.Equal(t, [][]int64{{1}, {2, 3, 4}, {5, 6, 7}}, w.rebuilt)
}

// Documents without a date wait for those of their parts until all records are stored.
func TestFewLargeDocumentsWaitForTheirDate(t *testing.T) {
	t.Parallel()
	source := records(400, 90_000)
	content := source.content
	source.content = func(file string) string {
		return content(file) + "relation:\n- type: includes\n  bibitem:\n    formattedref: X 1\n"
	}
	var w weighing
	_, err := source.indexer(&w).Run(t.Context(), indexing.Request{Dataset: "misc"}, nil)
	require.NoError(t, err)
	require.Equal(t, 372, w.put, "of 90 KB and a little each")
	require.Len(t, w.rebuilt, 1)
	require.Len(t, w.rebuilt[0], 28)
}
