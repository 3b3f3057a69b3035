package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

func TestReadListing(t *testing.T) {
	t.Parallel()
	year := func(n int) *int { return &n }
	for query, want := range map[string]struct {
		at views.ListingAt
		q  browse.Query
	}{
		"":                      {},
		"from=RFC+9":            {views.ListingAt{From: "RFC 9"}, browse.Query{From: "RFC 9"}},
		"after=a":               {views.ListingAt{After: "a"}, browse.Query{After: "a"}},
		"before=a&year=2019":    {views.ListingAt{Before: "a", Year: "2019"}, browse.Query{Before: "a", Year: year(2019)}},
		"year=none&page=last":   {views.ListingAt{Year: "none", Last: true}, browse.Query{Year: year(browse.Undated), Last: true}},
		"year=&page=2&unknown=": {},
	} {
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/?"+query, nil), nil)
		at, q, err := readListing(c, "rfcs")
		require.NoError(t, err, query)
		want.q.Dataset, want.q.Limit = "rfcs", pageSize
		require.Equal(t, want.at, at, query)
		require.Equal(t, want.q, q, query)
	}
	for _, query := range []string{"year=x", "year=0", "year=-1", "year=99999", "year=2019a"} {
		_, _, err := readListing(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/?"+query, nil), nil), "rfcs")
		require.Equal(t, fault.Invalid, fault.Of(err), query)
	}
}
