package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/search"
)

func TestReadChoices(t *testing.T) {
	usual := "/search/?query=quic"
	for name, test := range map[string]struct {
		query, want string // want: the address of what was read
		unsound     bool
	}{
		"text alone":                 {"query=+quic+", usual, false},
		"several values, each once":  {"query=quic&source=ids&source=rfcs&source=ids", usual + "&source=ids&source=rfcs", false},
		"several facets":             {"query=quic&year=2019..2021&type=rfc&group=TC+22", usual + "&type=rfc&group=TC+22&year=2019..2021", false},
		"order, size and page":       {"query=quic&sort=oldest&size=100&page=2", usual + "&sort=oldest&size=100&page=2", false},
		"unknown order and size":     {"query=quic&sort=random&size=1000", usual, false},
		"facets that there are not":  {"query=quic&colour=green&source=", usual, false},
		"a page before the first":    {"query=quic&page=0", usual, true},
		"a page that is no number":   {"query=quic&page=last", usual, true},
		"a page too far to go":       {"query=quic&page=501", usual, true},
		"the last page there can be": {"query=quic&page=500", usual + "&page=500", false},
		"the first page, said aloud": {"query=quic&page=1", usual, false},
		"the usual, said aloud":      {"query=quic&sort=relevance&size=20", usual, false},
	} {
		t.Run(name, func(t *testing.T) {
			params, err := url.ParseQuery(test.query)
			require.NoError(t, err)
			choices, sound := readChoices(params)
			require.Equal(t, test.want, choices.URL())
			require.Equal(t, test.unsound, !sound)
		})
	}
	many := url.Values{}
	for i := range 100 {
		many.Add("group", strings.Repeat("x", i+1))
	}
	choices, _ := readChoices(many)
	require.Len(t, choices.Chosen[search.FacetGroup], maxChosen)
}

func TestIsExact(t *testing.T) {
	for query, want := range map[string]bool{
		"query=x":                                      false,
		"query=x&query_format=words":                   false,
		"query=x&query_format=WORDS":                   false,
		"query=x&query_format=":                        true,
		"query=x&query_format=websearch":               true,
		"query=x&query_format=nope":                    true,
		"query=x&allow_format_fallback=True":           true,
		"query=x&query_format=nope&query_format=words": false,
	} {
		params, err := url.ParseQuery(query)
		require.NoError(t, err)
		require.Equal(t, want, isExact(params), query)
	}
}
