package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// External measures what is asked of services of others. Answers that are kept count as hits like any other,
// and not here.
type External struct {
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

// NewExternal makes the collectors and registers them.
func NewExternal(reg prometheus.Registerer) *External {
	e := &External{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bibxml_external_requests_total", Help: "Look-ups at external sources, by source and outcome.",
		}, []string{"source", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bibxml_external_request_duration_seconds", Help: "Time that a look-up at an external source took, by source.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		}, []string{"source"}),
	}
	reg.MustRegister(e.requests, e.took)
	return e
}

// Of gives what notes the look-ups at one source.
func (e *External) Of(source string) func(outcome string, took time.Duration) {
	return func(outcome string, took time.Duration) {
		e.requests.WithLabelValues(source, outcome).Inc()
		e.took.WithLabelValues(source).Observe(took.Seconds())
	}
}
