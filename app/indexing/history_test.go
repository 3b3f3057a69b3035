package indexing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// history gives what is remembered of all records, in order.
func (w *world) history() []string {
	w.t.Helper()
	return value[[]string](w, `SELECT coalesce(array_agg(kind || ' ' || ref || ': ' || coalesce(
		(SELECT string_agg((f ->> 'path') || ' ' || coalesce(f ->> 'before', '') || ' → ' || coalesce(f ->> 'after', ''), '; ') FROM jsonb_array_elements(fields) AS f), '')
		ORDER BY id), '{}') FROM record_changes`)
}

func TestWhatBecameOfRecordsIsRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", rfcs())
	w.index("rfcs")
	require.Empty(t, w.history(), "a first indexing is no news")

	rfcs.commit(map[string]string{
		"data/RFC2119.yaml": gone, "data/RFC9000.yaml": strings.Replace(rfc9000, "2021-05", "2021-06", 1),
		"data/RFC9001.yaml": strings.ReplaceAll(rfc9000, "9000", "9001"),
	})
	w.index("rfcs")
	require.Equal(t, []string{"removed RFC2119: ", "changed RFC9000: date[0].value 2021-05 → 2021-06", "added RFC9001: "}, w.history())
	require.Equal(t, value[string](w, `SELECT commit_hash FROM sources`), value[string](w, `SELECT DISTINCT commit_hash FROM record_changes`))
	require.Equal(t, []string{"RFC 2119", "IETF"}, value[[]string](w, `SELECT ARRAY[docid, docid_type] FROM record_changes WHERE kind = 'removed'`))

	w.run(indexing.Request{Dataset: "rfcs", Force: true})
	require.Len(t, w.history(), 3, "forced: nothing has changed")

	rfcs.commit(map[string]string{"data/RFC9000.yaml": "# another word on it\n" + strings.Replace(rfc9000, "2021-05", "2021-06", 1)})
	require.Equal(t, 1, w.index("rfcs").Changed)
	require.Len(t, w.history(), 3, "the file says what it said")

	rfcs.commit(map[string]string{"data/RFC9000.yaml": broken})
	w.index("rfcs")
	require.Len(t, w.history(), 3, "what cannot be read changes nothing")
}

func TestWhatIsNotRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	archive := w.source(indexing.Archive, map[string]string{"bibxml2/reference.A.xml": "<a/>"})
	w.index(indexing.Archive)
	archive.commit(map[string]string{"bibxml2/reference.B.xml": "<b/>"})
	w.index(indexing.Archive)
	require.Empty(t, w.history(), "the archive has no records")

	rfcs := w.source("rfcs", rfcs())
	w.index("rfcs")
	rfcs.commit(map[string]string{"data/RFC9000.yaml": gone})
	_, err := indexing.New(w.open, w.db.Index(epoch+1)).Run(t.Context(), indexing.Request{Dataset: "rfcs"}, nil)
	require.Equal(t, fault.Conflict, fault.Of(err))
	require.Empty(t, w.history(), "what is not published did not happen")

	w.run(indexing.Request{Dataset: "rfcs", Action: indexing.Reset})
	w.index("rfcs")
	require.Empty(t, w.history(), "nor did a source change that was reset")
}

// A record that is indexed by itself does not make the rest of its source news.
func TestRecordsBeforeTheFirstFullIndexingAreNoNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", rfcs())
	some := func(refs ...string) { w.run(indexing.Request{Dataset: "rfcs", Refs: refs}) }
	some("RFC9000")
	some("RFC9000", "RFC2119")
	w.index("rfcs")
	require.Empty(t, w.history(), "it was never indexed before")

	w.run(indexing.Request{Dataset: "rfcs", Action: indexing.Reset})
	some("RFC9000")
	require.Equal(t, 1, w.index("rfcs").Added)
	require.Empty(t, w.history(), "nor since it was reset")

	rfcs.commit(map[string]string{"data/RFC9001.yaml": strings.ReplaceAll(rfc9000, "9000", "9001")})
	some("RFC9001")
	require.Equal(t, []string{"added RFC9001: "}, w.history(), "from now on it is")
}

// A source whose files could all not be read was indexed: what is mended is new.
func TestRecordsOfASourceThatHadNoneAreNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", map[string]string{"data/RFC9000.yaml": broken})
	w.index("rfcs")
	rfcs.commit(map[string]string{"data/RFC9000.yaml": rfc9000})
	w.index("rfcs")
	require.Equal(t, []string{"added RFC9000: "}, w.history())
}

func TestLongTitlesAreRememberedInPart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rfcs := w.source("rfcs", rfcs())
	w.index("rfcs")
	rfcs.commit(map[string]string{"data/long.yaml": "title: " + strings.Repeat("é", 2000) + "\n"})
	w.index("rfcs")
	require.Equal(t, strings.Repeat("é", 500)+"…", value[string](w, `SELECT title FROM record_changes`))
}

func TestEverythingOfALargeChangeIsRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := func(year int) map[string]string {
		all := make(map[string]string)
		for i := range 2100 {
			all[fmt.Sprintf("data/r%04d.yaml", i)] = fmt.Sprintf("docid: [{id: R %d, type: X, primary: true}]\ndate: [{type: published, value: %d}]\n", i, year)
		}
		return all
	}
	misc := w.source("misc", files(2020))
	w.index("misc")
	misc.commit(files(2021))
	require.Equal(t, 2100, w.index("misc").Changed)
	lines := w.history()
	require.Len(t, lines, 2100)
	for _, line := range lines {
		require.Contains(t, line, "date[0].value 2020 → 2021")
	}
	require.Equal(t, 2100, value[int](w, `SELECT count(DISTINCT ref) FROM record_changes`))
}
