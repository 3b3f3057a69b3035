package metrics

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestExternal(t *testing.T) {
	reg := prometheus.NewRegistry()
	external := NewExternal(reg)
	note := external.Of("crossref")
	note("success", time.Second)
	note("success", time.Second)
	note("timeout", time.Second)
	external.Of("datatracker")("rejected", 0)

	want := `
# HELP bibxml_external_requests_total Look-ups at external sources, by source and outcome.
# TYPE bibxml_external_requests_total counter
bibxml_external_requests_total{outcome="rejected",source="datatracker"} 1
bibxml_external_requests_total{outcome="success",source="crossref"} 2
bibxml_external_requests_total{outcome="timeout",source="crossref"} 1
`
	if err := testutil.GatherAndCompare(reg, strings.NewReader(want), "bibxml_external_requests_total"); err != nil {
		t.Error(err)
	}
	if got := testutil.CollectAndCount(external.took); got != 2 {
		t.Errorf("%d histograms, want one for each source", got)
	}
}
