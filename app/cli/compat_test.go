package cli

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// CompatReport tells of a few paths of each class.
func (f *fake) CompatReport(_ context.Context, show func(done, total int, result compat.Result) error) error {
	changed := []compat.Difference{
		{Place: "title", Archived: "Tabs\tand\nlines", Ours: "Words", Loss: true},
		{Place: "seriesInfo DOI", Ours: "10.1/x"},
	}
	results := []compat.Result{
		{Dir: "bibxml", File: "reference.RFC.1.xml", Comparison: compat.Comparison{Class: compat.Same}},
		{Dir: "bibxml", File: "reference.RFC.2.xml", Comparison: compat.Comparison{Class: compat.Worse, Differences: changed}},
		{Dir: "bibxml2", File: "reference.A.B.xml", Comparison: compat.Comparison{Class: compat.Better, Differences: changed[1:]}},
		{Dir: "bibxml2", File: "reference.A.C.xml", Comparison: compat.Comparison{Class: compat.Missing, Note: "Only the archive has it."}},
	}
	for i, result := range results {
		if err := show(i+1, len(results), result); err != nil {
			return err
		}
	}
	return f.call("compat-report")
}

// CorrectionReport reports one directory that a correction changes, and one that none does.
func (f *fake) CorrectionReport(_ context.Context, show func(done, total int) error) (compat.Effects, error) {
	effects := compat.Effects{
		Corrections: []string{"full-names", "ieee-series", "organizations"},
		Documents:   map[string]int{"bibxml6": 4, "bibxml": 9},
		Changed:     map[string]map[string]int{"ieee-series": {"bibxml6": 3}, "organizations": {"bibxml6": 1}},
		Any:         map[string]int{"bibxml6": 3},
	}
	return effects, errors.Join(show(13, 13), f.call("correction-report"))
}

func TestCorrectionReport(t *testing.T) {
	code, out, err := call(t.Context(), &fake{}, configured, "compat-report", "--corrections", "--format", "tsv")
	require.Zero(t, code, err)
	require.Equal(t, strings.Join([]string{
		"directory\tdocuments\tchanged\tfull-names\tieee-series\torganizations",
		"bibxml\t9\t0\t0\t0\t0",
		"bibxml6\t4\t3\t0\t3\t1",
		"total\t13\t3\t0\t3\t1", "",
	}, "\n"), out)

	code, out, err = call(t.Context(), &fake{}, configured, "compat-report", "--corrections")
	require.Zero(t, code, err)
	require.Regexp(t, `(?m)^ +directory  documents  changed  full-names  ieee-series  organizations$`, out)
	require.Regexp(t, `(?m)^ +bibxml6 +4 +3 `, out)

	code, out, err = call(t.Context(), &fake{}, configured, "compat-report", "--corrections", "--format", "json")
	require.Zero(t, code, err)
	var got struct {
		Documents, Changed map[string]int
		Corrections        map[string]map[string]int
	}
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, 3, got.Corrections["ieee-series"]["bibxml6"])
	require.Equal(t, 9, got.Documents["bibxml"])

	code, _, err = call(t.Context(), &fake{}, configured, "compat-report", "--corrections", "--class", "worse")
	require.Equal(t, exitUsage, code)
	require.Contains(t, err, "remove --class")
	code, _, err = call(t.Context(), &fake{fails: map[string]error{"correction-report": errors.New("connection refused")}}, configured, "compat-report", "--corrections")
	require.Equal(t, exitFailed, code)
	require.Contains(t, err, "count corrections: connection refused")
}

func TestCompatReport(t *testing.T) {
	for _, test := range []struct{ name, line, want string }{
		{"a table", "compat-report", `
  directory  paths  same  better  worse  missing
     bibxml      2     1       0      1        0
    bibxml2      2     0       1      0        1
      total      4     1       1      1        1
`},
		{"the paths of a class", "compat-report --class worse", `
worse  bibxml/reference.RFC.2.xml
  ! title: Tabs and lines → Words
  + seriesInfo DOI: none → 10.1/x
`},
		{"the paths of two classes", "compat-report --class same,missing", `
same  bibxml/reference.RFC.1.xml
missing  bibxml2/reference.A.C.xml
    Only the archive has it.
`},
		{"rows", "compat-report --format tsv", `
class	directory	file	loss	place	archived	ours	note
same	bibxml	reference.RFC.1.xml					
worse	bibxml	reference.RFC.2.xml	true	title	Tabs and lines	Words	
worse	bibxml	reference.RFC.2.xml	false	seriesInfo DOI		10.1/x	
better	bibxml2	reference.A.B.xml	false	seriesInfo DOI		10.1/x	
missing	bibxml2	reference.A.C.xml					Only the archive has it.
`},
		{"rows of a class", "compat-report --format tsv --class same", `
class	directory	file	loss	place	archived	ours	note
same	bibxml	reference.RFC.1.xml					
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, err := call(t.Context(), &fake{}, configured, strings.Fields(test.line)...)
			require.Zero(t, code, err)
			require.Equal(t, strings.TrimPrefix(test.want, "\n"), out)
			require.Empty(t, err, "nobody watches: no progress")
		})
	}
}

func TestCompatReportAsJSON(t *testing.T) {
	code, out, err := call(t.Context(), &fake{}, configured, "compat-report", "--format", "json", "--class", "worse")
	require.Zero(t, code, err)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	require.Equal(t, map[string]any{
		"total": map[string]any{"same": 1.0, "better": 1.0, "worse": 1.0, "missing": 1.0},
		"directories": map[string]any{
			"bibxml":  map[string]any{"same": 1.0, "better": 0.0, "worse": 1.0, "missing": 0.0},
			"bibxml2": map[string]any{"same": 0.0, "better": 1.0, "worse": 0.0, "missing": 1.0},
		},
		"paths": []any{map[string]any{
			"directory": "bibxml", "file": "reference.RFC.2.xml", "class": "worse",
			"differences": []any{
				map[string]any{"place": "title", "archived": "Tabs\tand\nlines", "ours": "Words", "loss": true},
				map[string]any{"place": "seriesInfo DOI", "archived": "", "ours": "10.1/x", "loss": false},
			},
		}},
	}, got)
}

func TestCompatReportGoesWrong(t *testing.T) {
	for _, test := range []struct {
		name, line string
		fails      map[string]error
		code       int
		want       string
	}{
		{"a form that does not exist", "compat-report --format xml", nil, exitUsage, `there is no format "xml", but text, json, tsv`},
		{"a class that does not exist", "compat-report --class bad", nil, exitUsage, `there is no class "bad", but same, better`},
		{"a word too many", "compat-report rfcs", nil, exitUsage, "Try: bibxml compat-report --help"},
		{"a failure half-way", "compat-report", map[string]error{"compat-report": errors.New("connection refused")}, exitFailed, "compare the archive: connection refused"},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, err := call(t.Context(), &fake{fails: test.fails}, configured, strings.Fields(test.line)...)
			require.Equal(t, test.code, code)
			require.Empty(t, out)
			require.Contains(t, err, test.want)
		})
	}
}
