package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// Find finds documents by a word in their titles; "many" are more than are ranked, and some texts fail.
func (s *shelf) Find(_ context.Context, r search.Request) (hits []search.Hit, more bool, err error) {
	words := r.Reading.Words()
	if len(words) > 0 {
		switch words[0] {
		case "slow":
			return nil, false, fault.Wrap(fault.Invalid, search.ErrCutOff, "It took too long.")
		case "wrong":
			return nil, false, fault.New(fault.Invalid, "It is wrong.")
		case "broken":
			return nil, false, errors.New("broken")
		}
	}
	for _, record := range s.records {
		id, _ := record.Item.PrimaryID()
		hit := search.Hit{Document: record.Document, ID: id, Title: record.Item.MainTitle(), Datasets: []string{record.Dataset}, Kind: "rfc", InTitle: true}
		kinds := r.Chosen[search.FacetKind]
		matches := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(hit.Title), w) })
		if (matches || slices.Contains(r.Pinned, hit.Document)) && (len(kinds) == 0 || slices.Contains(kinds, "rfc")) {
			hits = append(hits, hit)
		}
	}
	return hits, slices.Contains(words, "many"), nil
}

func (s *shelf) Matches(ctx context.Context, r search.Request, _ search.Facet) ([]search.Alike, bool, error) {
	hits, more, err := s.Find(ctx, r)
	return search.Each(hits), more, err
}

func (s *shelf) Sample(_ context.Context, _ search.Request, _ []search.Facet) ([]search.Alike, int, error) {
	return search.Each([]search.Hit{{Kind: "rfc"}, {Kind: "draft"}}), 16, nil
}

func (s *shelf) Carriers(_ context.Context, ids []string, isbn string) (carriers []search.Carrier, err error) {
	for _, record := range s.records {
		primary, _ := record.Item.PrimaryID()
		for _, id := range record.Item.DocID {
			if slices.ContainsFunc(ids, func(asked string) bool { return docid.Normalize(asked) == docid.Normalize(id.ID) }) || isbn != "" && id.Type == "ISBN" {
				carriers = append(carriers, search.Carrier{Document: record.Document, Found: id, Primary: primary})
			}
		}
	}
	return carriers, nil
}

func (s *shelf) Beginning(_ context.Context, id string) (carriers []search.Carrier, err error) {
	for _, record := range s.records {
		primary, ok := record.Item.PrimaryID()
		if ok && strings.HasPrefix(docid.Normalize(primary.ID), docid.Normalize(id)) {
			carriers = append(carriers, search.Carrier{Document: record.Document, Found: primary, Primary: primary, Status: search.StatusCurrent})
		}
	}
	return carriers, nil
}

func (s *shelf) Nearest(ctx context.Context, id string) (carriers []search.Carrier, err error) {
	id = docid.Normalize(id)
	for length := len(id) - 1; length >= max(3, len(id)/2) && len(carriers) == 0; length-- {
		carriers, err = s.Beginning(ctx, id[:length])
	}
	return carriers, err
}

func (s *shelf) Spellings(_ context.Context, words []string) (found []search.Spelling, err error) {
	for _, word := range words {
		if word == "wrods" || word == "rare" {
			found = append(found, search.Spelling{Written: word, Word: map[string]string{"wrods": "words", "rare": "case"}[word], Documents: 90})
		}
	}
	return found, nil
}

func (s *shelf) Completions(_ context.Context, beginning string, _ int) (found []search.Spelling, err error) {
	for _, word := range []string{"words", "many"} {
		if strings.HasPrefix(word, beginning) {
			found = append(found, search.Spelling{Written: beginning, Word: word, Documents: 2})
		}
	}
	return found, nil
}

func (s *shelf) People(_ context.Context, words []string, limit int) (people []Suggestion, err error) {
	if words[0] == "wor" {
		people = slices.Repeat([]Suggestion{{Kind: SuggestedPerson, Text: "W. Worth", Count: 3}}, limit)
	}
	return people, nil
}

func newSearchShelf() *shelf {
	s := newShelf()
	book := record(6, "IEEE Std 754-2019", "IEEE", "Floating point")
	book.Item.DocID = append(book.Item.DocID, docid.ID{ID: "978-1-5044-5924-2", Type: "ISBN"})
	s.records = append(s.records, book, record(7, "draft-ietf-x", "Internet-Draft", "Rare words of many"))
	return s
}

func primaries(r Results) (ids []string) {
	for _, doc := range r.Documents {
		ids = append(ids, doc.Primary.ID)
	}
	return ids
}

