package ops

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/prometheus/promql/parser"
)

// everywhere are the labels that Prometheus adds to every metric.
var everywhere = []string{"__name__", "job", "instance"}

func checkQuery(t *testing.T, name, query string) {
	t.Helper()
	for _, fault := range faults(metrics(t), query) {
		t.Errorf("%s: %s", name, fault)
	}
}

// faults tells why a query cannot be understood, and what it asks for that does not exist: metrics, jobs
// and labels.
func faults(known map[string][]string, query string) (found []string) {
	parsed, err := parser.NewParser(parser.Options{}).ParseExpr(query)
	if err != nil {
		return []string{err.Error()}
	}
	fault := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	has := slices.Clone(everywhere) // labels of any metric in the query
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		switch n := node.(type) {
		case *parser.VectorSelector:
			own, exists := labelsOf(known, n.Name)
			if !exists {
				fault("there is no metric %s", n.Name)
			}
			has = append(has, own...)
			for _, matcher := range n.LabelMatchers {
				if !slices.Contains(own, matcher.Name) && !slices.Contains(everywhere, matcher.Name) {
					fault("%s has no label %s", n.Name, matcher.Name)
				}
				if matcher.Name == "job" && !matcher.Matches("bibxml-web") && !matcher.Matches("bibxml-worker") {
					fault("there is no job %s", matcher.Value)
				}
			}
		case *parser.Call:
			if n.Func.Name == "label_replace" {
				has = append(has, strings.Trim(n.Args[1].String(), `"`))
			}
		}
		return nil
	})
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if n, ok := node.(*parser.AggregateExpr); ok {
			for _, label := range n.Grouping {
				if !slices.Contains(has, label) {
					fault("groups by %s, a label that nothing in it has", label)
				}
			}
		}
		return nil
	})
	return found
}

// labelsOf gives the labels of a metric, or of a part of a histogram. The program's own test knows which
// metrics of Go and of the process there are.
func labelsOf(known map[string][]string, metric string) ([]string, bool) {
	if metric == "up" || strings.HasPrefix(metric, "go_") || strings.HasPrefix(metric, "process_") {
		return nil, true
	}
	if own, found := known[metric]; found {
		return own, true
	}
	for _, suffix := range []string{"_bucket", "_count", "_sum"} {
		base, cut := strings.CutSuffix(metric, suffix)
		if own, found := known[base]; cut && found {
			return append(slices.Clone(own), "le"), true
		}
	}
	return nil, false
}

// The check itself has to fail where there is something to find.
func TestFaultsAreFound(t *testing.T) {
	known := map[string][]string{"bibxml_source_records": {"dataset"}, "bibxml_http_request_duration_seconds": {"route"}}
	for query, want := range map[string]string{
		`sum by (le, route) (rate(bibxml_http_request_duration_seconds_bucket[5m]))`: "",
		`sum(rate(bibxml_http_request_duration_secs_count[5m]))`:                     "there is no metric bibxml_http_request_duration_secs_count",
		`bibxml_source_records{source="rfcs"}`:                                       "bibxml_source_records has no label source",
		`sum by (datset) (bibxml_source_records)`:                                    "groups by datset, a label that nothing in it has",
		`up{job="bibxml"}`:                    "there is no job bibxml",
		`sum(rate(bibxml_source_records[5m])`: "unclosed left parenthesis",
	} {
		if got := strings.Join(faults(known, query), "; "); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}
