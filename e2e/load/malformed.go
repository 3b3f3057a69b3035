package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// malformed is a request that no sound client would send.
type malformed struct {
	kind string
	raw  string
	// allowed is a status of 500 or more that is the right answer, by RFC 9110 or 9112; 0: none.
	allowed int
}

// makers make malformed requests, each of one kind.
var makers = []struct {
	kind string
	make func(*rand.Rand) string
}{
	{"address", func(r *rand.Rand) string { return get(base(r) + noise(r)) }},
	{"escapes", func(r *rand.Rand) string { return get(base(r) + escapes(r)) }},
	{"long address", func(r *rand.Rand) string { return get(base(r) + strings.Repeat(escapes(r), 1+r.IntN(3000))) }},
	{"parameters", func(r *rand.Rand) string { return get(base(r) + "?" + parameters(r)) }},
	{"sound parameters, odd values", func(r *rand.Rand) string { return get(base(r) + "?" + odd(r)) }},
	{"queries", func(r *rand.Rand) string { return get(search(r)) }},
	{"headers", func(r *rand.Rand) string {
		return "GET " + base(r) + " HTTP/1.1\r\nHost: localhost\r\n" + headers(r) + "\r\n"
	}},
	{"known headers, odd values", func(r *rand.Rand) string { return get(base(r), known(r)...) }},
	{"hosts", func(r *rand.Rand) string { return "GET " + base(r) + " HTTP/1.1\r\nHost: " + noise(r) + "\r\n\r\n" }},
	{"methods", func(r *rand.Rand) string {
		return pick(r, methods) + " " + base(r) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
	}},
	{"request lines", func(r *rand.Rand) string { return noise(r) + " " + noise(r) + "\r\n\r\n" }},
	{"forms", func(r *rand.Rand) string { return post(r, "application/x-www-form-urlencoded", parameters(r)) }},
	{"multipart forms", func(r *rand.Rand) string {
		return post(r, "multipart/form-data; boundary="+noise(r), "--x\r\n"+noise(r))
	}},
	{"JSON", func(r *rand.Rand) string { return post(r, "application/json", jsonLike(r)) }},
	{"bodies", bodies},
	{"bytes", func(r *rand.Rand) string { return noise(r) + "\r\n" + noise(r) + "\r\n\r\n" }},
}

// malformedRequest makes one request; the same numbers make the same.
func malformedRequest(r *rand.Rand) malformed {
	m := makers[r.IntN(len(makers))]
	return malformed{kind: m.kind, raw: m.make(r)}
}

