// Package search turns the query languages of the service into one Query value. Running it is left
// to the database.
package search

// Format is one of the query languages of the API (compatibility, section 6).
type Format string

// The query languages.
const (
	DocIDRegex Format = "docid_regex"
	JSONStruct Format = "json_struct"
	JSONPath   Format = "json_path"
	JSONRepr   Format = "json_repr"
	WebSearch  Format = "websearch"
)

// Query is a search that has been understood.
type Query struct {
	Format Format
	Text   string // as the visitor wrote it
	Offset int
	Limit  int
	Cap    int // stop counting here
}
