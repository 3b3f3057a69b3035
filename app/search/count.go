package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// mostValues bounds the values that are given of a facet: those that most results have.
const mostValues = 30

// Counts gives the values of a facet with the numbers of hits that have them, the most frequent first; decades and years
// newest first. Values that were chosen are always among them.
func Counts(facet Facet, hits []Hit, chosen []string) FacetCounts {
	numbers := make(map[string]int)
	for i := range hits {
		for _, value := range hits[i].Values(facet) {
			numbers[value]++
		}
	}
	return order(facet, numbers, chosen)
}

// Estimates gives the values of a facet as Counts does, for more results than are ranked: sample is of one in so many of all
// that there are, and no value is said to have fewer results than those that were ranked.
func Estimates(facet Facet, ranked, sample []Hit, of int, chosen []string) FacetCounts {
	numbers := make(map[string]int)
	for i := range sample {
		for _, value := range sample[i].Values(facet) {
			numbers[value] += of
		}
	}
	for _, value := range Counts(facet, ranked, nil).Values {
		numbers[value.Value] = max(numbers[value.Value], value.Count)
	}
	for value, number := range numbers {
		numbers[value] = rounded(number)
	}
	return order(facet, numbers, chosen)
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
