package db_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// heap is an index of many documents, with what facets count of each, by the words of its title.
func heap(t *testing.T) (d *db.DB, documents map[int64]search.Hit) {
	t.Helper()
	d, documents = dbtest.Open(t), make(map[int64]search.Hit)
	sources := map[string]files{"ids": {}, "rfcs": {}}
	for i := range 1500 {
		hit := search.Hit{Title: "Common", Kind: search.KindRFC, Year: 1990 + i*7%40, Status: search.StatusCurrent, Datasets: []string{"rfcs"}, Groups: []string{fmt.Sprint("group", i%5)}}
		id, docType, more := fmt.Sprint("RFC ", i+1), "IETF", ""
		if i%3 > 0 {
			hit.Kind, hit.Status, hit.Datasets = search.KindDraft, search.StatusDraft, []string{"ids"}
			id, docType = fmt.Sprintf("draft-x-%04d", i), "Internet-Draft"
		}
		if i%4 == 0 {
			hit.Title += " rare"
		}
		if i%30 == 9 { // the one before it is an RFC as well, for 9 - 3 is a multiple of three
			more = fmt.Sprintf("relation: [{type: obsoletes, bibitem: {docid: [{id: RFC %d, type: IETF, primary: true}]}}]\n", i-2)
			before := documents[key("IETF", fmt.Sprint("RFC ", i-2))]
			before.Status = search.StatusObsoleted
			documents[key("IETF", fmt.Sprint("RFC ", i-2))] = before
		}
		documents[key(docType, id)] = hit
		sources[hit.Datasets[0]][fmt.Sprintf("data/%d.yaml", i)] = fmt.Sprintf(
			"docid: [{id: %q, type: %s, primary: true}]\ntitle: %s\ndate: [{type: published, value: %d}]\neditorialgroup: [{name: %s}]\n%s",
			id, docType, hit.Title, hit.Year, hit.Groups[0], more)
	}
	for dataset, content := range sources {
		index(t, d, dataset, content)
	}
	require.NoError(t, d.Derive(t.Context()))
	return d, documents
}

// brutally finds what has a word and what was chosen, of one facet excepted.
func brutally(documents map[int64]search.Hit, word string, chosen map[search.Facet][]string, except search.Facet) (found []search.Alike) {
	for _, hit := range documents {
		matches := strings.Contains(hit.Title, word)
		for facet, values := range chosen {
			matches = matches && (facet == except || slices.ContainsFunc(values, func(v string) bool { return has(&hit, facet, v) }))
		}
		if matches {
			found = append(found, search.Alike{Hit: hit, Documents: 1})
		}
	}
	return found
}

func has(hit *search.Hit, facet search.Facet, value string) bool {
	if from, to, ok := strings.Cut(value, ".."); ok {
		return from <= strconv.Itoa(hit.Year) && strconv.Itoa(hit.Year) <= to
	}
	return slices.Contains(hit.Values(facet), value)
}

// What is counted by an index, a sample and several queries at once is what reading every document counts.
func TestFacetsAreThoseOfEveryDocument(t *testing.T) {
	t.Parallel()
	d, documents := heap(t)
	for name, test := range map[string]struct {
		word   string
		chosen map[search.Facet][]string
	}{
		"nothing chosen":    {"rare", nil},
		"one facet":         {"rare", map[search.Facet][]string{search.FacetKind: {"rfc"}}},
		"two facets":        {"rare", map[search.Facet][]string{search.FacetKind: {"rfc", "internet-draft"}, search.FacetDecade: {"2010"}}},
		"two of many":       {"Common", map[search.Facet][]string{search.FacetGroup: {"group1"}, search.FacetDecade: {"1990", "2020"}}},
		"all facets":        {"Common", map[search.Facet][]string{search.FacetSource: {"rfcs"}, search.FacetKind: {"rfc"}, search.FacetStatus: {"current"}, search.FacetGroup: {"group2", "group3"}, search.FacetDecade: {"2000"}, search.FacetYear: {"2001..2008"}}},
		"what others say":   {"Common", map[search.Facet][]string{search.FacetStatus: {"obsoleted"}, search.FacetSource: {"rfcs"}}},
		"or what it is":     {"rare", map[search.Facet][]string{search.FacetStatus: {"obsoleted", "draft"}, search.FacetYear: {"1995..2015"}}},
		"many in one facet": {"Common", map[search.Facet][]string{search.FacetYear: {"1991"}, search.FacetSource: {"ids"}}},
		"nothing has both":  {"rare", map[search.Facet][]string{search.FacetKind: {"rfc"}, search.FacetSource: {"ids"}}},
		"no such values":    {"rare", map[search.Facet][]string{search.FacetGroup: {"none"}, search.FacetKind: {"none"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := catalog.New(d).Ask(t.Context(), search.Asked{Text: strings.ToLower(test.word), Chosen: test.chosen, Limit: 1})
			require.NoError(t, err)
			all := brutally(documents, test.word, test.chosen, "")
			require.Equal(t, []any{min(len(all), search.MostRanked), len(all) > search.MostRanked}, []any{got.Total, got.AtLeast})
			counted := make(map[search.Facet]search.FacetCounts)
			for _, counts := range got.Facets {
				counted[counts.Facet] = counts
			}
			for _, facet := range search.Facets {
				want := brutally(documents, test.word, test.chosen, facet)
				if len(want) <= search.MostRanked {
					require.Equal(t, search.Counts(facet, want, test.chosen[facet]).Values, counted[facet].Values, facet)
					continue
				}
				requireEstimates(t, want, counted[facet])
			}
		})
	}
}

// requireEstimates looks whether what is counted in a sample is near what there is.
func requireEstimates(t *testing.T, found []search.Alike, counts search.FacetCounts) {
	t.Helper()
	there := make(map[string]int)
	for _, value := range search.Counts(counts.Facet, found, nil).Values {
		there[value.Value] = value.Count
	}
	for _, value := range counts.Values {
		if there[value.Value] > 100 {
			require.InEpsilon(t, there[value.Value], value.Count, 0.5, value.Value)
		}
	}
}

func TestMatchesBeyondWhatIsCounted(t *testing.T) {
	t.Parallel()
	d, documents := heap(t)
	pinned := []int64{key("IETF", "RFC 1"), key("IETF", "RFC 4")}
	request := search.Request{Reading: search.Read("common"), Pinned: pinned}
	found, more, err := d.Matches(t.Context(), request, search.FacetKind)
	require.NoError(t, err)
	require.True(t, more)
	require.Equal(t, search.MostRanked, number(found), "no more than are ranked, and what is pinned once")
	sample, of, err := d.Sample(t.Context(), request, search.Facets)
	require.NoError(t, err)
	require.InDelta(t, len(documents), number(sample)*of, 500)
	kinds, _, err := d.Sample(t.Context(), request, []search.Facet{search.FacetKind})
	require.NoError(t, err)
	require.Equal(t, search.Counts(search.FacetKind, sample, nil), search.Counts(search.FacetKind, kinds, nil))
	require.LessOrEqual(t, len(kinds), 2, "those that are alike are counted together")
	request.Reading = search.Reading{}
	found, more, err = d.Matches(t.Context(), request, search.FacetYear)
	require.NoError(t, err)
	require.False(t, more)
	require.Equal(t, len(pinned), number(found))
	found, _, err = d.Matches(t.Context(), search.Request{}, search.FacetYear)
	require.NoError(t, err)
	require.Empty(t, found)
}

func number(found []search.Alike) (n int) {
	for _, alike := range found {
		n += alike.Documents
	}
	return n
}
