package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestSetApart(t *testing.T) {
	all := map[string]tally{"ids": {113, 124}, "ref": {100, 100}}
	apart, err := setApart(all, map[string]tally{"ids": {113, 114}, "ref": {100, 100}})
	if apart != 10 || err != nil {
		t.Errorf("setApart = %d, %v, want 10", apart, err)
	}
	_, err = setApart(all, map[string]tally{"ids": {112, 113}, "ref": {100, 100}})
	if err == nil || !strings.Contains(err.Error(), "1 answers of ids") {
		t.Errorf("setApart = %v, want the needless one counted", err)
	}
}

func TestWithDeviations(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"check": "the check", "deviations.tsv": "^GET /theirs\twrong", "ours.tsv": "^GET /ours\twrong"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check, err := withDeviations(filepath.Join(dir, "check"), filepath.Join(dir, "ours.tsv"), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	both, err := os.ReadFile(filepath.Join(filepath.Dir(check), "deviations.tsv"))
	if err != nil || string(both) != "^GET /theirs\twrong\n^GET /ours\twrong\n" {
		t.Errorf("deviations = %q, %v", both, err)
	}
}

// Every deviation has an expression and a reason.
func TestDeviations(t *testing.T) {
	content, err := os.ReadFile("deviations.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(content)), "\n") {
		expression, reason, found := strings.Cut(line, "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if _, err := regexp.Compile(expression); err != nil || !found || reason == "" {
			t.Errorf("%q is not an expression, a tab and a reason: %v", line, err)
		}
	}
}
