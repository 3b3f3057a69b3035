package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

func (p *program) correctionReport(ctx context.Context, s session, format string) error {
	b := bar{out: p.Err, terminal: p.Terminal, name: "documents"}
	effects, err := s.CorrectionReport(ctx, func(done, total int) error {
		if p.Terminal {
			b.show("correcting", done, total)
		}
		return nil
	})
	b.clear()
	if err != nil {
		return fmt.Errorf("count corrections: %w", err)
	}
	switch format {
	case "json":
		return writeEffectsJSON(p.Out, effects)
	case "tsv":
		return writeRows(p.Out, effects, func(cells []string) string { return strings.Join(cells, "\t") + "\n" })
	}
	table := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if err := writeRows(table, effects, func(cells []string) string { return strings.Join(cells, "\t") + "\t\n" }); err != nil {
		return err
	}
	return table.Flush()
}

// writeRows writes a row for each directory, with a column for each correction.
func writeRows(out io.Writer, effects compat.Effects, row func(cells []string) string) error {
	names := effects.Corrections
	lines := row(slices.Concat([]string{"directory", "documents", "changed"}, names))
	total := make([]int, 2+len(names))
	for _, dir := range slices.Sorted(maps.Keys(effects.Documents)) {
		counts := []int{effects.Documents[dir], effects.Any[dir]}
		for _, name := range names {
			counts = append(counts, effects.Changed[name][dir])
		}
		for i, count := range counts {
			total[i] += count
		}
		lines += row(append([]string{dir}, texts(counts)...))
	}
	_, err := io.WriteString(out, lines+row(append([]string{"total"}, texts(total)...)))
	return err
}

func texts(counts []int) []string {
	all := make([]string, len(counts))
	for i, count := range counts {
		all[i] = strconv.Itoa(count)
	}
	return all
}

func writeEffectsJSON(out io.Writer, effects compat.Effects) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Documents   map[string]int            `json:"documents"`
		Changed     map[string]int            `json:"changed"`
		Corrections map[string]map[string]int `json:"corrections"`
	}{effects.Documents, effects.Any, effects.Changed})
}
