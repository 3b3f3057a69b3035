package search

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Formats lists the query languages, those that people use first.
var Formats = []Format{DocIDRegex, WebSearch, JSONStruct, JSONPath, JSONRepr}

// Parse reads the name of a query language and a query in it. It fails with fault.Invalid when there is
// no such language, when the query is empty, or when a query that must be JSON is not.
func Parse(format, text string) (Query, error) {
	q := Query{Format: Format(format), Text: text}
	if !slices.Contains(Formats, q.Format) {
		return q, fault.New(fault.Invalid, "There is no query format %q; use one of %s.", format, names())
	}
	if strings.TrimSpace(text) == "" {
		return q, fault.New(fault.Invalid, "The query is empty.")
	}
	if q.Format == JSONStruct && !json.Valid([]byte(text)) {
		return q, fault.New(fault.Invalid, "The query is not JSON, which the format %s expects.", format)
	}
	return q, nil
}

func names() string {
	all := make([]string, len(Formats))
	for i, format := range Formats {
		all[i] = string(format)
	}
	return strings.Join(all, ", ")
}
