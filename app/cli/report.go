package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// report is what compat-report found.
type report struct {
	dirs  []*counts // in the order in which they were found
	total counts
	paths []compat.Result // those that are wanted
}

// counts are the paths of a directory by class.
type counts struct {
	name    string
	classes map[compat.Class]int
}

func (r *report) add(result compat.Result, wanted bool) {
	if last := len(r.dirs) - 1; last < 0 || r.dirs[last].name != result.Dir {
		r.dirs = append(r.dirs, &counts{name: result.Dir})
	}
	r.dirs[len(r.dirs)-1].count(result.Class)
	r.total.count(result.Class)
	if wanted {
		r.paths = append(r.paths, result)
	}
}

func (c *counts) count(class compat.Class) {
	if c.classes == nil {
		c.classes = make(map[compat.Class]int, len(compat.Classes))
	}
	c.classes[class]++
}

func (c *counts) sum() int {
	sum := 0
	for _, n := range c.classes {
		sum += n
	}
	return sum
}

func (r *report) write(out io.Writer, options reportOptions) error {
	switch {
	case options.format == "json":
		return r.writeJSON(out)
	case options.format == "tsv":
		return r.writeTSV(out)
	case len(options.classes) > 0:
		return r.writePaths(out)
	}
	return r.writeTable(out)
}

// writeTable counts by directory and class.
func (r *report) writeTable(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintf(table, "directory\tpaths\t%s\t\n", strings.Join(classNames(), "\t")) // Flush tells of failures
	r.total.name = "total"
	for _, dir := range append(r.dirs, &r.total) {
		_, _ = fmt.Fprintf(table, "%s\t%d\t", dir.name, dir.sum())
		for _, class := range compat.Classes {
			_, _ = fmt.Fprintf(table, "%d\t", dir.classes[class])
		}
		_, _ = fmt.Fprintln(table)
	}
	return table.Flush()
}

// writePaths tells of each path in a line, and of its differences in lines below.
func (r *report) writePaths(out io.Writer) error {
	var b strings.Builder
	for _, path := range r.paths {
		b.WriteString(string(path.Class) + "  " + path.Path() + "\n")
		if path.Note != "" {
			b.WriteString("    " + path.Note + "\n")
		}
		for _, d := range path.Differences {
			fmt.Fprintf(&b, "  %s %s: %s → %s\n", mark(d), d.Place, value(d.Archived), value(d.Ours))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func mark(d compat.Difference) string {
	if d.Loss {
		return "!"
	}
	return "+"
}

func value(text string) string {
	if text == "" {
		return "none"
	}
	return strings.Join(strings.Fields(text), " ")
}

// writeTSV tells of each difference in a line of its own, and of a path without any in one.
func (r *report) writeTSV(out io.Writer) error {
	var b strings.Builder
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = strings.Join(strings.Fields(cells[i]), " ")
		}
		b.WriteString(strings.Join(cells, "\t") + "\n")
	}
	row("class", "directory", "file", "loss", "place", "archived", "ours", "note")
	for _, path := range r.paths {
		if len(path.Differences) == 0 {
			row(string(path.Class), path.Dir, path.File, "", "", "", "", path.Note)
		}
		for _, d := range path.Differences {
			row(string(path.Class), path.Dir, path.File, fmt.Sprint(d.Loss), d.Place, d.Archived, d.Ours, path.Note)
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// writeJSON gives the counts and the paths as one object.
func (r *report) writeJSON(out io.Writer) error {
	type path struct {
		Directory   string              `json:"directory"`
		File        string              `json:"file"`
		Class       compat.Class        `json:"class"`
		Note        string              `json:"note,omitempty"`
		Differences []compat.Difference `json:"differences"`
	}
	whole := struct {
		Total       map[compat.Class]int            `json:"total"`
		Directories map[string]map[compat.Class]int `json:"directories"`
		Paths       []path                          `json:"paths"`
	}{r.total.all(), map[string]map[compat.Class]int{}, []path{}}
	for _, dir := range r.dirs {
		whole.Directories[dir.name] = dir.all()
	}
	for _, p := range r.paths {
		whole.Paths = append(whole.Paths, path{p.Dir, p.File, p.Class, p.Note, append([]compat.Difference{}, p.Differences...)})
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(whole)
}

// all counts every class, zeros included.
func (c *counts) all() map[compat.Class]int {
	all := make(map[compat.Class]int, len(compat.Classes))
	for _, class := range compat.Classes {
		all[class] = c.classes[class]
	}
	return all
}
