package ops

import (
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

type rule struct {
	Alert       string
	Expr        string
	Labels      map[string]string
	Annotations map[string]string
}

func rules(t *testing.T) []rule {
	t.Helper()
	var file struct {
		Groups []struct{ Rules []rule }
	}
	if err := yaml.Unmarshal([]byte(read(t, "ops", "prometheus", "rules", "bibxml.yml")), &file); err != nil {
		t.Fatal(err)
	}
	var all []rule
	for _, group := range file.Groups {
		all = append(all, group.Rules...)
	}
	if len(all) == 0 {
		t.Fatal("there are no rules")
	}
	return all
}

// Whoever is woken finds what to do.
func TestAlarmsAreExplained(t *testing.T) {
	page, tests := read(t, "docs", "operations.md"), read(t, "ops", "prometheus", "tests", "bibxml.yml")
	for _, rule := range rules(t) {
		_, anchor, _ := strings.Cut(rule.Annotations["runbook_url"], "docs/operations.md#")
		if anchor != strings.ToLower(rule.Alert) || !strings.Contains(page, "\n#### "+rule.Alert+"\n") {
			t.Errorf("%s has no paragraph in docs/operations.md", rule.Alert)
		}
		if rule.Annotations["summary"] == "" || rule.Labels["severity"] == "" {
			t.Errorf("%s has no summary or no severity", rule.Alert)
		}
		if !strings.Contains(tests, "alertname: "+rule.Alert+"\n        exp_alerts:\n") {
			t.Errorf("no test shows that %s is raised", rule.Alert)
		}
	}
}

func TestAlarmsAskForLabelsThatExist(t *testing.T) {
	for _, rule := range rules(t) {
		checkQuery(t, rule.Alert, rule.Expr)
	}
}
