package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// mostValues bounds the values that are given of a facet: those that most results have.
const mostValues = 30

// Each gives hits for being counted.
func Each(hits []Hit) []Alike {
	all := make([]Alike, len(hits))
	for i := range hits {
		all[i] = Alike{hits[i], 1}
	}
	return all
}

// Counts gives the values of a facet with the numbers of documents that have them, the most frequent first; decades and years
// newest first. Values that were chosen are always among them.
func Counts(facet Facet, found []Alike, chosen []string) FacetCounts {
	return order(facet, numbers(facet, found), chosen)
}

// numbers gives how many documents have each value of a facet.
func numbers(facet Facet, found []Alike) map[string]int {
	numbers := make(map[string]int)
	for i := range found {
		for _, value := range found[i].Values(facet) {
			numbers[value] += found[i].Documents
		}
	}
	return numbers
}

// Estimates gives the values of a facet as Counts does, for more results than are ranked: sample is of one in so many of all
// that there are, and no value is said to have fewer results than those that were ranked.
func Estimates(facet Facet, ranked, sample []Alike, of int, chosen []string) FacetCounts {
	estimates := numbers(facet, sample)
	for value := range estimates {
		estimates[value] *= of
	}
	for _, value := range Counts(facet, ranked, nil).Values {
		estimates[value.Value] = max(estimates[value.Value], value.Count)
	}
	for value, number := range estimates {
		estimates[value] = rounded(number)
	}
	return order(facet, estimates, chosen)
}

// rounded keeps two digits: what is estimated should not look as if it were counted.
func rounded(n int) int {
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	return n / unit * unit
}

func order(facet Facet, numbers map[string]int, chosen []string) FacetCounts {
	isChosen := func(value string) bool {
		return slices.ContainsFunc(chosen, func(c string) bool { return strings.EqualFold(c, value) })
	}
	for _, value := range chosen {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(numbers)), func(v string) bool { return strings.EqualFold(v, value) }) {
			numbers[value] = 0
		}
	}
	counts := FacetCounts{Facet: facet}
	for value, number := range numbers {
		counts.Values = append(counts.Values, FacetValue{Value: value, Count: number, Chosen: isChosen(value)})
	}
	slices.SortFunc(counts.Values, func(a, b FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	kept := counts.Values[:0]
	for i, value := range counts.Values {
		if i < mostValues || value.Chosen {
			kept = append(kept, value)
		}
	}
	counts.Values = kept
	if facet == FacetYear || facet == FacetDecade {
		slices.SortFunc(counts.Values, func(a, b FacetValue) int { return cmp.Compare(b.Value, a.Value) })
	}
	return counts
}