// unsupported are requests for what HTTP has, and a server may lack: it has to say so by 501 and 505.
var unsupported = []malformed{
	{"transfer coding", "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
	{"version", "GET / HTTP/3.0\r\nHost: localhost\r\n\r\n", 505},
}

func get(target string, lines ...string) string {
	return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + strings.Join(append(lines, ""), "\r\n") + "\r\n"
}

func post(r *rand.Rand, kind, body string) string {
	lines := []string{"Content-Type: " + kind, fmt.Sprintf("Content-Length: %d", len(body))}
	if r.IntN(2) == 0 {
		lines = append(lines, "X-IETF-Token: "+noise(r))
	}
	if r.IntN(4) == 0 {
		lines = append(lines, "X-Hub-Signature-256: sha256="+noise(r), "X-GitHub-Event: "+pick(r, []string{"push", "ping", noise(r)}))
	}
	return "POST " + pick(r, posts) + " HTTP/1.1\r\nHost: localhost\r\n" + strings.Join(lines, "\r\n") + "\r\n\r\n" + body
}

// bodies are not as long as they say, or not in chunks.
func bodies(r *rand.Rand) string {
	lengths := []string{
		"Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 1000",
		"Content-Length: " + noise(r), "Transfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 3",
	}
	return "POST " + pick(r, posts) + " HTTP/1.1\r\nHost: localhost\r\n" + pick(r, lengths) + "\r\n\r\n" + noise(r)
}

var methods = []string{"PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "HEAD", "get", "G\x00T", "PROPFIND", "POST", "*"}

// bases are the beginnings of the addresses that the service has.
var bases = []string{
	"/", "/about", "/search/", "/get-bibliographic-item/", "/get-one/by-docid/", "/get-one/export/", "/get-one/external/doi/", "/external-sources/doi/",
	"/indexed-sources/relaton-data-rfcs/", "/indexed-sources/", "/static/", "/healthz/", "/metrics/", "/public/rfc/bibxml/reference.RFC.", "/public/rfc/bibxml2/_reference.",
	"/public/rfc/bibxml3/reference.I-D.", "/public/rfc/bibxml6/reference.R.", "/public/rfc/bibxml7/reference.DOI.", "/public/rfc/bibxml-nist/reference.NIST.",
	"/public/rfc/", "/api/v1/by-docid/", "/api/v1/ref/rfcs/", "/api/v1/ref/doi/", "/api/v1/search/", "/api/v1/json-schema/", "/api-spec/", "/api/v1/management/rfcs/status/",
	"/api/v1/management/", "/management/", "/management/xml2rfc-compat/", "/management/tasks/", "/datatracker-auth/callback/", "/openapi.yaml",
}

// posts take forms or messages; none of them does anything without a secret.
var posts = []string{
	"/api/v1/management/rfcs/reindex/", "/api/v1/management/rfcs/reset-index/", "/api/v1/management/tasks/stop-all/",
	"/api/v1/management/tasks/x/stop/", "/api/v1/hooks/github", "/management/", "/api/v1/by-docid/", "/",
}

var parameterNames = []string{
	"docid", "doctype", "format", "anchor", "check_external_sources", "query", "query_format", "page", "allow_format_fallback",
	"bypass_cache", "after", "ref", "refs", "force", "path", "code", "state",
}

var values = []string{
	"", " ", "%00", "%ff%fe", "%ED%A0%80", "%C0%AE", "..%2f..%2fetc%2fpasswd", "%25%32%35", "'", "\"", "<script>", "%0d%0aX:%20y", "-1", "0", "1e9", "99999999999999999999",
	"NaN", "last", "%F0%9F%92%A9", "%e2%80%ae", "{}", "[[[[", "$.**?(@==1)", "(((((", "[a-", "*", "%25", "RFC+9000", "a%26b%3dc", "\\", "%5c0", "bibxml", "relaton", "json_path", "docid_regex", "websearch",
	"draft-", "10.1/x", "%2e%2e", "\u0130", "\u202e", "A\u0301",
}

func parameters(r *rand.Rand) string {
	var all []string
	for range 1 + r.IntN(6) {
		all = append(all, pick(r, parameterNames)+pick(r, []string{"=", "", "==", "[]=", ";"})+noise(r))
	}
	return strings.Join(all, pick(r, []string{"&", "&&", ";", "%26"}))
}

func odd(r *rand.Rand) string {
	var all []string
	for range 1 + r.IntN(6) {
		all = append(all, pick(r, parameterNames)+"="+strings.ReplaceAll(pick(r, values), " ", "+"))
	}
	return strings.Join(all, "&")
}

// search asks in each of the query languages for what is none, or hardly.
func search(r *rand.Rand) string {
	format := pick(r, []string{"docid_regex", "json_struct", "json_path", "json_repr", "websearch", "none"})
	text := pick(r, []string{jsonLike(r), path(r), pattern(r), noise(r)})
	return "/api/v1/search/" + url.PathEscape(text) + "/?query_format=" + format + "&page=" + pick(r, []string{"1", "2", "40", "41", "0", "last", "x"})
}

// jsonLike is JSON, cut off or with something in its place.
func jsonLike(r *rand.Rand) string {
	text := `{"title": [{"content": "` + pick(r, values) + `", "n": [1e999, -0, null, true]}], "docid": ` + strings.Repeat("[", r.IntN(200)) + "}"
	return mangle(r, text)
}

func path(r *rand.Rand) string {
	return mangle(r, `$.docid[*] ? (@.id like_regex "`+pick(r, values)+`" && @.n > `+pick(r, values)+`).`+pick(r, []string{"size()", "**", "x", "keyvalue()", "datetime()"}))
}

func pattern(r *rand.Rand) string {
	var all strings.Builder
	for range 1 + r.IntN(20) {
		all.WriteString(pick(r, []string{"(", ")", "[", "]", "{9}", "*", "+", "?", "|", "^", "$", "\\", "\\1", "(?=", "[:x:]", "a", ".", "{1,99999}"}))
	}
	return all.String()
}

// mangle cuts a text off, or writes over a part of it.
func mangle(r *rand.Rand, text string) string {
	switch at := r.IntN(len(text)); r.IntN(3) {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + noise(r) + text[at:]
	}
	return text
}

func headers(r *rand.Rand) string {
	var all strings.Builder
	for range 1 + r.IntN(5) {
		all.WriteString(noise(r) + pick(r, []string{": ", ":", "", " :", "\r\n "}) + noise(r) + pick(r, []string{"\r\n", "\n", "\r"}))
	}
	if r.IntN(10) == 0 {
		all.WriteString("X: " + strings.Repeat("y", 40<<10) + "\r\n")
	}
	return all.String()
}

func known(r *rand.Rand) []string {
	var all []string
	for range 1 + r.IntN(5) {
		name := pick(r, []string{
			"Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "Cookie", "Authorization", "HX-Request", "X-Request-Id",
			"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Datatracker-Token", "X-IETF-Token", "Expect", "Upgrade", "Connection", "Content-Type", "Origin",
		})
		all = append(all, name+": "+strings.Map(printable, pick(r, append([]string{noise(r), "Basic " + noise(r), "W/\"" + noise(r)}, values...))))
	}
	return all
}

// printable leaves what a header may have.
func printable(c rune) rune {
	if c < ' ' || c == 0x7f {
		return '?'
	}
	return c
}

func escapes(r *rand.Rand) string {
	const digits = "0123456789abcdefABCDEFgz%"
	var all strings.Builder
	for range 1 + r.IntN(8) {
		all.WriteByte('%')
		for range r.IntN(3) {
			all.WriteByte(digits[r.IntN(len(digits))])
		}
	}
	return all.String()
}

// noise is some bytes, most of them of ASCII.
func noise(r *rand.Rand) string {
	bytes := make([]byte, r.IntN(24))
	for i := range bytes {
		if bytes[i] = byte(' ' + r.IntN(95)); r.IntN(8) == 0 {
			bytes[i] = byte(r.IntN(256))
		}
	}
	return string(bytes)
}

func base(r *rand.Rand) string { return pick(r, bases) }

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }
