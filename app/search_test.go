package app

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/search"
)

// searchAnswer is the answer of the API to a search.
type searchAnswer struct {
	Meta struct {
		Total   int    `json:"total_records"`
		Next    string `json:"next"`
		Prev    string `json:"prev"`
		Format  string `json:"query_format"`
		Message string `json:"message"`
		CutOff  bool   `json:"cut_off"`
		Offered string `json:"offered"`
	} `json:"meta"`
	Data []struct {
		Primary string `json:"primary_docid"`
	} `json:"data"`
}

func (s *service) search(t *testing.T, path string) searchAnswer {
	t.Helper()
	got := s.get(t, path)
	var answer searchAnswer
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || got.status != 200 {
		t.Fatalf("%s: status %d, %v: %.300s", path, got.status, err, got.body)
	}
	return answer
}

func TestSearchAPI(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs", "ids", "ieee")
	refused := map[string]string{ // path below the search, part of the refusal
		"rfc/?query_format=nope":                       "no query format",
		"rfc/?query_format=":                           "no query format",
		"rfc%20OR%20bcp/":                              "looks like one in the format websearch",
		"%24.docid%5B%2A%5D.id%20%3D%3D%201/":          "looks like one in the format json_path",
		"%7B/?query_format=json_struct":                "not JSON",
		"rfc/?query_format=nope&allow_format_fallback": "no query format",
	}
	for path, message := range refused {
		if got := s.get(t, "/api/v1/search/"+path); got.status != 400 || !strings.Contains(got.body, message) {
			t.Errorf("%s: status %d, %s; want a refusal that mentions %q", path, got.status, got.body, message)
		}
	}
	missing := []string{
		"rfc%2F2119/", "rfc/2119/", "rfc%209000/?page=2", "rfc/?page=0", "rfc/?page=-1", "rfc/?page=x", "rfc/?page=41",
		"nothing-of-the-kind/?page=2", "%24%5B/?query_format=json_path&page=2",
	}
	for _, path := range missing {
		if got := s.get(t, "/api/v1/search/"+path); got.status != 404 {
			t.Errorf("%s: status %d, want 404", path, got.status)
		}
	}
	found := []struct {
		path    string
		total   int
		first   string
		message string // part of it
	}{
		{"rfc%209000/", 1, "RFC 9000", ""},
		{"rfc%2B9000/", 1, "RFC 9000", ""},
		{"RFC%209000/?query_format=DOCID_REGEX", 1, "RFC 9000", ""},
		{"p802.3AH%252FD3.3/", 1, "IEEE Std P802.3ah/D3.3", ""},
		{"ultiplex/?query_format=websearch&query_format=json_repr&bypass_cache=1", 5, "RFC 9000", ""},
		{"%20/?query_format=websearch", 0, "", ""},
		{"%2B/", 0, "", ""},
		{"100%25/?query_format=websearch", 0, "", ""},
		{"5/?query_format=json_struct", 0, "", ""},
		{"%22%5Cu0000%22/?query_format=json_struct", 0, "", ""},
		{"%7B%22docid%22%3A%5B%7B%22id%22%3A%22%5Cu0000%22%7D%5D%7D/?query_format=json_struct", 0, "", "cannot be understood"},
		{"%24%5B/?query_format=json_path", 0, "", "cannot be understood"},
		{"%40.id%20%3D%3D%201/?query_format=json_path", 0, "", "cannot be understood"},
		{"multiplexed%20transport/?allow_format_fallback=true", 5, "RFC 9000", ""},
		{"ultiplex/?allow_format_fallback=1&query_format=websearch", 5, "RFC 9000", ""},
		{"multiplexed%20transport/?allow_format_fallback=0", 0, "", ""},
	}
	for _, test := range found {
		got := s.search(t, "/api/v1/search/"+test.path)
		if got.Meta.Total != test.total || test.first != "" && got.Data[0].Primary != test.first ||
			!strings.Contains(got.Meta.Message, test.message) || (got.Meta.Message == "") != (test.message == "") || got.Meta.CutOff {
			t.Errorf("%s: %+v, want %d, %q first, a message with %q", test.path, got.Meta, test.total, test.first, test.message)
		}
	}
	if got := s.search(t, "/api/v1/search/multiplexed%20transport/?allow_format_fallback=1").Meta.Format; got != string(search.WebSearch) {
		t.Errorf("found in the format %q", got)
	}
}

