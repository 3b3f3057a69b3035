package views

import (
	"strconv"

	"github.com/ietf-tools/bibxml/app/browse"
)

// Listing is the page of a dataset: some of its records, in the order of their names.
type Listing struct {
	Dataset Dataset
	At      ListingAt
	Records []RecordEntry
	Before  bool // whether there are records before these
	After   bool // and after them
	Names   []Jump
	Years   []Jump
	Kinds   []Jump // of problems
}

// Jump leads to a part of a list.
type Jump struct {
	Label   string
	Count   int
	URL     string
	Current bool // it is this page, or its year
}

// Neighbour is the record before or after one; its zero value is none.
type Neighbour struct {
	Ref string
	URL string
}

// NeighbourOf gives the neighbour of a ref; none when that is empty.
func NeighbourOf(dataset, ref string) Neighbour {
	if ref == "" {
		return Neighbour{}
	}
	return Neighbour{Ref: ref, URL: RecordURL(dataset, ref)}
}

// JumpsOf gives the parts of a dataset's list: by name, and by year.
func JumpsOf(dataset string, sections browse.Sections, at ListingAt) (names, years []Jump) {
	for _, s := range sections.Names {
		names = append(names, Jump{s.Label, s.Count, ListingURL(dataset, ListingAt{From: s.Ref}), at == ListingAt{From: s.Ref}})
	}
	for _, y := range sections.Years {
		label, year := strconv.Itoa(y.Year), strconv.Itoa(y.Year)
		if y.Year == browse.Undated {
			label, year = "no date", NoYear
		}
		years = append(years, Jump{label, y.Count, ListingURL(dataset, ListingAt{Year: year}), at.Year == year})
	}
	return names, years
}

// ProblemJumps returns the parts of a dataset's list by the problems of the records.
func ProblemJumps(dataset string, kinds []browse.ProblemKind, at ListingAt) []Jump {
	var jumps []Jump
	for _, kind := range kinds {
		jumps = append(jumps, Jump{kind.Name, kind.Records, ListingURL(dataset, ListingAt{Problem: kind.Name}), at.Problem == kind.Name})
	}
	return jumps
}

// heading says which records are listed.
func (m Listing) heading() string {
	heading := "All records"
	switch {
	case m.At.Problem != "" && m.At.Year == "":
		return "Records with the problem"
	case m.At.Year == NoYear:
		heading = "Records without a date"
	case m.At.Year != "":
		heading = "Records of " + m.At.Year
	}
	if m.At.Problem != "" {
		heading += " with the problem"
	}
	return heading
}

// narrowed is the list as far as it is narrowed, from its beginning.
func (m Listing) narrowed() ListingAt { return ListingAt{Year: m.At.Year, Problem: m.At.Problem} }

// place says where in the list the page begins; empty for the first.
func (m Listing) place() string {
	switch {
	case len(m.Records) == 0 || !m.Before:
		return ""
	case !m.After:
		return "the last, from " + m.Records[0].Ref
	}
	return "from " + m.Records[0].Ref
}

// first, last, previous and next are the addresses of other parts of the same list.
func (m Listing) first() string {
	return ListingURL(m.Dataset.Name, m.narrowed())
}

func (m Listing) last() string {
	at := m.narrowed()
	at.Last = true
	return ListingURL(m.Dataset.Name, at)
}

func (m Listing) previous() string {
	at := m.narrowed()
	at.Before = m.Records[0].Ref
	return ListingURL(m.Dataset.Name, at)
}

func (m Listing) next() string {
	at := m.narrowed()
	at.After = m.Records[len(m.Records)-1].Ref
	return ListingURL(m.Dataset.Name, at)
}
