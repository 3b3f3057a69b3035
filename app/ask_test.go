package app

import (
	"strings"
	"testing"
)

func TestPermanentAddresses(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs", "ids", "rfcsubseries", "3gpp", "ieee")
	tests := []struct{ name, path, to string }{ // to: empty for a page, else where it leads
		{"RFC", "/RFC9000", ""},
		{"in lower case", "/rfc9000", "/RFC9000"},
		{"with a slash", "/RFC9000/", "/RFC9000"},
		{"with a blank", "/rfc%209000", "/RFC9000"},
		{"with zeros", "/RFC0791", "/RFC791"},
		{"subseries", "/BCP14", ""},
		{"draft without version", "/draft-ietf-quic-transport", ""},
		{"draft with a version", "/draft-ietf-quic-transport-34", ""},
		{"draft in capitals", "/Draft-IETF-quic-transport-34", "/draft-ietf-quic-transport-34"},
		{"type and identifier", "/doc/IETF/RFC%209000", "/RFC9000"},
		{"an identifier that is not the main one", "/doc/DOI/10.17487/RFC9000", "/RFC9000"},
		{"an identifier with slashes", "/doc/3GPP/3GPP%20TS%2023.501:REL-18/18.8.0", ""},
		{"the slash escaped", "/doc/3GPP/3GPP%20TS%2023.501:REL-18%2F18.8.0", "/doc/3GPP/3GPP%20TS%2023.501:REL-18/18.8.0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := s.get(t, test.path)
			switch {
			case test.to != "" && (got.status != 302 || got.header.Get("Location") != test.to):
				t.Errorf("status %d, to %s; want a redirect to %s", got.status, got.header.Get("Location"), test.to)
			case test.to == "" && (got.status != 200 || !strings.Contains(got.body, `rel="canonical" href="`+s.base+test.path+`"`)):
				t.Errorf("status %d; want the page with itself as its canonical address: %.400s", got.status, got.body)
			}
		})
	}
	if got := s.get(t, "/get-one/by-docid/?docid=RFC+9000"); got.status != 200 || !strings.Contains(got.body, s.base+`/RFC9000"`) {
		t.Errorf("by-docid: status %d; want the page with its canonical address", got.status)
	}
	unknown := map[string]string{ // path to what its page offers to search for; empty: nothing
		"/RFC99999": "query=RFC+99999", "/draft-nobody-wrote-this-07": "query=draft-nobody-wrote-this-07", "/doc/ISO%2FIEC/ISO/IEC%201": "query=ISO%2FIEC+1",
		"/doc/IETF": "", "/nowhere": "", "/nowhere/": "",
	}
	for path, offered := range unknown {
		got := s.get(t, path)
		if got.status != 404 || !strings.Contains(got.body, offered) || (offered == "") == strings.Contains(got.body, "Search for") {
			t.Errorf("%s: status %d; want 404 with %q: %.300s", path, got.status, offered, got.body)
		}
	}
}

func TestTheOneBox(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs", "ids")
	for path, to := range map[string]string{
		"/search/?query=":                                                   "/",
		"/get-bibliographic-item/?query=+":                                  "/",
		"/get-bibliographic-item/?query=transport+of+words":                 "/search/?query=transport+of+words",
		"/get-bibliographic-item/?query=x&query_format=websearch":           "/search/?query=x&query_format=websearch",
		"/get-one/by-docid/?docid=NOPE+1":                                   "/search/?query=NOPE+1",
		"/search/?query=quic&source=rfcs&year=2021&year_from=2019&year_to=": "/search/?query=quic&source=rfcs&year=2019..",
		"/search/?query=quic&year_from=%27&year_to=x":                       "/search/?query=quic",
	} {
		if got := s.get(t, path); got.status != 302 || got.header.Get("Location") != to {
			t.Errorf("%s: status %d to %s, want a redirect to %s", path, got.status, got.header.Get("Location"), to)
		}
	}
	for path, holds := range map[string]string{
		"/search/?query=quic":                                                         `hx-get="/search/?query=quic&amp;sort=newest"`,
		"/search/?query=rfc9000":                                                      "Exactly what you asked for",
		"/search/?query=quic&source=rfcs":                                             "Remove ",
		"/search/?query=quic&page=99":                                                 "This is the first one.",
		"/search/?query=quic&page=x&size=7&sort=worst&year=x..y":                      "<h1",
		"/search/?query=" + strings.Repeat("x+", 1000):                                "No documents found",
		"/search/?query=xyzzyplugh":                                                   "No documents found",
		"/search/?query=x&query_format=nope":                                          "no query format",
		"/search/?query=quic&query_format=":                                           "no query format",
		"/search/advanced/":                                                           "JSON path",
		"/search/suggestions/?query=rfc+90":                                           `data-href="/RFC9000"`,
		"/search/check/?query=%24.a+%3D%3D&query_format=json_path":                    "cannot be understood",
		"/search/check/?query=%24.a+%3D%3D+1&query_format=json_path":                  "The syntax is right.",
		"/search/check/?query=%7B&query_format=json_struct":                           "not JSON",
		"/search/check/?query=%24.a+%3D%3D+%22%5Cu0000%22&query_format=json_path":     "cannot be understood",
		"/search/check/?query=%27%3B+DROP+TABLE+records%3B+--&query_format=json_path": "cannot be understood",
		"/search/check/?query=x&query_format=nope":                                    "no query format",
	} {
		if got := s.get(t, path); got.status != 200 || !strings.Contains(got.body, holds) {
			t.Errorf("%.100s: status %d; want 200 with %q: %.300s", path, got.status, holds, got.body)
		}
	}
	for _, path := range []string{"/search/suggestions/", "/search/suggestions/?query=" + strings.Repeat("x", 3000), "/search/check/?query=&query_format=json_path"} {
		if got := s.get(t, path); got.status != 200 || strings.TrimSpace(got.body) != "" {
			t.Errorf("%.60s: status %d, %.100q; want nothing", path, got.status, got.body)
		}
	}
}
