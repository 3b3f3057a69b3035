package browse

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	mostValues  = 12   // words or ranges of numbers that have a section each
	smallest    = 1000 // records that are not divided further
	enough      = 40   // sections; where there are more, small ones are joined
	mostLetters = 40   // bytes of a label before its last part
)

// Names divides records, given by their refs in the order of their keys, into sections that are neither many nor
// large: by words where there are few of them, by first letters where there are many, and by ranges of numbers.
func Names(refs []string) []Section {
	all := make([]entry, len(refs))
	for i, ref := range refs {
		all[i] = entry{ref: ref, parts: parts(ref)}
		if len(all[i].parts) > 1 && all[i].parts[0].text == filePrefix {
			all[i].parts = all[i].parts[1:]
		}
	}
	d := divider{limit: max(smallest, len(refs)/8)}
	if len(all) > 0 {
		d.divide(all, 0, 0)
	}
	if len(d.sections) <= enough {
		return d.sections
	}
	return joined(d.sections, len(refs)/enough)
}

// joined makes one section of small ones that follow one another, of a size at most.
func joined(sections []Section, size int) []Section {
	var all []Section
	first := "" // label of the section that others were joined to
	for _, s := range sections {
		last := len(all) - 1
		if last < 0 || all[last].Count+s.Count > size {
			all, first = append(all, s), s.Label
			continue
		}
		all[last].Count += s.Count
		all[last].Label = first + " to " + s.Label
	}
	return all
}

// Years counts the records of each year, newest first and Undated last.
func Years(years []int) []Year {
	counts := make(map[int]int)
	for _, year := range years {
		counts[year]++
	}
	all := make([]Year, 0, len(counts))
	for year, count := range counts {
		all = append(all, Year{year, count})
	}
	slices.SortFunc(all, func(a, b Year) int { return cmp.Compare(b.Year, a.Year) })
	return all
}

// entry is a record that is put into a section.
type entry struct {
	ref   string
	parts []part
}

// at gives a part of the name; the zero value beyond its end.
func (e entry) at(depth int) part {
	if depth < len(e.parts) {
		return e.parts[depth]
	}
	return part{}
}

// to is the name before a part, as it is written but for the signs that file names have instead of others: numbers
// without the zeros before them, and a blank between letters and digits.
func (e entry) to(depth int) string {
	var name strings.Builder
	for i, p := range e.parts[:min(depth, len(e.parts))] {
		name.WriteString(e.separator(i))
		name.WriteString(p.written(e.ref))
	}
	return name.String()
}

// separator stands before a part.
func (e entry) separator(depth int) string {
	if depth == 0 || depth >= len(e.parts) {
		return ""
	}
	separator := e.ref[e.parts[depth-1].end:e.parts[depth].start]
	if separator == "" && e.parts[depth].number {
		separator = " "
	}
	return strings.ReplaceAll(separator, "_", " ")
}

func (p part) written(ref string) string {
	if p.number && p.text != "" {
		return p.text
	}
	return ref[p.start:p.end]
}

type divider struct {
	limit    int
	sections []Section
}

// divide adds the sections of entries that have the same parts before a depth. Numbers are in ranges of a width there,
// 0 being any.
func (d *divider) divide(entries []entry, depth, width int) {
	for width == 0 && entries[0].at(depth).text != "" && !slices.ContainsFunc(entries, func(e entry) bool {
		return e.at(depth).text != entries[0].at(depth).text
	}) {
		depth++
	}
	classes := d.classes(entries, depth, width)
	for len(entries) > 0 {
		class, n := classes(entries[0]), 1
		for n < len(entries) && classes(entries[n]) == class {
			n++
		}
		d.add(entries[:n], depth, class)
		entries = entries[n:]
	}
}

// add adds the section of a class, or those that it is divided into.
func (d *divider) add(entries []entry, depth int, c class) {
	switch {
	case len(entries) <= d.limit || c.end || c.letter:
		d.sections = append(d.sections, Section{Label: c.label(entries[0], depth), Ref: entries[0].ref, Count: len(entries)})
	case c.width > 1:
		d.divide(entries, depth, c.width/10)
	default:
		d.divide(entries, depth+1, 0)
	}
}

// class is what the entries of a section have in common at a depth.
type class struct {
	text   string // a word, or the first letter of several
	letter bool
	width  int // of a range of numbers
	low    int
	end    bool // the name has no part there
}

func (d *divider) classes(entries []entry, depth, width int) func(entry) class {
	counts := make(map[string]int)
	numbers := make(map[int]bool)
	for _, e := range entries {
		if p := e.at(depth); p.number {
			numbers[value(p)] = true
		} else {
			counts[p.text]++
		}
	}
	for width = max(width, 1); ranges(numbers, width) > mostValues; {
		width *= 10
	}
	return func(e entry) class {
		p := e.at(depth)
		switch {
		case p.number:
			return class{width: width, low: value(p) / width * width}
		case p.text == "":
			return class{end: true}
		case len(counts) <= mostValues || counts[p.text] > d.limit:
			return class{text: p.text}
		}
		_, size := utf8.DecodeRuneInString(p.text)
		return class{text: p.text[:size], letter: true}
	}
}

// ranges counts the ranges of a width that numbers are in.
func ranges(numbers map[int]bool, width int) int {
	found := make(map[int]bool)
	for n := range numbers {
		found[n/width] = true
	}
	return len(found)
}

// value of a number; those too large to tell apart are one.
func value(p part) int {
	const most = 1e9
	n, err := strconv.Atoi(p.text)
	switch {
	case p.text == "":
		return 0
	case err != nil || n > most:
		return most
	}
	return n
}

func (c class) label(first entry, depth int) string {
	before := first.to(depth)
	if len(before) > mostLetters {
		before = "…" + before[strings.LastIndexAny(before[:len(before)-1], " -./")+1:]
	}
	if c.end {
		return before
	}
	before += first.separator(depth)
	if c.width > 1 {
		return before + strconv.Itoa(max(c.low, 1)) + "–" + strconv.Itoa(c.low+c.width-1)
	}
	p := first.at(depth)
	if c.letter {
		_, size := utf8.DecodeRuneInString(first.ref[p.start:])
		return before + first.ref[p.start:p.start+size] + "…"
	}
	return before + p.written(first.ref)
}
