package metrics

import (
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// Reasons for which a search is refused.
const (
	RefusedTime   = "time"   // its client has used up its time
	RefusedClient = "client" // its client has too many under way
	RefusedLoad   = "load"   // others have too many under way
)

// Searches measures the admission of searches.
type Searches struct {
	refused *prometheus.CounterVec
	load    atomic.Pointer[func() (running, waiting int)]
}

func newSearches(reg prometheus.Registerer) *Searches {
	s := &Searches{refused: prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "bibxml_searches_refused_total",
		Help: "Searches that were refused: time, its client had used up its time; client, its client had too many under way; load, others had.",
	}, []string{"reason"})}
	for _, reason := range []string{RefusedTime, RefusedClient, RefusedLoad} {
		s.refused.WithLabelValues(reason)
	}
	gauge := func(name, help string, value func(running, waiting int) int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			if load := s.load.Load(); load != nil {
				return float64(value((*load)()))
			}
			return 0
		})
	}
	reg.MustRegister(s.refused,
		gauge("bibxml_searches_running", "Searches that run.", func(running, _ int) int { return running }),
		gauge("bibxml_searches_waiting", "Searches that wait for their turn.", func(_, waiting int) int { return waiting }))
	return s
}

// Watch reads how many searches run and wait from the function, from now on.
func (s *Searches) Watch(load func() (running, waiting int)) { s.load.Store(&load) }

// Refused counts a search that was refused.
func (s *Searches) Refused(reason string) { s.refused.WithLabelValues(reason).Inc() }
