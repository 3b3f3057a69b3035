package views

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ietf-tools/bibxml/app/search"
)

func TestChoicesKeepEachOther(t *testing.T) {
	c := Choices{Text: "quic", Sort: search.ByRelevance, Size: 20, Page: 3}
	assert.Equal(t, "/search/?query=quic&page=3", c.URL())

	narrowed := c.toggled(search.FacetSource, "rfcs").toggled(search.FacetDecade, "2020").toggled(search.FacetSource, "ids")
	assert.Equal(t, "/search/?query=quic&source=rfcs&source=ids&decade=2020", narrowed.URL(), "on the first page")
	assert.Equal(t, "/search/?query=quic&source=rfcs&source=ids&decade=2020&sort=newest&size=50&page=2",
		narrowed.sorted(search.ByNewest).sized(50).at(2).URL())
	assert.Equal(t, "/search/?query=quic&source=ids&decade=2020", narrowed.toggled(search.FacetSource, "rfcs").URL())
	assert.Equal(t, "/search/?query=sctp&source=rfcs&source=ids&decade=2020", narrowed.worded("sctp").URL())
	assert.Equal(t, "/search/?query=quic", narrowed.wide().URL())

	assert.True(t, narrowed.narrowed())
	assert.False(t, c.narrowed(), "nothing was changed in place")
	assert.False(t, c.toggled(search.FacetYear, "2019").toggled(search.FacetYear, "2019").narrowed())
}

func TestChoicesOfYears(t *testing.T) {
	c := Choices{Text: "quic"}.toggled(search.FacetDecade, "2010").toggled(search.FacetYear, "2019").toggled(search.FacetSource, "rfcs")
	for want, got := range map[string]Choices{
		"/search/?query=quic&source=rfcs&year=2018..2021": c.Between("2018", "2021"),
		"/search/?query=quic&source=rfcs&year=2018..":     c.Between("2018", ""),
		"/search/?query=quic&source=rfcs&year=..2021":     c.Between("", "2021"),
		"/search/?query=quic&source=rfcs":                 c.Between("", ""),
	} {
		assert.Equal(t, want, got.URL())
	}
	from, to := c.Between("2018", "").years()
	assert.Equal(t, [2]string{"2018", ""}, [2]string{from, to})
	from, to = c.years()
	assert.Empty(t, from+to, "one year is no range")
}

func TestChips(t *testing.T) {
	c := Choices{Text: "quic"}.toggled(search.FacetSource, "rfcs").toggled(search.FacetYear, "2019..2022")
	assert.Equal(t, []chip{
		{"chip-source-rfcs", "Source", "RFCs", "/search/?query=quic&year=2019..2022"},
		{"chip-year-2019..2022", "Year", "2019–2022", "/search/?query=quic&source=rfcs"},
	}, c.chips())
	assert.Equal(t, "group-TC+22", facetID(search.FacetGroup, "TC 22"), "no blank may stand in an id")
}

func TestFacetValueLabel(t *testing.T) {
	for _, test := range []struct {
		facet       search.Facet
		value, want string
	}{
		{search.FacetSource, "ids", "Internet-Drafts"},
		{search.FacetSource, "unheard-of", "unheard-of"},
		{search.FacetKind, "internet-draft", "Internet-Draft"},
		{search.FacetKind, "technical-report", "Technical report"},
		{search.FacetKind, "rfc", "RFC"},
		{search.FacetStatus, "obsoleted", "Obsoleted"},
		{search.FacetDecade, "1990", "1990s"},
		{search.FacetYear, "2019", "2019"},
		{search.FacetYear, "2019..", "since 2019"},
		{search.FacetYear, "..2019", "up to 2019"},
		{search.FacetGroup, "quic", "quic"},
	} {
		assert.Equal(t, test.want, facetValueLabel(test.facet, test.value))
	}
}

func TestFacetsThatOfferNoChoiceAreLeftOut(t *testing.T) {
	value := func(value string, count int, chosen bool) search.FacetValue {
		return search.FacetValue{Value: value, Count: count, Chosen: chosen}
	}
	counts := []search.FacetCounts{
		{Facet: search.FacetSource, Values: []search.FacetValue{value("rfcs", 7, false)}},
		{Facet: search.FacetKind, Values: []search.FacetValue{value("rfc", 7, true)}},
		{Facet: search.FacetStatus},
		{Facet: search.FacetGroup, Values: []search.FacetValue{value("quic", 3, false)}},
		{Facet: search.FacetYear, Values: []search.FacetValue{value("2021", 3, false), value("1999", 4, false)}},
	}
	names := func(facets []search.FacetCounts) (names []search.Facet) {
		for _, facet := range facets {
			names = append(names, facet.Facet)
		}
		return names
	}
	assert.Equal(t, []search.Facet{search.FacetKind, search.FacetGroup}, names(facetsOf(counts, nil, 7)))
	ranged := counts[4]
	ranged.Values = append(ranged.Values, value("2019..2022", 3, true))
	assert.Empty(t, facetsOf([]search.FacetCounts{ranged}, nil, 7), "a range of years stands in its form")
	decade := map[search.Facet][]string{search.FacetDecade: {"2020"}}
	assert.Contains(t, names(facetsOf(counts, decade, 7)), search.FacetYear, "the years of a decade")
}

func TestLongFacetsAreFolded(t *testing.T) {
	values := make([]search.FacetValue, 12)
	values[11].Chosen = true
	assert.Len(t, firstValues(values), 9, "the chosen one with the first")
	assert.Len(t, otherValues(values), 3)
	assert.Len(t, firstValues(values[:10]), 10, "nothing is folded for the sake of two")
	assert.Empty(t, otherValues(values[:10]))
}
