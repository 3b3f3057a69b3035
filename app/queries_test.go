package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// asked are addresses that take what a visitor writes, in every query language and beside them. {} stands for the text,
// {{}} for one that is escaped twice.
var asked = []string{
	"/search/?query={}",
	"/api/v1/search/{{}}/",
	"/api/v1/search/{{}}/?query_format=websearch",
	"/api/v1/search/{{}}/?query_format=json_struct",
	"/api/v1/search/{{}}/?query_format=json_path",
	"/api/v1/search/{{}}/?query_format=json_repr",
	"/search/suggestions/?query={}",
	// Those before this line are tried with every text.
	"/search/?query={}&page=2&sort=oldest",
	"/search/?query=protocol&kind={}&group={}",
	"/search/?query={}&status={}&year={}&source={}&decade={}",
	"/search/?query={}&query_format=websearch",
	"/search/?query={}&query_format=docid_regex&allow_format_fallback=1",
	"/search/?query={}&query_format=json_path",
	"/search/check/?query={}&query_format=json_path",
	"/search/check/?query={}&query_format=json_struct",
	"/search/feed.atom?query={}",
	"/search/feed.atom?query={}&kind={}",
	"/search/feed.atom?query={}&query_format=docid_regex",
	"/search/feed.atom?query={}&query_format=websearch",
	"/search/feed.atom?query={}&query_format=json_path",
	"/search/feed.atom?query={}&query_format=json_struct",
	"/search/feed.atom?query={}&query_format=json_repr",
	"/api/v1/search/{{}}/?allow_format_fallback=1",
	"/api/v1/search/{{}}/?query_format=words&page=last",
	"/get-bibliographic-item/?query={}",
	"/get-one/by-docid/?docid={}&doctype={}",
	"/api/v1/by-docid/?docid={}",
	"/doc/IETF/{}",
	"/public/rfc/bibxml/{}.xml",
	"/public/rfc/bibxml-nist/reference.NIST.{}.xml",
	"/indexed-sources/relaton-data-rfcs/?from={}&year={}",
	"/indexed-sources/relaton-data-rfcs/{}/",
	"/api/v1/ref/rfcs/{}/",
}

// triedAlways is how many of them every text is tried with.
const triedAlways = 7

// errorTexts are texts for which PostgreSQL raises errors of all kinds, one way or another.
var errorTexts = []string{
	strings.Repeat("-", 33) + "a", strings.Repeat("-", 33), strings.Repeat("- ", 40) + "a", strings.Repeat(`-"`, 40),
	strings.Repeat("(", 500) + "a", strings.Repeat("!", 500) + "a", strings.Repeat("a OR ", 100) + "b", strings.Repeat("w", 2100),
	`$[`, `$.a like_regex "("`, `$.a like_regex "a" flag "x"`, `$.a.datetime("x") == 1`, `$[1e10] == 1`, `$.x == $unknown`, `@.a == 1`,
	`$.a == 1e1000000`, `$.** ? (@.id like_regex "(a{1,200}){1,200}")`, `$.double() == 1`, `strict $.a.b.c == 1`, `$.a == "\u0000"`, `$.a == "\ud800"`,
	`{"a": 1e400000}`, `{"a": "\u0000"}`, `{"a": "\ud83d"}`, `{"date": 1e400000}`, `{"date": [{"value": "\u0000"}]}`, `{"a":` + strings.Repeat("[", 3000) + strings.Repeat("]", 3000) + `}`,
	`RFC ?`, `(a*)*b\1`, `[[:nothing:]]`, `a{1,255}{1,255}`, `***=x`, `(?=x)(?!y)`, `[z-a]`, `\`, `'`, `"`, `%`, `_`, `?0`, `a:*`, `a & b`, `title:"`, `year:9999999999..`, `author:-`, `-author:x OR`,
	"\u2028", "\U0010FFFF", "ǅİıſK", "x\ufffdy", "\t\n", "..", "1..2", "-1", "99999999999999999999", "draft-", "RFC", "BCP 0", "978-1-5044-5924-2",
}

// startQueries starts the service for them: long queries end soon, and nobody is limited.
func startQueries(t testing.TB) *service {
	t.Helper()
	s := start(t, map[string]string{"STATEMENT_TIMEOUT": "300ms", "SEARCH_TIME_PER_MINUTE": "0", "SEARCHES_PER_CLIENT": "16"})
	s.index(t, "rfcs", "ids", "ieee")
	return s
}

// requireSound fails unless an answer is one that a visitor's text may lead to.
func (s *service) requireSound(t *testing.T, address, text string) {
	t.Helper()
	path, query, _ := strings.Cut(address, "?")
	path = strings.ReplaceAll(path, "{{}}", url.PathEscape(url.PathEscape(text)))
	path = strings.ReplaceAll(path, "{}", url.PathEscape(text)) + "?" + strings.ReplaceAll(query, "{}", url.QueryEscape(text))
	got := s.get(t, path)
	switch {
	case got.status < http.StatusInternalServerError:
	case got.status == http.StatusBadGateway: // of an external source, which nobody reaches here
	case got.status == http.StatusServiceUnavailable && got.header.Get("Retry-After") != "":
	default:
		t.Errorf("%s: status %d: %.300s", path, got.status, got.body)
	}
}

// No text that a visitor writes makes the service fail, wherever it is written.
func FuzzQueries(f *testing.F) {
	for i, text := range errorTexts {
		for address := range triedAlways {
			f.Add(uint8(address), text)
		}
		f.Add(uint8(triedAlways+i%(len(asked)-triedAlways)), text)
	}
	s := startQueries(f)
	f.Fuzz(func(t *testing.T, address uint8, text string) {
		if len(text) > 1500 || !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			return // refused before anything looks at it
		}
		s.requireSound(t, asked[int(address)%len(asked)], text)
	})
}
