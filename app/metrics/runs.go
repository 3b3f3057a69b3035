package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Runs measures the indexings that a worker process does. What became of them for good stands in the
// database: see Index.
type Runs struct {
	ended *prometheus.CounterVec
	took  *prometheus.HistogramVec
}

const failure = "failure"

// NewRuns makes the collectors of a worker and registers them. Every dataset is there from the start:
// a counter that appears with its first failure would hide that failure from increase().
func NewRuns(reg prometheus.Registerer, datasets []string) *Runs {
	r := &Runs{
		ended: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bibxml_indexing_runs_total", Help: "Indexings that ended, by source and outcome: success or failure.",
		}, []string{"dataset", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bibxml_indexing_duration_seconds", Help: "Time that an indexing took, by source.",
			Buckets: []float64{.1, .5, 1, 5, 15, 60, 300, 900, 3600},
		}, []string{"dataset"}),
	}
	for _, dataset := range datasets {
		r.ended.WithLabelValues(dataset, Success)
		r.ended.WithLabelValues(dataset, failure)
		r.took.WithLabelValues(dataset)
	}
	reg.MustRegister(r.ended, r.took)
	return r
}

// Ended counts an indexing of a dataset that took a while and failed with err, or nil.
func (r *Runs) Ended(dataset string, took time.Duration, err error) {
	r.took.WithLabelValues(dataset).Observe(took.Seconds())
	outcome := Success
	if err != nil {
		outcome = failure
	}
	r.ended.WithLabelValues(dataset, outcome).Inc()
}
