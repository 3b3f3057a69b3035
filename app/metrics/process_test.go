package metrics

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestPools(t *testing.T) {
	reg := prometheus.NewRegistry()
	RegisterPools(reg, func() []Pool {
		return []Pool{{Name: "web", Max: 16, InUse: 3, Idle: 2, Waits: 7, Waited: 1500 * time.Millisecond}}
	})
	want := `
# HELP bibxml_db_pool_connections Connections to the database, by what they do: in_use or idle.
# TYPE bibxml_db_pool_connections gauge
bibxml_db_pool_connections{pool="web",state="idle"} 2
bibxml_db_pool_connections{pool="web",state="in_use"} 3
# HELP bibxml_db_pool_connections_max The most connections that a pool may have.
# TYPE bibxml_db_pool_connections_max gauge
bibxml_db_pool_connections_max{pool="web"} 16
# HELP bibxml_db_pool_wait_seconds_total Time spent waiting for connections.
# TYPE bibxml_db_pool_wait_seconds_total counter
bibxml_db_pool_wait_seconds_total{pool="web"} 1.5
# HELP bibxml_db_pool_waits_total How often somebody had to wait for a connection.
# TYPE bibxml_db_pool_waits_total counter
bibxml_db_pool_waits_total{pool="web"} 7
`
	if err := testutil.GatherAndCompare(reg, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}

func TestCacheTellsItsSize(t *testing.T) {
	reg := prometheus.NewRegistry()
	NewHits(reg).Cache.Watch(func() (int, uint64) { return 5, 4096 })
	want := `
# HELP bibxml_answer_cache_bytes Memory that the answers in the cache take, estimated.
# TYPE bibxml_answer_cache_bytes gauge
bibxml_answer_cache_bytes 4096
# HELP bibxml_answer_cache_entries Answers in the cache.
# TYPE bibxml_answer_cache_entries gauge
bibxml_answer_cache_entries 5
`
	if err := testutil.GatherAndCompare(reg, strings.NewReader(want), "bibxml_answer_cache_bytes", "bibxml_answer_cache_entries"); err != nil {
		t.Error(err)
	}
}

// A failure that is the first of its source must be an increase, not a new series.
func TestRunsBeginAtZero(t *testing.T) {
	reg := prometheus.NewRegistry()
	runs := NewRuns(reg, []string{"rfcs"})
	want := func(success, failure int) string {
		return strings.NewReplacer("S", string(rune('0'+success)), "F", string(rune('0'+failure))).Replace(`
# HELP bibxml_indexing_runs_total Indexings that ended, by source and outcome: success or failure.
# TYPE bibxml_indexing_runs_total counter
bibxml_indexing_runs_total{dataset="rfcs",outcome="failure"} F
bibxml_indexing_runs_total{dataset="rfcs",outcome="success"} S
`)
	}
	for _, step := range []struct {
		name             string
		do               func()
		success, failure int
	}{
		{"nothing yet", func() {}, 0, 0},
		{"success", func() { runs.Ended("rfcs", time.Second, nil) }, 1, 0},
		{"failure", func() { runs.Ended("rfcs", time.Second, errors.New("no network")) }, 1, 1},
	} {
		step.do()
		if err := testutil.GatherAndCompare(reg, strings.NewReader(want(step.success, step.failure)), "bibxml_indexing_runs_total"); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
}

func TestRequestsAreCountedByClass(t *testing.T) {
	reg := prometheus.NewRegistry()
	hits := NewHits(reg)
	for _, status := range []int{200, 204, 304, 503} {
		hits.Request("/api/v1/by-docid/", "GET", status, time.Millisecond)
	}
	for class, want := range map[string]int{"2xx": 2, "3xx": 1, "5xx": 1} {
		if got := observations(t, reg, class); got != want {
			t.Errorf("requests of class %s = %d, want %d", class, got, want)
		}
	}
}

// observations reads how many requests of a class were measured.
func observations(t *testing.T, reg *prometheus.Registry, class string) int {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() != "bibxml_http_request_duration_seconds" {
			continue
		}
		for _, metric := range family.GetMetric() {
			for _, label := range metric.GetLabel() {
				if label.GetName() == "status" && label.GetValue() == class {
					return int(metric.GetHistogram().GetSampleCount())
				}
			}
		}
	}
	return 0
}
