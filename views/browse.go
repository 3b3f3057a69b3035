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

// heading says which records are listed.
func (m Listing) heading() string {
	switch m.At.Year {
	case "":
		return "All records"
	case NoYear:
		return "Records without a date"
	}
	return "Records of " + m.At.Year
}

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
	return ListingURL(m.Dataset.Name, ListingAt{Year: m.At.Year})
}

func (m Listing) last() string {
	return ListingURL(m.Dataset.Name, ListingAt{Year: m.At.Year, Last: true})
}

func (m Listing) previous() string {
	return ListingURL(m.Dataset.Name, ListingAt{Year: m.At.Year, Before: m.Records[0].Ref})
}

func (m Listing) next() string {
	return ListingURL(m.Dataset.Name, ListingAt{Year: m.At.Year, After: m.Records[len(m.Records)-1].Ref})
}
