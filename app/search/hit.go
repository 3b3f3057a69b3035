package search

import (
	"strconv"

	"github.com/ietf-tools/bibxml/app/docid"
)

// MostRanked is how many documents are ranked and counted one by one; of words that more documents have, the
// likeliest are (see Tier).
const MostRanked = 600

// Request is what the database is asked for.
type Request struct {
	Reading Reading
	Chosen  map[Facet][]string
	Sort    Sort
	Pinned  []int64 // documents that are found in any case, unless Chosen or the choices of Reading exclude them
	Any     bool    // documents with any of the words
}

// Hit is a document that was found, with what it is ranked and counted by.
type Hit struct {
	Document int64
	ID       docid.ID // primary; its zero value when there is none
	Title    string
	Kind     string
	Status   string
	Groups   []string
	Datasets []string
	Year     int    // 0: unknown
	Latest   string // YYYY-MM-DD; empty when unknown
	InTitle  bool   // its title has all the words
	Phrase   bool   // the words follow one another in it
	Weight   float64
	Cited    int // documents that name it
}

// Alike are documents that have the same of all facets that are counted, told by what one of them has.
type Alike struct {
	Hit
	Documents int
}

// Values gives what the document has of a facet.
func (h *Hit) Values(facet Facet) []string {
	one := func(value string) []string {
		if value == "" {
			return nil
		}
		return []string{value}
	}
	switch facet {
	case FacetSource:
		return h.Datasets
	case FacetGroup:
		return h.Groups
	case FacetKind:
		return one(h.Kind)
	case FacetStatus:
		return one(h.Status)
	case FacetYear:
		if h.Year > 0 {
			return one(strconv.Itoa(h.Year))
		}
	case FacetDecade:
		if h.Year > 0 {
			return one(strconv.Itoa(h.Year / 10 * 10))
		}
	}
	return nil
}
