// Package browse puts the records of a source in an order that people expect, and says where in it they may want to
// jump. Where records are kept is left to db, how lists look to views.
package browse

// Undated is the year of records without a date.
const Undated = 0

// Query asks for a part of a source's records, in the order of their names. At most one of From, After, Before and Last
// is given; without them it is the first part.
type Query struct {
	Dataset string
	Year    *int   // of their newest date; nil: all
	Problem string // that the records have, as ProblemKind.Name; empty: any or none
	From    string // a name or the beginning of one: what has it, or comes next
	After   string // a ref
	Before  string // a ref
	Last    bool
	Limit   int
}

// Sections say where to jump to in the records of a source.
type Sections struct {
	Names []Section `json:"names"`
	Years []Year    `json:"years"` // newest first, Undated last
}

// Section is a part of the records whose names begin alike.
type Section struct {
	Label string `json:"label"` // "RFC 2000–2999", "draft-ietf-q…"
	Ref   string `json:"ref"`   // of the first
	Count int    `json:"count"`
}

// ProblemKind counts the records of a source that have the same problem in the same field.
type ProblemKind struct {
	Name    string `json:"problem"` // "link[].content: not an absolute address"
	Records int    `json:"records"`
}

// Year is the records of a year.
type Year struct {
	Year  int `json:"year"`
	Count int `json:"count"`
}
