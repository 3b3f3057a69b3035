package metrics

import (
	"fmt"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

func TestSearchOutcomes(t *testing.T) {
	reg := prometheus.NewRegistry()
	hits := NewHits(reg)
	hits.Search(true, "websearch", 0, 400)
	hits.Search(true, "websearch", 399, 400)
	hits.Search(true, "websearch", 400, 400)
	hits.Search(false, "docid_regex", 3, 400)

	want := `
# HELP bibxml_service_api_search_hits_total Searches through the API.
# TYPE bibxml_service_api_search_hits_total counter
bibxml_service_api_search_hits_total{got_results="no",query_format="websearch"} 1
bibxml_service_api_search_hits_total{got_results="too_many",query_format="websearch"} 1
bibxml_service_api_search_hits_total{got_results="yes",query_format="websearch"} 1
`
	if err := testutil.GatherAndCompare(reg, strings.NewReader(want), "bibxml_service_api_search_hits_total"); err != nil {
		t.Error(err)
	}
	if got := testutil.ToFloat64(hits.guiSearch.WithLabelValues("docid_regex", "yes")); got != 1 {
		t.Errorf("searches in the browser = %v, want 1", got)
	}
}

func TestVisitorsCannotGrowLabelsWithoutBound(t *testing.T) {
	b := newBounded(3)
	for i := range 3 {
		if got := b.value(fmt.Sprint("RFC ", i)); got != fmt.Sprint("RFC ", i) {
			t.Errorf("value %d = %q, want it unchanged", i, got)
		}
	}
	if got := b.value("RFC 3"); got != other {
		t.Errorf("value beyond the bound = %q, want %q", got, other)
	}
	if got := b.value("RFC 1"); got != "RFC 1" {
		t.Errorf("known value = %q, want it unchanged", got)
	}
	if got := b.value(strings.Repeat("x", 201)); got != other {
		t.Errorf("over-long value = %q, want %q", got, other)
	}
}

func TestLabelsAreUTF8(t *testing.T) {
	hits := NewHits(prometheus.NewRegistry())
	hits.Path("bibxml/\xff", NotFound) // the client library panics on other labels
	if got := testutil.ToFloat64(hits.xml2rfc.WithLabelValues("bibxml/�", NotFound)); got != 1 {
		t.Errorf("hits = %v, want 1", got)
	}
}
