// Package metrics holds the collectors of the service. They are registered on a registerer that the
// caller gives, so that tests and several roles in one process do not share counts.
package metrics

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// maxLabels bounds the values of a label that visitors choose. Beyond it they are counted as "other":
// every value costs about 300 bytes for as long as the process lives.
const maxLabels = 20_000

// Outcomes of a look-up, as the dashboards of the service that ours replaces know them.
const (
	Success            = "success"
	SuccessFallback    = "success_fallback"
	NotFound           = "not_found"
	FallbackToSearch   = "fallback_to_search"
	ValidationError    = "validation_error"
	SerializationError = "serialization_error"
)

// Hits counts what visitors and tools asked for; the names and labels are those of today's dashboards
// (compatibility, section 8).
type Hits struct {
	home      prometheus.Counter
	guiSearch *prometheus.CounterVec
	guiItem   *prometheus.CounterVec
	apiSearch *prometheus.CounterVec
	apiItem   *prometheus.CounterVec
	xml2rfc   *prometheus.CounterVec
	http      *prometheus.HistogramVec

	// Cache measures the cache of answers.
	Cache *Cache
	// Searches measures the admission of searches.
	Searches *Searches

	documents *bounded
	paths     *bounded
}

// NewHits makes the counters of a web process and registers them, together with those of the Go runtime.
func NewHits(reg prometheus.Registerer) *Hits {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		vec := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
		reg.MustRegister(vec)
		return vec
	}
	h := &Hits{
		home: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "bibxml_service_gui_home_page_hits_total", Help: "Home page hits.",
		}),
		guiSearch: counter("bibxml_service_gui_search_hits_total", "Searches in the browser.", "query_format", "got_results"),
		guiItem:   counter("bibxml_service_gui_bibitem_hits_total", "Document pages asked for.", "document_id", "outcome"),
		apiSearch: counter("bibxml_service_api_search_hits_total", "Searches through the API.", "query_format", "got_results"),
		apiItem:   counter("bibxml_service_api_bibitem_hits_total", "Documents asked of the API.", "document_id", "outcome", "format"),
		xml2rfc:   counter("bibxml_service_xml2rfc_api_bibitem_hits_total", "xml2rfc paths asked for.", "path", "outcome"),
		http: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bibxml_http_request_duration_seconds", Help: "Time to answer, by route, method and class of status.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "method", "status"}),
		Cache:     newCache(reg),
		Searches:  newSearches(reg),
		documents: newBounded(maxLabels),
		paths:     newBounded(maxLabels),
	}
	reg.MustRegister(h.home, h.http, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return h
}

// Home counts a hit on the home page.
func (h *Hits) Home() { h.home.Inc() }

// Search counts a search; api tells the API from the browser. total is what was found, limit the most
// that is ever found.
func (h *Hits) Search(api bool, format string, total, limit int) {
	got := "yes"
	switch {
	case total == 0:
		got = "no"
	case total >= limit:
		got = "too_many"
	}
	if api {
		h.apiSearch.WithLabelValues(format, got).Inc()
		return
	}
	h.guiSearch.WithLabelValues(format, got).Inc()
}

// Page counts a document page asked for.
func (h *Hits) Page(document, outcome string) {
	h.guiItem.WithLabelValues(h.documents.value(document), outcome).Inc()
}

// Item counts a document asked of the API.
func (h *Hits) Item(document, outcome, format string) {
	h.apiItem.WithLabelValues(h.documents.value(document), outcome, format).Inc()
}

// Path counts an xml2rfc path asked for.
func (h *Hits) Path(path, outcome string) {
	h.xml2rfc.WithLabelValues(h.paths.value(path), outcome).Inc()
}

// Request records how long a request of a route took. Statuses are counted by class: a series costs
// sixteen numbers, and the log has the rest.
func (h *Hits) Request(route, method string, status int, took time.Duration) {
	h.http.WithLabelValues(route, method, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}
