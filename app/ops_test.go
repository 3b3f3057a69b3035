package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var metricName = regexp.MustCompile(`\b(?:bibxml|go|process)_[a-z0-9_]+\b`)

// A dashboard or an alert on a metric that does not exist shows nothing, which looks like peace.
func TestDashboardsAndAlertsNameMetricsThatExist(t *testing.T) {
	all := measured(t)
	for _, folder := range []string{"../ops/grafana/dashboards", "../ops/prometheus"} {
		named := 0
		require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			for _, name := range metricName.FindAllString(string(content), -1) {
				named++
				require.True(t, exists(all, name), "%s: there is no metric %s", path, name)
			}
			return err
		}))
		require.NotZero(t, named, folder)
	}
}

// exists says whether a name is that of a metric, or of a part of a histogram.
func exists(all map[string]described, name string) bool {
	for _, suffix := range []string{"", "_bucket", "_count", "_sum"} {
		if base, found := strings.CutSuffix(name, suffix); found {
			if _, known := all[base]; known {
				return true
			}
		}
	}
	return false
}
