package views

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/search"
)

// shownValues is how many values of a facet are shown before the rest is folded.
const shownValues = 8

var facetLabels = map[search.Facet]string{
	search.FacetSource: "Source",
	search.FacetKind:   "Kind",
	search.FacetStatus: "Status",
	search.FacetGroup:  "Group",
	search.FacetDecade: "Decade",
	search.FacetYear:   "Year",
}

func facetLabel(facet search.Facet) string { return facetLabels[facet] }

// facetValueLabel writes a value of a facet for readers.
func facetValueLabel(facet search.Facet, value string) string {
	switch facet {
	case search.FacetSource:
		if title := datasetTitles[value]; title != "" {
			return title
		}
	case search.FacetKind:
		return kindLabel(value)
	case search.FacetStatus:
		return humanize(value)
	case search.FacetDecade:
		return value + "s"
	case search.FacetYear:
		return yearsLabel(value)
	}
	return value
}

// kindLabel names a kind of documents: rfc, internet-draft, technical-report.
func kindLabel(kind string) string {
	if strings.EqualFold(kind, "internet-draft") {
		return "Internet-Draft"
	}
	return humanize(kind)
}

// yearsLabel writes a year or a range of years.
func yearsLabel(value string) string {
	from, to, isRange := strings.Cut(value, "..")
	switch {
	case !isRange:
		return value
	case from == "":
		return "up to " + to
	case to == "":
		return "since " + from
	}
	return from + "–" + to
}

// facetsOf leaves out what offers no choice: a facet without values, one with a single value that all results have,
// and the years of more than a decade. A range of years stands in its form.
func facetsOf(counts []search.FacetCounts, chosen map[search.Facet][]string, total int) []search.FacetCounts {
	var facets []search.FacetCounts
	for _, facet := range counts {
		facet.Values = slices.DeleteFunc(slices.Clone(facet.Values), func(v search.FacetValue) bool { return isRange(v.Value) && facet.Facet == search.FacetYear })
		single := len(facet.Values) == 1 && !facet.Values[0].Chosen && facet.Values[0].Count == total
		early := facet.Facet == search.FacetYear && len(chosen[search.FacetDecade]) != 1 && !slices.ContainsFunc(facet.Values, isChosen)
		if len(facet.Values) > 0 && facetLabel(facet.Facet) != "" && !single && !early {
			facets = append(facets, facet)
		}
	}
	return facets
}

func isRange(years string) bool { return strings.Contains(years, "..") }

func isChosen(v search.FacetValue) bool { return v.Chosen }

// firstValues are those to show at once: the first ones, and all that are chosen.
func firstValues(values []search.FacetValue) []search.FacetValue { return valuesWhere(values, true) }

// otherValues are those to fold away; nothing is folded for the sake of one or two.
func otherValues(values []search.FacetValue) []search.FacetValue { return valuesWhere(values, false) }

func valuesWhere(values []search.FacetValue, shown bool) []search.FacetValue {
	const worthFolding = 3
	var out []search.FacetValue
	for i, value := range values {
		if shown == (i < shownValues || value.Chosen || len(values) < shownValues+worthFolding) {
			out = append(out, value)
		}
	}
	return out
}

func first(from, _ string) string { return from }

func last(_, to string) string { return to }
