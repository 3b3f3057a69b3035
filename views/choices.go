package views

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/search"
)

// PageSizes are the numbers of results that a page can have; the first is the usual one.
var PageSizes = []int{20, 50, 100}

// Choices are all that a visitor has chosen of a search. Its address holds them, so that links and the way back
// keep every one.
type Choices struct {
	Text   string
	Chosen map[search.Facet][]string // values of one facet are alternatives
	Sort   search.Sort
	Size   int // one of PageSizes
	Page   int // from 1
}

// AskURL leads to what is found for a text.
func AskURL(text string) string { return Choices{Text: text}.URL() }

// URL is the address of the search. What is usual is left out, so that one page has one address.
func (c Choices) URL() string { return address(SearchPath, c.pairs()...) }

// pairs are the names and values of the address.
func (c Choices) pairs() []string {
	pairs := []string{"query", c.Text}
	for _, facet := range search.Facets {
		for _, value := range c.Chosen[facet] {
			pairs = append(pairs, string(facet), value)
		}
	}
	if c.Sort != "" && c.Sort != search.ByRelevance {
		pairs = append(pairs, "sort", string(c.Sort))
	}
	if c.Size != 0 && c.Size != PageSizes[0] {
		pairs = append(pairs, "size", strconv.Itoa(c.Size))
	}
	if c.Page > 1 {
		pairs = append(pairs, "page", strconv.Itoa(c.Page))
	}
	return pairs
}

// Offset is how many results stand before those of the page.
func (c Choices) Offset() int { return max(0, c.Page-1) * c.Size }

func (c Choices) at(page int) Choices {
	c.Page = page
	return c
}

func (c Choices) sorted(by search.Sort) Choices {
	c.Sort, c.Page = by, 1
	return c
}

func (c Choices) sized(size int) Choices {
	c.Size, c.Page = size, 1
	return c
}

// worded looks for another text instead.
func (c Choices) worded(text string) Choices {
	c.Text, c.Page = text, 1
	return c
}

// ofAnyYear drops what was chosen of years, so that others can be.
func (c Choices) ofAnyYear() Choices {
	c.Chosen, c.Page = maps.Clone(c.Chosen), 1
	delete(c.Chosen, search.FacetYear)
	delete(c.Chosen, search.FacetDecade)
	return c
}

// years gives the range of years that was chosen, if one was.
func (c Choices) years() (from, to string) {
	if years := c.Chosen[search.FacetYear]; len(years) == 1 {
		if first, last, ok := strings.Cut(years[0], ".."); ok {
			return first, last
		}
	}
	return "", ""
}

// Between narrows the search to a range of years; either end may be empty.
func (c Choices) Between(from, to string) Choices {
	c = c.ofAnyYear()
	if from == "" && to == "" {
		return c
	}
	return c.toggled(search.FacetYear, from+".."+to)
}

// wide drops all that narrows the search.
func (c Choices) wide() Choices {
	c.Chosen, c.Page = nil, 1
	return c
}

// toggled takes a value of a facet in, or out again.
func (c Choices) toggled(facet search.Facet, value string) Choices {
	chosen := maps.Clone(c.Chosen)
	if chosen == nil {
		chosen = make(map[search.Facet][]string)
	}
	if at := slices.Index(chosen[facet], value); at >= 0 {
		chosen[facet] = slices.Delete(slices.Clone(chosen[facet]), at, at+1)
	} else {
		chosen[facet] = append(slices.Clone(chosen[facet]), value)
	}
	c.Chosen, c.Page = chosen, 1
	return c
}

// narrowed says whether any facet narrows the search.
func (c Choices) narrowed() bool {
	for _, values := range c.Chosen {
		if len(values) > 0 {
			return true
		}
	}
	return false
}

// chip is a choice that can be taken back.
type chip struct{ ID, Label, Value, URL string }

func (c Choices) chips() []chip {
	var chips []chip
	for _, facet := range search.Facets {
		for _, value := range c.Chosen[facet] {
			chips = append(chips, chip{
				"chip-" + facetID(facet, value), facetLabel(facet), facetValueLabel(facet, value), c.toggled(facet, value).URL(),
			})
		}
	}
	return chips
}

// facetID names a value in the page, so that the focus stays on it when the results are replaced.
func facetID(facet search.Facet, value string) string {
	return string(facet) + "-" + url.QueryEscape(value)
}
