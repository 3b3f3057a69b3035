package app

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
)

var update = flag.Bool("update", false, "write the table into docs/metrics.md")

// away is the service without a database, which is enough to know what it measures.
func away(t *testing.T) *App {
	t.Helper()
	cfg, err := config.Load(func(name string) string {
		return map[string]string{"DATABASE_URL": "postgres://nobody:x@127.0.0.1:9/none?sslmode=disable"}[name]
	})
	require.NoError(t, err)
	a, err := New(t.Context(), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	return a
}

type described struct{ labels, help string }

var descForm = regexp.MustCompile(`^Desc\{fqName: "(.*?)", help: "(.*)", unit: ".*", constLabels: \{(.*)\}, variableLabels: \{(.*)\}\}$`)

// measured gives every metric of both roles, those without values yet included.
func measured(t *testing.T) map[string]described {
	t.Helper()
	a := away(t)
	descs := make(chan *prometheus.Desc)
	go func() {
		defer close(descs)
		a.metrics.Describe(descs)
		a.indexMetrics().Describe(descs)
	}()
	all := map[string]described{}
	for desc := range descs {
		parts := descForm.FindStringSubmatch(desc.String())
		require.NotNil(t, parts, desc)
		var labels []string
		for pair := range strings.SplitSeq(parts[3], ",") {
			if name, _, found := strings.Cut(pair, "="); found {
				labels = append(labels, name)
			}
		}
		if parts[4] != "" {
			labels = append(labels, strings.Split(parts[4], ",")...)
		}
		all[parts[1]] = described{strings.Join(labels, " "), strings.ReplaceAll(parts[2], `\"`, `"`)}
	}
	return all
}

// The table of docs/metrics.md says what the code measures; scripts/check-ops holds the labels in
// dashboards and alerts against it.
func TestMetricsAreDocumented(t *testing.T) {
	const page, from, to = "../docs/metrics.md", "<!-- table -->\n", "<!-- end of table -->\n"
	content, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(content), from)
	require.True(t, found)
	kept, after, found := strings.Cut(rest, to)
	require.True(t, found)
	all := measured(t)
	table := "| metric | labels | what it tells |\n|---|---|---|\n"
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(name, "bibxml_") {
			table += fmt.Sprintf("| `%s` | %s | %s |\n", name, all[name].labels, all[name].help)
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(before+from+table+to+after), 0o644))
		return
	}
	require.Equal(t, table, kept, "run: go test ./app -run TestMetricsAreDocumented -update")
}

// While the database is away the worker tells so, and is not started anew for it.
func TestWorkerWithoutDatabase(t *testing.T) {
	pages := away(t).workerPages()
	for path, want := range map[string]string{
		"/metrics":  "\nbibxml_database_up 0\n",
		"/metrics/": "\nbibxml_build_info{",
		"/healthz/": "ok\n",
	} {
		recorder := httptest.NewRecorder()
		pages.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		require.Equal(t, 200, recorder.Code, path)
		require.Contains(t, recorder.Body.String(), want, path)
	}
}

func TestWorkerTellsOfItsSources(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	recorder := httptest.NewRecorder()
	s.workerPages().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		"\nbibxml_database_up 1\n",
		`bibxml_indexing_last_run_success{dataset="rfcs"} 1`,
		`bibxml_indexing_runs_total{dataset="rfcs",outcome="success"} 1`,
		`bibxml_source_age_seconds{dataset="ids"} +Inf`,
		`bibxml_queue_jobs{state="completed"} 1`,
		`bibxml_db_pool_connections_max{pool="worker"} 8`,
	} {
		require.Contains(t, recorder.Body.String(), want)
	}
}

// Of a source of which some records alone were indexed nobody can say how old it is.
func TestAgeOfASourceThatWasNeverIndexedInFull(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	_, err := s.Index(t.Context(), "ids", []string{"draft-iab-xml2rfc-04"}, false, func(string, int, int) {})
	require.NoError(t, err)
	require.Contains(t, s.get(t, "/healthz/").body, "\nids never stale\n")
	recorder := httptest.NewRecorder()
	s.workerPages().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Contains(t, recorder.Body.String(), `bibxml_source_age_seconds{dataset="ids"} +Inf`)
	require.Contains(t, recorder.Body.String(), `bibxml_source_records{dataset="ids"} 1`)
	require.NotContains(t, recorder.Body.String(), `bibxml_indexing_last_run_success{dataset="ids"}`)

	s.index(t, "ids")
	require.NotContains(t, s.get(t, "/healthz/").body, "\nids never")
}
