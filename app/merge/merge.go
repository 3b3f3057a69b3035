// Package merge makes one document of the records that share a primary identifier
// (compatibility, section 2). It does not look for them.
package merge

import (
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Record is what one file of one source says of a document.
type Record struct {
	Dataset    string // "rfcs"
	Ref        string // file name without extension: "RFC9000"
	Document   int64  // key of the document that it belongs to
	Item       *relaton.Item
	LatestDate string // the newest of its dates as YYYY-MM-DD; empty when there is none
	Problems   []relaton.Problem
	IndexedAt  string // RFC 3339; empty when unknown
	Size       int    // bytes that it takes in the index; 0 when unknown
}

// Document is what a visitor sees: all records that share a primary identifier, as one item.
type Document struct {
	Key     int64
	Item    *relaton.Item
	Records []Record // in the order in which they were merged
	// Primary is the identifier shared by the records; its zero value when there is none.
	Primary docid.ID
	// Related holds, by index in Item.Relation, the documents found here for relations that were
	// asked to be expanded. They are not expanded themselves.
	Related map[int]*Document
	// LeftOut tells, by type, how many more relations the document has; nil when it is complete.
	LeftOut map[string]int
}