func TestAsk(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		asked   search.Asked
		first   string
		total   int
		exact   string
		offered string
		mended  bool
		nearest string
		problem string
		cutOff  bool
	}{
		"words":                   {asked: search.Asked{Text: "words"}, first: "RFC 2119", total: 2},
		"an identifier":           {asked: search.Asked{Text: "rfc8174"}, first: "RFC 8174", total: 2, exact: "RFC 8174"},
		"one among words":         {asked: search.Asked{Text: "key words of RFC 8174"}, first: "RFC 8174", total: 4},
		"an ISBN":                 {asked: search.Asked{Text: "9781504459242"}, first: "IEEE Std 754-2019", total: 1, exact: "IEEE Std 754-2019"},
		"the version of one":      {asked: search.Asked{Text: "IEEE 754"}, first: "IEEE Std 754-2019", total: 1},
		"what one is related to":  {asked: search.Asked{Text: "draft-ietf-x-07"}, first: "draft-ietf-x", total: 1},
		"misspelt":                {asked: search.Asked{Text: "wrods"}, first: "RFC 2119", total: 2, offered: "words", mended: true},
		"perhaps misspelt":        {asked: search.Asked{Text: "rare"}, first: "draft-ietf-x", total: 1},
		"narrowed to nothing":     {asked: search.Asked{Text: "words", Chosen: map[search.Facet][]string{search.FacetKind: {"draft"}}}, nearest: ""},
		"an identifier excluded":  {asked: search.Asked{Text: "rfc8174", Chosen: map[search.Facet][]string{search.FacetKind: {"draft"}}}, nearest: "RFC 8174"},
		"nearly an identifier":    {asked: search.Asked{Text: "bcp 15"}, nearest: "BCP 14"},
		"one of the words":        {asked: search.Asked{Text: "xyzzy"}, nearest: ""},
		"cut off":                 {asked: search.Asked{Text: "slow"}, problem: "It took too long.", cutOff: true},
		"wrong":                   {asked: search.Asked{Text: "wrong"}, problem: "It is wrong."},
		"nothing":                 {asked: search.Asked{Text: " - "}},
		"a page":                  {asked: search.Asked{Text: "words", Offset: 1, Limit: 1}, first: "draft-ietf-x", total: 2},
		"beyond the last page":    {asked: search.Asked{Text: "words", Offset: 9}, total: 2},
		"a page before the first": {asked: search.Asked{Text: "words", Offset: -9, Limit: -1}, total: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.asked.Limit == 0 {
				test.asked.Limit = 20
			}
			got, err := New(newSearchShelf()).Ask(t.Context(), test.asked)
			require.NoError(t, err)
			first := ""
			if len(got.Documents) > 0 {
				first = primaries(got)[0]
			}
			require.Equal(t, test.first, first)
			require.Equal(t, []any{test.total, test.offered, test.mended, test.problem, test.cutOff}, []any{got.Total, got.Offered, got.Mended, got.Problem, got.CutOff})
			if test.exact == "" {
				require.Nil(t, got.Exact)
			} else {
				require.Equal(t, test.exact, got.Exact.ID)
			}
			if test.nearest != "" {
				require.Equal(t, test.nearest, got.Nearest[0].ID.ID)
			}
		})
	}
	_, err := New(newSearchShelf()).Ask(t.Context(), search.Asked{Text: "broken"})
	require.ErrorContains(t, err, "broken")
}

// The values of a facet that something is chosen of are counted as if it were not.
func TestAskCountsAlternatives(t *testing.T) {
	t.Parallel()
	s := newSearchShelf()
	got, err := New(s).Ask(t.Context(), search.Asked{Text: "words", Limit: 1, Chosen: map[search.Facet][]string{search.FacetKind: {"draft"}}})
	require.NoError(t, err)
	require.Zero(t, got.Total)
	require.Equal(t, []FacetCounts{{Facet: search.FacetKind, Values: []FacetValue{{Value: "rfc", Count: 2}, {Value: "draft", Chosen: true}}}}, got.Facets)
	got, err = New(s).Ask(t.Context(), search.Asked{Text: "many words", Limit: 1})
	require.NoError(t, err)
	require.True(t, got.AtLeast)
	kinds := got.Facets[slices.IndexFunc(got.Facets, func(f FacetCounts) bool { return f.Facet == search.FacetKind })]
	require.Equal(t, []FacetValue{{Value: "draft", Count: 16}, {Value: "rfc", Count: 16}}, kinds.Values, "counted in the sample")
}

func TestLookup(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"rfc 2119": "RFC 2119", "https://www.rfc-editor.org/info/rfc2119": "RFC 2119", "ISBN 978-1-5044-5924-2": "IEEE Std 754-2019",
		"RFC 2119 key words": "", "key words": "", "IEEE 754": "", "": "",
	} {
		got, err := New(newSearchShelf()).Lookup(t.Context(), text)
		require.Equal(t, want, got.ID, text)
		require.Equal(t, want == "", fault.Is(err, fault.NotFound), text)
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		limit int
		texts []string // titles of documents, and names
	}{
		"rfc 2":   {8, []string{"Key words", "About RFC 2119"}},
		"rfc":     {1, []string{"Key words"}},
		"key wor": {8, []string{"Key words", "Rare words of many"}},
		"wor":     {8, []string{"Key words", "Rare words of many", "W. Worth", "W. Worth", "W. Worth", "W. Worth", "W. Worth", "W. Worth"}},
		"wor ":    {3, []string{"Key words", "Rare words of many", "W. Worth"}},
		"":        {8, nil},
		"key":     {0, nil},
		"-":       {8, nil},
	} {
		got, err := New(newSearchShelf()).Suggest(t.Context(), text, want.limit)
		require.NoError(t, err)
		var texts []string
		for _, suggestion := range got {
			texts = append(texts, suggestion.Text)
		}
		require.Equal(t, want.texts, texts, text)
	}
}
