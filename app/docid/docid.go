// Package docid holds document identifiers: what they are and when two of them mean the same.
// It leaves it to others to find documents by them.
package docid

import "strings"

// ID is one identifier of a document, for example {RFC 9000, IETF, primary}.
type ID struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Primary bool   `json:"primary,omitempty"`
	Scope   string `json:"scope,omitempty"` // "anchor", "trademark", …; empty for an ordinary one
}

// IsPrimary says whether the identifier names the document as a whole: marked primary, without
// scope, with both its value and its type (compatibility, section 2).
func (d ID) IsPrimary() bool {
	return d.Primary && d.Scope == "" && d.ID != "" && d.Type != ""
}

// Match is a way of comparing an identifier that was asked for with those of the documents.
type Match uint8

const (
	// Exact compares byte by byte.
	Exact Match = iota
	// Fold ignores case, of the type too.
	Fold
	// Fuzzy ignores case and takes any character that is no letter or digit for any other (see Normalize).
	Fuzzy
	// Prefix is Exact on the beginning.
	Prefix
	// Contains is Fold on any part.
	Contains
)

// Query asks for documents by one identifier.
type Query struct {
	Value       string
	Type        string // empty: any
	Match       Match
	PrimaryOnly bool // only identifiers marked primary, whatever their scope
}

// Candidate is a document found by one of its identifiers.
type Candidate struct {
	Document  int64  // its key
	ID        ID     // the identifier that matched
	Published string // newest published date of the record it stands in, YYYY-MM-DD; empty when none
	Latest    string // newest date of that record, YYYY-MM-DD; empty when none
}

// Normalize gives the form in which two identifiers that match fuzzily are equal: lower case, and
// every character that is not an ASCII letter or digit replaced by one '.' (compatibility, section 3).
func Normalize(id string) string {
	var b strings.Builder
	b.Grow(len(id))
	for _, r := range id {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		default:
			b.WriteByte('.')
		}
	}
	return b.String()
}

// MatchDots says whether an identifier is like a pattern in which a dot stands for any character; case
// does not matter.
func MatchDots(pattern, id string) bool {
	p, s := []rune(strings.ToLower(pattern)), []rune(strings.ToLower(id))
	if len(p) != len(s) {
		return false
	}
	for i := range p {
		if p[i] != '.' && p[i] != s[i] {
			return false
		}
	}
	return true
}
