package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const someCases = `{"group":"search","method":"GET","path":"/api/v1/search/x/?query_format=json_path","body":"{}"}
{"group":"search","method":"GET","path":"/api/v1/search/x/"}
{"group":"misc","method":"POST","path":"/old","send":{"X-IETF-Token":"secret"},"send_body":"refs=a"}
`

func TestRecordedRequests(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "api.jsonl.gz"))
	require.NoError(t, err)
	w := gzip.NewWriter(f)
	_, err = io.WriteString(w, someCases)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.NoError(t, f.Close())

	var posted string
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			body, _ := io.ReadAll(r.Body)
			posted = string(body) + " " + r.Header.Get("X-IETF-Token")
			http.Redirect(w, r, "/gone", http.StatusFound)
			return
		}
		http.Error(w, "no", http.StatusNotFound)
	}))
	defer service.Close()
	cases, err := readCases(dir)
	require.NoError(t, err)
	groups, err := measure(t.Context(), service.URL, cases)
	require.NoError(t, err)
	require.Len(t, groups["search json_path"], 1)
	require.Len(t, groups["search"], 1)
	require.Len(t, groups["misc"], 1, "a redirect is not followed")
	require.Equal(t, "refs=a secret", posted)

	none, err := readCases(t.TempDir())
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestRow(t *testing.T) {
	for _, c := range []struct {
		name, group string
		took        []time.Duration
		long        bool
	}{
		{"quick", "ref", []time.Duration{time.Millisecond, 9 * time.Millisecond}, false},
		{"slow as a rule", "ref", []time.Duration{time.Millisecond, mostP95}, true},
		{"one that is slow", "ref", append(make([]time.Duration, 99), mostMax), true},
		{"one below", "ref", append(make([]time.Duration, 99), mostMax-1), false},
		{"all but those that read everything", allButWhole(), []time.Duration{mostP95}, true},
		{"reads everything", "search json_path", []time.Duration{mostOfWhole - 1}, false},
		{"and takes too long", "search json_repr", []time.Duration{mostOfWhole}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var all timings
			for _, took := range c.took {
				all = append(all, timed{took, "/a?b=c|d%20`e`"})
			}
			row := all.row(c.group)
			require.Equal(t, c.long, strings.Contains(row, "too long"), row)
			require.True(t, strings.HasSuffix(row, "| `/a?b=c\\|d 'e'` |"), row)
		})
	}
	require.Len(t, []rune(inTable(strings.Repeat("ü", 200))), 121)
}
