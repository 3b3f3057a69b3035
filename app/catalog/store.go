// Package catalog holds the questions that visitors ask of the index: a document by its identifier,
// the documents that match some words, one record of one source. How it is stored is left to the
// Store that it is given, how answers look to formats and web.
package catalog

import (
	"context"
	"time"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/search"
)

// Candidate is a document found by one of its identifiers.
type Candidate = docid.Candidate

// Source is the state of one source in the index.
type Source struct {
	Dataset   string
	URL       string // of its repository
	Branch    string
	Commit    string    // last indexed; empty when never
	IndexedAt time.Time // zero when never
	Records   int
	Problems  int
}

// RecordEntry is a record in a list.
type RecordEntry struct {
	Ref      string
	Title    string
	ID       string // its first primary identifier, else its first
	Latest   string
	Problems int
}

// RecordDetail is one record as its page shows it.
type RecordDetail struct {
	merge.Record
	Original string // the file, as it was
}

// Store is what the catalog needs of the database. All methods give fault.Unavailable when the
// database cannot be reached; "nothing found" is an empty answer unless stated otherwise.
type Store interface {
	// Candidates finds documents by an identifier, at most 1000, newest Latest first (unknown last),
	// then by identifier.
	Candidates(ctx context.Context, q docid.Query) ([]Candidate, error)
	// Beginning finds documents of which a primary identifier of the type begins with one of the texts, whatever the
	// case, at most 1000, newest Latest first.
	Beginning(ctx context.Context, docType string, begins []string) ([]Candidate, error)
	// Resolve finds, for many identifiers at once, the document that carries each as an exact primary
	// identifier. Unknown ones are missing from the answer.
	Resolve(ctx context.Context, ids []docid.ID) (map[docid.ID]int64, error)
	// Records gives the records of documents, each list newest first.
	Records(ctx context.Context, documents []int64) (map[int64][]merge.Record, error)
	// Record gives one record, whatever the case of both names; fault.NotFound when there is none.
	Record(ctx context.Context, dataset, ref string) (*RecordDetail, error)
	// ListRecords gives the records of a dataset by ref, the first limit after the given ref.
	ListRecords(ctx context.Context, dataset, after string, limit int) ([]RecordEntry, error)
	// Search finds documents; total counts up to q.Cap. A query that cannot be run is of kind fault.Invalid; one
	// that was ended because it took too long has search.ErrCutOff in its chain.
	Search(ctx context.Context, q search.Query) (hits []int64, total int, err error)
	// Sources gives the state of every source that was ever indexed.
	Sources(ctx context.Context) ([]Source, error)
}