func TestSearchPagesAreLinked(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	var ids []string
	path := "/api/v1/search/rfc%20/?query_format=docid_regex"
	for path != "" {
		page := s.search(t, path)
		for _, item := range page.Data {
			ids = append(ids, item.Primary)
		}
		path = strings.TrimPrefix(page.Meta.Next, s.base)
	}
	last := s.search(t, "/api/v1/search/rfc%20/?page=last")
	if len(ids) != last.Meta.Total || last.Meta.Total < 11 || last.Data[len(last.Data)-1].Primary != ids[len(ids)-1] || last.Meta.Next != "" {
		t.Errorf("%d documents in all pages, the last ends with %+v", len(ids), last)
	}
	previous := s.search(t, strings.TrimPrefix(last.Meta.Prev, s.base))
	if len(previous.Data) != 10 || !strings.Contains(last.Meta.Prev, "page=") {
		t.Errorf("before the last page: %+v", previous.Meta)
	}
	slices.Sort(ids)
	if distinct := slices.Compact(slices.Clone(ids)); len(distinct) != len(ids) {
		t.Errorf("some documents are on several pages: %q", ids)
	}
}

func TestSearchPageExplains(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	for path, text := range map[string]string{
		"query=x&query_format=nope":                                   "Query not understood",
		"query=%24%5B&query_format=json_path":                         "Query not understood",
		"query=rfc+OR+bcp&query_format=docid_regex":                   "Query not understood",
		"query=rfc&query_format=docid_regex&page=99":                  "This is the first one",
		"query=rfc&query_format=docid_regex&page=40":                  "This is the first one",
		"query=multiplexed+transport&allow_format_fallback=True":      "These were found as “Words”",
		"query=nothingofthekind&allow_format_fallback=True":           "No documents found",
		"query=%24.doctype+%3D%3D+%22rfc%22&allow_format_fallback=1":  "documents",
		"query=%22secure+transport%22+-tls&query_format=websearch":    "document",
		"query=%27%3B+DROP+TABLE+records%3B+--&query_format=nonsense": "DROP TABLE",
	} {
		if got := s.get(t, "/search/?"+path); got.status != 200 || !strings.Contains(got.body, text) {
			t.Errorf("%s: status %d, without %q", path, got.status, text)
		}
	}
}

func TestSearchIsCutOff(t *testing.T) {
	t.Parallel()
	s := start(t, map[string]string{"STATEMENT_TIMEOUT": "100ms"})
	s.index(t, "rfcs", "ids")
	// Every value of a record is compared with every other one, for every other one.
	const slow = `exists($.** ? (@ == $.** ? (@ == $.** ? (@ == "nothing"))))`
	api := s.search(t, "/api/v1/search/"+url.PathEscape(slow)+"/?query_format=json_path")
	if !api.Meta.CutOff || !strings.Contains(api.Meta.Message, "cut off") || api.Meta.Total != 0 {
		t.Errorf("the API answers %+v", api.Meta)
	}
	page := s.get(t, "/search/?query_format=json_path&query="+url.QueryEscape(slow))
	if page.status != 200 || !strings.Contains(page.body, "Search cut off") {
		t.Errorf("the page has status %d: %.300s", page.status, page.body)
	}
}

// Whatever a visitor writes, in whichever format, is answered.
func TestSearchIsNeverAtFault(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	for _, text := range []string{
		"'; DROP TABLE records; --", `\`, `"`, "%", "%%", "%zz", "?0", "$1", "\u2028", "😀", "a\tb", "<b>", "..", "(", `$."`, `$.** like_regex "("`, "{}", "[]", "null", "-",
		strings.Repeat("(", 1000), strings.Repeat("x ", 800),
	} {
		for _, format := range append([]search.Format{"nope"}, search.Formats...) {
			for _, path := range []string{
				"/api/v1/search/" + url.PathEscape(text) + "/?query_format=" + string(format),
				"/api/v1/search/" + url.PathEscape(url.PathEscape(text)) + "/?allow_format_fallback=1&query_format=" + string(format),
				"/search/?query=" + url.QueryEscape(text) + "&query_format=" + string(format),
			} {
				if got := s.get(t, path); got.status >= 500 {
					t.Errorf("%s: status %d: %.200s", path, got.status, got.body)
				}
			}
		}
	}
}
