package metrics

import (
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// Cache measures the cache of answers of a web process.
type Cache struct {
	hits, misses, bypassed, stale prometheus.Counter

	size atomic.Pointer[func() (entries int, bytes uint64)]
}

func newCache(reg prometheus.Registerer) *Cache {
	asked := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "bibxml_answer_cache_requests_total",
		Help: "Answers asked of the cache: hit, miss, and while the state of the index is unknown bypass, or stale for a hit that the database could not confirm.",
	}, []string{"result"})
	c := &Cache{
		hits:     asked.WithLabelValues("hit"),
		misses:   asked.WithLabelValues("miss"),
		bypassed: asked.WithLabelValues("bypass"),
		stale:    asked.WithLabelValues("stale"),
	}
	gauge := func(name, help string, value func(entries int, bytes uint64) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			if size := c.size.Load(); size != nil {
				return value((*size)())
			}
			return 0
		})
	}
	reg.MustRegister(
		asked,
		gauge("bibxml_answer_cache_entries", "Answers in the cache.", func(entries int, _ uint64) float64 { return float64(entries) }),
		gauge("bibxml_answer_cache_bytes", "Memory that the answers in the cache take, estimated.", func(_ int, bytes uint64) float64 { return float64(bytes) }),
	)
	return c
}

// Watch tells the cache how large it is, from now on.
func (c *Cache) Watch(size func() (entries int, bytes uint64)) { c.size.Store(&size) }

// Hit counts an answer that came from the cache.
func (c *Cache) Hit() { c.hits.Inc() }

// Miss counts an answer that had to be made.
func (c *Cache) Miss() { c.misses.Inc() }

// Bypass counts an answer that was made because nobody knew whether the cache was up to date.
func (c *Cache) Bypass() { c.bypassed.Inc() }

// Stale counts an answer that came from the cache although the database could not confirm it.
func (c *Cache) Stale() { c.stale.Inc() }
