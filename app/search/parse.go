package search

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Formats lists the query languages, those that people use first.
var Formats = []Format{DocIDRegex, WebSearch, JSONStruct, JSONPath, JSONRepr}

// attempts lists the query languages in the order in which a text is tried in them: the fast and precise ones
// first.
var attempts = []Format{DocIDRegex, JSONStruct, JSONPath, WebSearch, JSONRepr}

// Parse reads the name of a query language, in any case, and a query in it. It fails with fault.Invalid when
// there is no such language, when a query that must be JSON is not, and when a query for an identifier is
// plainly written in another language. An empty query is one that finds nothing.
func Parse(format, text string) (Query, error) {
	q := Query{Format: Format(strings.ToLower(format)), Text: strings.TrimSpace(text)}
	if !slices.Contains(Formats, q.Format) {
		return q, fault.New(fault.Invalid, "There is no query format %.40q; use one of %s.", format, names())
	}
	if q.Text == "" {
		return q, nil
	}
	switch q.Format {
	case JSONStruct:
		if !json.Valid([]byte(q.Text)) {
			return q, fault.New(fault.Invalid, "The query is not JSON, which the format %s expects.", JSONStruct)
		}
	case DocIDRegex:
		if other := lookOf(q.Text); other != DocIDRegex {
			return q, fault.New(fault.Invalid, "The query is no part of an identifier; it looks like one in the format %s.", other)
		}
	}
	return q, nil
}

// ParseAny gives the queries to try, one after the other, when a text may be in another language than the one
// that is named: in that one first, then in those less precise. What cannot be read in a language is not tried
// in it. It fails with fault.Invalid when there is no such language.
func ParseAny(format, text string) ([]Query, error) {
	if _, err := Parse(format, ""); err != nil {
		return nil, err
	}
	var queries []Query
	from := slices.Index(attempts, Format(strings.ToLower(format)))
	for _, attempt := range attempts[from:] {
		q, err := Parse(string(attempt), text)
		// Without a $, a path says the same of every record.
		if err == nil && (attempt != JSONPath || strings.Contains(text, "$")) {
			queries = append(queries, q)
		}
	}
	return queries, nil
}

// words are the signs of a query in the language of web searches: a quoted word, a word with a minus before
// it, and OR. The service that ours replaces refused identifiers with them.
var words = regexp.MustCompile(`"\S+"|\s-\S|\bOR\b`)

// lookOf tells the language that a text is plainly written in.
func lookOf(text string) Format {
	switch {
	case strings.HasPrefix(text, "$."):
		return JSONPath
	case words.MatchString(text) && text[0] != '"' && json.Valid([]byte(text)):
		return JSONStruct
	case words.MatchString(text):
		return WebSearch
	}
	return DocIDRegex
}

func names() string {
	all := make([]string, len(Formats))
	for i, format := range Formats {
		all[i] = string(format)
	}
	return strings.Join(all, ", ")
}
