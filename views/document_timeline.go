package views

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ietf-tools/bibxml/app/catalog"
)

// Timeline draws a document's family in time: a line for each document from its date until it was replaced, and a
// row of dots for what is too many for lines of their own.
type Timeline struct {
	Rows  []TimelineRow
	Ticks []TimelineTick
	Table []TimelineEntry // the same in words, and everything that has no date, oldest first
}

// TimelineRow is a row of the drawing. Places are parts of its width: "12.50%".
type TimelineRow struct {
	Self    bool
	From    string // where the line begins; empty: a row of dots
	To      string
	Open    bool // nothing has replaced the document yet
	Dots    []string
	Label   string
	LabelAt string // where the label is anchored
	Anchor  string // start, middle or end
}

// TimelineTick is a year on the axis.
type TimelineTick struct {
	At   string
	Year int
}

// TimelineEntry is a document in the table.
type TimelineEntry struct {
	Relation
	How  string // "Earlier", "This document", …
	Self bool
}

const (
	// shownLines is how many documents have a line of their own.
	shownLines = 12
	// shownEntries bounds the table.
	shownEntries = 60
)

// dated is a document with its place in time, as a number of years.
type dated struct {
	Relation
	how      string
	from, to float64 // to is 0 while nothing has replaced it
	distance int     // from the document, in replacements
	self     bool
}

// timelineOf draws the family of a document and what it updates or is updated by; nothing when that is the document
// alone.
func timelineOf(family *catalog.Family, groups []RelationGroup) Timeline {
	lines, dots := lineage(family)
	strips := []strip{{"%s other versions", dots}}
	for _, group := range groups {
		switch group.Kind {
		case "updates":
			strips = append(strips, strip{"Updates %s", datedOf(group, "Updated by this")})
		case "updatedBy":
			strips = append(strips, strip{"Updated by %s", datedOf(group, "Updates this")})
		}
	}
	return drawn(lines, strips)
}

// strip is a row of dots.
type strip struct {
	label string // with the place of the number of documents
	dots  []dated
}

// lineage gives the members that have a line of their own, and the editions when they are too many for that.
func lineage(family *catalog.Family) (lines, dots []dated) {
	before, after := family.Predecessors(), family.Successors()
	asDots := len(family.Editions) > shownLines-2
	for at := range family.Members {
		member := &family.Members[at]
		line := dated{Relation: relativeOf(member), self: at == 0, from: inYears(member.PublishedOn()), how: "This document"}
		if line.self && member.Edition.IsWork() && len(family.Editions) > 0 {
			continue // the work as such has no time
		}
		isEdition := slices.Contains(family.Editions, at)
		line.to = replacedIn(family, at)
		if s := slices.IndexFunc(before, func(s catalog.Successor) bool { return s.Member == at }); s >= 0 {
			line.how, line.distance = "Earlier", before[s].Step
		}
		if s := slices.IndexFunc(after, func(s catalog.Successor) bool { return s.Member == at }); s >= 0 {
			line.how, line.distance = "Later", after[s].Step
		}
		if isEdition && !line.self && line.how == "This document" {
			line.how = "Edition"
		}
		if isEdition && asDots && !line.self {
			dots = append(dots, line)
		} else {
			lines = append(lines, line)
		}
	}
	return lines, dots
}

// replacedIn gives when the first of a member's successors appeared; 0 when there is none with a date.
func replacedIn(family *catalog.Family, member int) float64 {
	end := 0.0
	for _, r := range family.Replaced {
		if r.Old != member {
			continue
		}
		if at := inYears(family.Members[r.New].PublishedOn()); at > 0 && (end == 0 || at < end) {
			end = at
		}
	}
	return end
}

func datedOf(group RelationGroup, how string) []dated {
	var all []dated
	for _, relation := range group.Relations {
		all = append(all, dated{Relation: relation, how: how, from: inYears(relation.Date)})
	}
	return all
}

// drawn puts everything to its place.
func drawn(lines []dated, strips []strip) Timeline {
	var t Timeline
	t.Table = entriesOf(lines, strips)
	lines = nearest(lines)
	scale := scaleOf(lines, strips)
	if scale.count < 2 {
		return Timeline{}
	}
	for _, line := range lines {
		t.Rows = append(t.Rows, scale.row(line))
	}
	for _, s := range strips {
		row := TimelineRow{Label: fmt.Sprintf(s.label, number(len(s.dots))), LabelAt: "1%", Anchor: "start"}
		for _, dot := range s.dots {
			if dot.from > 0 {
				row.Dots = append(row.Dots, scale.at(dot.from))
			}
		}
		slices.Sort(row.Dots)
		if row.Dots = slices.Compact(row.Dots); len(row.Dots) > 0 {
			t.Rows = append(t.Rows, row)
		}
	}
	t.Ticks = scale.ticks()
	return t
}

// nearest picks the dated documents that are closest to the one in the middle, oldest first.
func nearest(lines []dated) []dated {
	lines = slices.DeleteFunc(slices.Clone(lines), func(d dated) bool { return d.from == 0 })
	slices.SortStableFunc(lines, func(a, b dated) int { return cmp.Compare(a.distance, b.distance) })
	lines = lines[:min(len(lines), shownLines)]
	slices.SortStableFunc(lines, func(a, b dated) int { return cmp.Compare(a.from, b.from) })
	return lines
}

func entriesOf(lines []dated, strips []strip) []TimelineEntry {
	all := slices.Clone(lines)
	for _, s := range strips {
		all = append(all, s.dots...)
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(a.from, b.from) })
	var entries []TimelineEntry
	for _, one := range all[:min(len(all), shownEntries)] {
		entries = append(entries, TimelineEntry{Relation: one.Relation, How: one.how, Self: one.self})
	}
	return entries
}
