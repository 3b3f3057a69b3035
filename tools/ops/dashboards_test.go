package ops

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type dashboard struct {
	UID, Title, Description string
	Panels                  []panel
	Annotations             struct{ List []struct{ Name, Expr string } }
}

type panel struct {
	ID                       int
	Type, Title, Description string
	GridPos                  struct{ X, Y, W, H int }
	Datasource               struct{ UID string }
	FieldConfig              struct{ Defaults struct{ Unit string } }
	Targets                  []struct{ Expr string }
}

func TestDashboards(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "ops", "grafana", "dashboards", "*.json"))
	if err != nil || len(files) != 4 {
		t.Fatalf("dashboards: %v, %v; want four", files, err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var board dashboard
		if err := json.Unmarshal(content, &board); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if board.UID == "" || seen[board.UID] || board.Title == "" || board.Description == "" {
			t.Errorf("%s: no identifier of its own, no title or no description", file)
		}
		seen[board.UID] = true
		for _, annotation := range board.Annotations.List {
			checkQuery(t, board.Title+": "+annotation.Name, annotation.Expr)
		}
		for i, panel := range board.Panels {
			checkPanel(t, board, panel)
			for _, other := range board.Panels[:i] {
				if panel.ID == other.ID || overlap(panel, other) {
					t.Errorf("%s: %q and %q share a number or a place", board.Title, panel.Title, other.Title)
				}
			}
		}
	}
}

func overlap(a, b panel) bool {
	p, q := a.GridPos, b.GridPos
	return p.X < q.X+q.W && q.X < p.X+p.W && p.Y < q.Y+q.H && q.Y < p.Y+p.H
}

func checkPanel(t *testing.T, board dashboard, panel panel) {
	t.Helper()
	name := board.Title + ": " + panel.Title
	if panel.GridPos.X+panel.GridPos.W > 24 {
		t.Errorf("%s is too wide", name)
	}
	if panel.Type == "row" {
		return
	}
	if panel.Title == "" || panel.Description == "" || panel.FieldConfig.Defaults.Unit == "" {
		t.Errorf("%s has no title, no description or no unit", name)
	}
	if panel.Datasource.UID != "${datasource}" || len(panel.Targets) == 0 {
		t.Errorf("%s asks nothing, or another source of data", name)
	}
	for _, target := range panel.Targets {
		checkQuery(t, name, grafana.Replace(target.Expr))
	}
}

// grafana puts in what Grafana would.
var grafana = strings.NewReplacer("$__rate_interval", "1m", "$__range", "1d", "$instance", "10.0.0.1:8000")
