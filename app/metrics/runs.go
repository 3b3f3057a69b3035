package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Runs measures the indexings of a worker.
type Runs struct {
	ended   *prometheus.CounterVec
	took    *prometheus.HistogramVec
	success *prometheus.GaugeVec
}

// NewRuns makes the collectors of a worker and registers them.
func NewRuns(reg prometheus.Registerer) *Runs {
	r := &Runs{
		ended: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bibxml_indexing_runs_total", Help: "Indexings that ended, by source and outcome.",
		}, []string{"dataset", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bibxml_indexing_duration_seconds", Help: "Time that an indexing took, by source.",
			Buckets: []float64{.1, .5, 1, 5, 15, 60, 300, 900, 3600},
		}, []string{"dataset"}),
		success: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "bibxml_indexing_last_success_timestamp_seconds", Help: "When a source was last indexed without failure.",
		}, []string{"dataset"}),
	}
	reg.MustRegister(r.ended, r.took, r.success)
	return r
}

// Ended counts an indexing of a dataset that took a while and failed with err, or nil.
func (r *Runs) Ended(dataset string, took time.Duration, err error) {
	r.took.WithLabelValues(dataset).Observe(took.Seconds())
	if err != nil {
		r.ended.WithLabelValues(dataset, "failure").Inc()
		return
	}
	r.ended.WithLabelValues(dataset, Success).Inc()
	r.success.WithLabelValues(dataset).SetToCurrentTime()
}
