package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
)

func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name, path, query, want string
		changed                 bool
	}{
		{"nothing to do", "/api/v1/by-docid/", "docid=RFC+2119&doctype=IETF", "docid=RFC+2119&doctype=IETF", false},
		{"spaces", "/api/v1/by-docid/", "docid=%20RFC%202119+", "docid=RFC+2119", true},
		{"tabs, line breaks, no-break spaces", "/api/v1/by-docid/", "docid=%09RFC%202119%C2%A0%0D%0A", "docid=RFC+2119", true},
		{"characters of no width", "/api/v1/by-docid/", "docid=%E2%80%8BRFC%202119%EF%BB%BF", "docid=RFC+2119", true},
		{"every parameter", "/api/v1/by-docid/", "doctype=%20IETF&format=bibxml%20&anchor=%09X", "anchor=X&doctype=IETF&format=bibxml", true},
		{"the last counts", "/api/v1/by-docid/", "format=bibxml&format=text&docid=1&docid=2", "docid=2&format=text", true},
		{"the last counts, trimmed", "/api/v1/by-docid/", "docid=1&docid=+2+", "docid=2", true},
		{"the last counts, empty as it is", "/api/v1/by-docid/", "docid=1&docid=", "docid=", true},
		{"blanks alone are a value", "/api/v1/by-docid/", "docid=%20", "docid=+", false},
		{"a facet of a search may be repeated", "/search/", "source=rfcs&source=+ids+&query=x&query=y", "query=y&source=rfcs&source=ids", true},
		{"a facet elsewhere may not", "/indexed-sources/relaton-data-rfcs/", "year=2019&year=2020", "year=2020", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			params, err := url.ParseQuery(c.query)
			require.NoError(t, err)
			require.Equal(t, c.changed, settle(params, c.path))
			require.Equal(t, c.want, params.Encode())
		})
	}
}

func TestTrimPath(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing to do", "/api/v1/ref/rfcs/RFC2119/", "/api/v1/ref/rfcs/RFC2119/"},
		{"spaces", "/api/v1/ref/%20rfcs%20/%20RFC2119%20/", "/api/v1/ref/rfcs/RFC2119/"},
		{"tabs and no-break spaces", "/api/v1/ref/rfcs%09/%C2%A0RFC2119%0A/", "/api/v1/ref/rfcs/RFC2119/"},
		{"without a final slash", "/api/v1/ref/rfcs/%20RFC2119%20", "/api/v1/ref/rfcs/RFC2119"},
		{"inside they stay", "/api/v1/search/%20RFC%202119%20/", "/api/v1/search/RFC%202119/"},
		{"blanks alone stay", "/api/v1/search/%20/", "/api/v1/search/%20/"},
		{"escaped twice", "/api/v1/search/%20a%252Fb%2520/", "/api/v1/search/a%252Fb%2520/"},
		{"xml2rfc path", "/public/rfc/%20bibxml/reference.RFC.2119.xml%20", "/public/rfc/bibxml/reference.RFC.2119.xml"},
		{"xml2rfc path with slashes", "/public/rfc/bibxml6/reference.R.IEEE_.%20A/%20B.xml%20", "/public/rfc/bibxml6/reference.R.IEEE_.%20A/%20B.xml"},
		{"identifier with slashes and blanks beside them", "/doc/IEEE/%20IEEE/%20ASTM%20SI%2010%20", "/doc/IEEE/IEEE/%20ASTM%20SI%2010"},
		{"identifier with an escaped slash", "/doc/DOI/%2010.17487%2FRFC2119%20/", "/doc/DOI/10.17487%2FRFC2119/"},
		{"name at the root", "/%20RFC9000%20", "/RFC9000"},
		{"DOI", "/external-sources/doi/%2010.1145/2975159%20/", "/external-sources/doi/10.1145/2975159/"},
		{"DOI of the API", "/api/v1/ref/doi/%2010.1145/2975159%09/", "/api/v1/ref/doi/10.1145/2975159/"},
		{"explorer", "/management/xml2rfc-compat/bibxml/%20reference.RFC.2119.xml%20/", "/management/xml2rfc-compat/bibxml/reference.RFC.2119.xml/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, err := url.Parse(c.in)
			require.NoError(t, err)
			trimPath(u)
			require.Equal(t, c.want, u.EscapedPath())
			plain, err := url.PathUnescape(c.want)
			require.NoError(t, err)
			require.Equal(t, plain, u.Path)
		})
	}
}

func TestFormValue(t *testing.T) {
	for _, c := range []struct{ name, query, body, want string }{
		{"one", "", "refs=RFC1", "RFC1"},
		{"the last counts", "", "refs=RFC1&refs=RFC2", "RFC2"},
		{"as it was typed", "", "refs=RFC1%0A", "RFC1\n"},
		{"the form before the address", "refs=RFC3", "refs=RFC1", "RFC1"},
		{"in the address", "refs=RFC3", "", "RFC3"},
		{"none", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/?"+c.query, strings.NewReader(c.body))
			r.Header.Set(echo.HeaderContentType, echo.MIMEApplicationForm)
			require.Equal(t, c.want, formValue(echo.New().NewContext(r, httptest.NewRecorder()), "refs"))
		})
	}
}

// Whatever stands around what is asked, the answer is that to the plain request.
func TestBlanksAndRepetitionsDoNotMatter(t *testing.T) {
	handler := service(newShelf(), &fakeGeneration{number: 1, known: true}, func(d *Deps) { d.Public = d.Resolver })
	for plain, others := range map[string][]string{
		"/api/v1/by-docid/?docid=RFC+1": {
			"/api/v1/by-docid/?docid=%20RFC+1%20", "/api/v1/by-docid/?docid=%C2%A0RFC+1%09", "/api/v1/by-docid/?docid=RFC+2&docid=RFC+1",
			"/api/v1/by-docid/?docid=RFC+1&format=nonsense&format=relaton",
		},
		"/public/rfc/bibxml/reference.RFC.0001.xml": {
			"/public/rfc/bibxml/%20reference.RFC.0001.xml%20", "/public/rfc/%20bibxml%20/_reference.RFC.0001.xml%09",
			"/public/rfc/bibxml/reference.%20RFC.0001%C2%A0.xml",
		},
		"/public/rfc/bibxml/reference.RFC.0001.xml?anchor=X": {
			"/public/rfc/bibxml/reference.RFC.0001.xml?anchor=%20X%20", "/public/rfc/bibxml/reference.RFC.0001.xml?anchor=Y&anchor=X",
		},
		"/RFC1": {"/%20RFC1%20", "/%C2%A0RFC1"},
	} {
		want := open(handler, plain)
		require.Equal(t, http.StatusOK, want.Code, plain)
		for _, other := range others {
			got := open(handler, other)
			require.Equal(t, want.Code, got.Code, other)
			require.Equal(t, want.Body.String(), got.Body.String(), other)
		}
	}
}
