// Package search turns the query languages of the service into queries that the database can run, and says
// which of them a text may be written in. Running them is left to the database.
package search

import "errors"

// Format is one of the query languages of the API (compatibility, section 6).
type Format string

// The query languages.
const (
	// DocIDRegex is a part of an identifier (see Identifier).
	DocIDRegex Format = "docid_regex"
	// JSONStruct is a JSON value that a record contains, as PostgreSQL's operator @> has it.
	JSONStruct Format = "json_struct"
	// JSONPath is a predicate in PostgreSQL's SQL/JSON path language.
	JSONPath Format = "json_path"
	// JSONRepr is words in the order in which they stand in the JSON of a record (see Words).
	JSONRepr Format = "json_repr"
	// WebSearch is words by their stems, as PostgreSQL's websearch_to_tsquery reads them.
	WebSearch Format = "websearch"
)

// Cap is how many documents a search finds at most (compatibility, section 6).
const Cap = 400

// ErrCutOff is in the chain of the error of a search that was ended because it took too long.
var ErrCutOff = errors.New("search cut off")

// Query is a search that has been understood.
type Query struct {
	Format Format
	Text   string // as the visitor wrote it
	Offset int
	Limit  int
	Cap    int  // stop counting here; 0: Cap
	Last   bool // the last page of Limit instead of that at Offset
}
