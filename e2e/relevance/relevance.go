// Package relevance judges the one search box by two lists: what people write when they name a document, which has to
// be found first, and what they write when they look for one, which has to be among the first few. The lists are plain
// text beside this file, of documents in the real sources.
package relevance

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
)

//go:embed identifiers.tsv
var identifiers string

//go:embed words.tsv
var words string

// Line is one line of a list.
type Line struct {
	Input string
	Want  []string // identifiers, of which any is right
}

// List is a list and what it demands.
type List struct {
	Name   string
	Lines  []Line
	Within int     // as how manieth result one has to be found, at the latest
	Least  float64 // in percent, of the lines
}

// Lists gives both lists.
func Lists() []List {
	return []List{
		{Name: "identifiers", Lines: read(identifiers), Within: 1, Least: 95},
		{Name: "words", Lines: read(words), Within: 5, Least: 90},
	}
}

func read(text string) (lines []Line) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		input, want, ok := strings.Cut(line, "\t")
		if ok && !strings.HasPrefix(line, "# ") {
			lines = append(lines, Line{Input: input, Want: strings.Split(want, " | ")})
		}
	}
	return lines
}

// Only gives the lines whose document is among those that there are, as a list that demands the same.
func (l List) Only(there func(id string) bool) List {
	l.Lines = slices.Clone(l.Lines)
	l.Lines = slices.DeleteFunc(l.Lines, func(line Line) bool { return !slices.ContainsFunc(line.Want, there) })
	return l
}

// Miss is a line that was not answered as it should be.
type Miss struct {
	Line
	Got []string
}

// Score is how well a list was answered.
type Score struct {
	List   List
	Misses []Miss
}

// Judge asks for every line. The answer to an input are the identifiers of the first results, as many as the list
// looks at or more.
func (l List) Judge(ask func(input string) ([]string, error)) (Score, error) {
	score := Score{List: l}
	for _, line := range l.Lines {
		got, err := ask(line.Input)
		if err != nil {
			return score, fmt.Errorf("%s: %w", line.Input, err)
		}
		got = got[:min(len(got), l.Within)]
		if !slices.ContainsFunc(got, func(id string) bool { return slices.Contains(line.Want, id) }) {
			score.Misses = append(score.Misses, Miss{line, got})
		}
	}
	return score, nil
}

// Percent is the share of the lines that were answered as they should be.
func (s Score) Percent() float64 {
	if len(s.List.Lines) == 0 {
		return 0
	}
	return 100 * float64(len(s.List.Lines)-len(s.Misses)) / float64(len(s.List.Lines))
}

// Print writes the score in one line, and the misses.
func (s Score) Print(w io.Writer) {
	place := "first"
	if s.List.Within > 1 {
		place = fmt.Sprintf("among the first %d", s.List.Within)
	}
	all := len(s.List.Lines)
	_, _ = fmt.Fprintf(w, "%s: %d/%d %s (%.1f %%)\n", s.List.Name, all-len(s.Misses), all, place, s.Percent())
	for _, m := range s.Misses {
		_, _ = fmt.Fprintf(w, "  %.100q: want %s, got %s\n", m.Input, strings.Join(m.Want, " or "), strings.Join(m.Got, ", "))
	}
}

// Err says that the list demands more.
func (s Score) Err() error {
	if s.Percent() >= s.List.Least {
		return nil
	}
	return fmt.Errorf("%s: %.1f %% of the searches found what they should; at least %.0f %% must", s.List.Name, s.Percent(), s.List.Least)
}
