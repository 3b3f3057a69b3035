package compat

import udiff "github.com/aymanbagabas/go-udiff"

// Line is a line of two texts laid beside one another.
type Line struct {
	Kind LineKind
	Text string // with its end
}

// LineKind says which of the texts has a line.
type LineKind int

// The kinds of lines.
const (
	InBoth LineKind = iota
	InArchive
	InOurs
	Skipped // stands for lines that both have; it has no text
)

// around is how many equal lines are given around those that differ.
const around = 3

// Lines lays canonical forms beside one another, line by line, leaving out what is equal and far from any
// difference. It gives nothing when they are equal, and fails when one is not well-formed.
func Lines(archived, ours string) ([]Line, error) {
	old, err := Canonical(archived)
	if err != nil {
		return nil, err
	}
	now, err := Canonical(ours)
	if err != nil {
		return nil, err
	}
	diff, err := udiff.ToUnifiedDiff("", "", old, udiff.Lines(old, now), around)
	if err != nil {
		return nil, err
	}
	kinds := map[udiff.OpKind]LineKind{udiff.Equal: InBoth, udiff.Delete: InArchive, udiff.Insert: InOurs}
	var lines []Line
	for i, hunk := range diff.Hunks {
		if i > 0 || hunk.FromLine > 1 {
			lines = append(lines, Line{Kind: Skipped})
		}
		for _, line := range hunk.Lines {
			lines = append(lines, Line{kinds[line.Kind], line.Content})
		}
	}
	return lines, nil
}
