package metrics

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func state(sources []Source, queue Queue, err error) *prometheus.Registry {
	reg := prometheus.NewRegistry()
	RegisterIndex(reg, Index{
		Datasets: []string{"rfcs", "nist"}, StaleAfter: time.Hour,
		Sources: func(context.Context) ([]Source, error) { return sources, nil },
		Queue:   func(context.Context) (Queue, error) { return queue, err },
	})
	return reg
}

func TestIndexState(t *testing.T) {
	reg := state(
		[]Source{{Dataset: "rfcs", Checked: time.Unix(1_750_000_000, 0), Age: time.Minute, Records: 9000, Problems: 3, Unreadable: 1}, {Dataset: "nist", Never: true, Checked: time.Unix(1_750_000_000, 0), Records: 1}},
		Queue{
			Jobs: map[string]int{"available": 2, "running": 1}, Oldest: 90 * time.Second,
			Last: []LastRun{{Dataset: "rfcs", Took: 2 * time.Second}, {Dataset: "nist", Failed: true, Took: time.Second}},
		}, nil)
	want := `
# HELP bibxml_database_up Whether the database answered when these metrics were collected (1 or 0).
# TYPE bibxml_database_up gauge
bibxml_database_up 1
# HELP bibxml_indexing_last_run_duration_seconds Time that the newest full indexing of a source took.
# TYPE bibxml_indexing_last_run_duration_seconds gauge
bibxml_indexing_last_run_duration_seconds{dataset="nist"} 1
bibxml_indexing_last_run_duration_seconds{dataset="rfcs"} 2
# HELP bibxml_indexing_last_run_success Whether the newest full indexing of a source succeeded (1 or 0).
# TYPE bibxml_indexing_last_run_success gauge
bibxml_indexing_last_run_success{dataset="nist"} 0
bibxml_indexing_last_run_success{dataset="rfcs"} 1
# HELP bibxml_indexing_last_success_timestamp_seconds When all of a source was last looked at without failure.
# TYPE bibxml_indexing_last_success_timestamp_seconds gauge
bibxml_indexing_last_success_timestamp_seconds{dataset="rfcs"} 1.75e+09
# HELP bibxml_queue_jobs Jobs in the queue, by state.
# TYPE bibxml_queue_jobs gauge
bibxml_queue_jobs{state="available"} 2
bibxml_queue_jobs{state="running"} 1
# HELP bibxml_queue_oldest_waiting_seconds How long the request that waits longest has been waiting; 0: none waits.
# TYPE bibxml_queue_oldest_waiting_seconds gauge
bibxml_queue_oldest_waiting_seconds 90
# HELP bibxml_source_age_seconds Time since all of a source was last looked at without failure; infinite when it never was.
# TYPE bibxml_source_age_seconds gauge
bibxml_source_age_seconds{dataset="nist"} +Inf
bibxml_source_age_seconds{dataset="rfcs"} 60
# HELP bibxml_source_problems Records of a source with problems, and files of it that could not be read.
# TYPE bibxml_source_problems gauge
bibxml_source_problems{dataset="nist"} 0
bibxml_source_problems{dataset="rfcs"} 3
# HELP bibxml_source_records Records of a source.
# TYPE bibxml_source_records gauge
bibxml_source_records{dataset="nist"} 1
bibxml_source_records{dataset="rfcs"} 9000
# HELP bibxml_source_stale_after_seconds Age from which a source counts as stale (STALE_AFTER); 0: never.
# TYPE bibxml_source_stale_after_seconds gauge
bibxml_source_stale_after_seconds 3600
# HELP bibxml_source_unreadable Files of a source that could not be read as records.
# TYPE bibxml_source_unreadable gauge
bibxml_source_unreadable{dataset="nist"} 0
bibxml_source_unreadable{dataset="rfcs"} 1
`
	if err := testutil.GatherAndCompare(reg, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}

// Half of the truth would raise wrong alarms.
func TestIndexStateOfADatabaseThatIsAway(t *testing.T) {
	want := `
# HELP bibxml_database_up Whether the database answered when these metrics were collected (1 or 0).
# TYPE bibxml_database_up gauge
bibxml_database_up 0
`
	reg := state([]Source{{Dataset: "rfcs"}}, Queue{}, errors.New("away"))
	if err := testutil.GatherAndCompare(reg, strings.NewReader(want)); err != nil {
		t.Error(err)
	}
}
