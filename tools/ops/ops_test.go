// Package ops checks what operators run and no test of the program touches: the Dockerfile, the files of
// Compose, the manifests of Kubernetes, and what Prometheus and Grafana are given. scripts/check-ops runs
// it, and promtool and amtool beside it.
package ops

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is the top of the tree.
const root = "../.."

func read(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

var tableRow = regexp.MustCompile("(?m)^\\| `([^`]+)`[^|]*\\| ([^|]*) \\|")

// variables gives the environment variables that docs/configuration.md knows.
func variables(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	for _, row := range tableRow.FindAllStringSubmatch(read(t, "docs", "configuration.md"), -1) {
		known[row[1]] = true
	}
	if !known["PRIMARY_HOSTNAME"] {
		t.Fatal("docs/configuration.md does not list the variables as expected")
	}
	return known
}

// metrics gives the labels of each metric that docs/metrics.md knows; a test of the program keeps that
// page true.
func metrics(t *testing.T) map[string][]string {
	t.Helper()
	known := map[string][]string{}
	for _, row := range tableRow.FindAllStringSubmatch(read(t, "docs", "metrics.md"), -1) {
		known[row[1]] = strings.Fields(row[2])
	}
	if known["bibxml_build_info"] == nil {
		t.Fatal("docs/metrics.md does not list the metrics as expected")
	}
	return known
}
