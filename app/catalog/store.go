// Package catalog holds the questions that visitors ask of the index: a document by its identifier,
// the documents that match some words, one record of one source. How it is stored is left to the
// Store that it is given, how answers look to formats and web.
package catalog

import (
	"context"
	"time"

	"github.com/ietf-tools/bibxml/app/browse"
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
	Commit    string    // last indexed in full; empty when never
	IndexedAt time.Time // when anything of it last changed; zero when nothing of it was ever indexed
	Records   int
	Problems  int // records that break the model
	// Unreadable is how many files could not be read; of some of them there is a record from before.
	Unreadable int
}

// RecordEntry is a record in a list.
type RecordEntry struct {
	Ref      string
	Title    string
	ID       string // its first primary identifier, else its first
	Latest   string
	Problems int
}

// RecordPage is a part of a list of records.
type RecordPage struct {
	Records []RecordEntry
	Before  bool // whether there are records before these
	After   bool // and after them
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
	// Editions finds documents of which a primary identifier of the type begins with one of the texts, whatever the
	// case, at most 1000, newest Latest first.
	Editions(ctx context.Context, docType string, begins []string) ([]Candidate, error)
	// Resolve finds, for many identifiers at once, the document that carries each as an exact primary identifier, and the
	// records of these documents as Records does. Unknown ones are missing from the answer.
	Resolve(ctx context.Context, ids []docid.ID) (keyOf map[docid.ID]int64, records map[int64][]merge.Record, err error)
	// Targets finds the document that each of some targets of relations is, in any spelling of docid.Spellings: as a primary
	// identifier or a DOI, of the type when there is one. Unknown ones are missing from the answer.
	Targets(ctx context.Context, ids []docid.ID) (map[docid.ID]int64, error)
	// Referring finds the relations of some types that other documents state to documents, given with their normalised
	// identifiers: at most limit, those of the newest documents first, each once.
	Referring(ctx context.Context, carriers map[int64][]string, types []string, limit int) ([]Reference, error)
	// ReferredTo returns, of the same relations, only which types there are for each document. Those that one document states
	// are left out.
	ReferredTo(ctx context.Context, carriers map[int64][]string, types []string, except int64) (map[int64][]string, error)
	// Records gives the records of documents, each list newest first.
	Records(ctx context.Context, documents []int64) (map[int64][]merge.Record, error)
	// Record gives one record, whatever the case of both names; fault.NotFound when there is none.
	Record(ctx context.Context, dataset, ref string) (*RecordDetail, error)
	// ListRecords gives a part of the records of a dataset, in the order of browse.Key, then of the refs.
	ListRecords(ctx context.Context, q browse.Query) (RecordPage, error)
	// Neighbours gives the refs before and after that of a record in that order; empty at either end.
	Neighbours(ctx context.Context, dataset, ref string) (before, after string, err error)
	// ProblemKinds counts the problems of the records of a dataset by their kind, the most frequent first.
	ProblemKinds(ctx context.Context, dataset string) ([]browse.ProblemKind, error)
	// Sections says where to jump to in it; nothing for a dataset that was not indexed since it is known.
	Sections(ctx context.Context, dataset string) (browse.Sections, error)
	// Search finds documents; total counts up to q.Cap. A query that cannot be run is of kind fault.Invalid; one
	// that was ended because it took too long has search.ErrCutOff in its chain.
	Search(ctx context.Context, q search.Query) (hits []int64, total int, err error)
	// Changes gives what became of records, newest first. A search that cannot be run is of kind fault.Invalid; one that
	// was ended because it took too long has search.ErrCutOff in its chain.
	Changes(ctx context.Context, ask ChangeQuery) ([]Change, error)
	// Find finds documents, at most search.MostRanked, and says whether there are more. They come in no order. Errors
	// are those of Search.
	Find(ctx context.Context, r search.Request) (hits []search.Hit, more bool, err error)
	// Matches counts, by a facet, the same documents: where there are more than search.MostRanked, any so many of them.
	Matches(ctx context.Context, r search.Request, facet search.Facet) (found []search.Alike, more bool, err error)
	// Sample counts, by some facets, one in so many of all documents that Find would find if it had no bound, without those
	// that are pinned.
	Sample(ctx context.Context, r search.Request, facets []search.Facet) (found []search.Alike, of int, err error)
	// Carriers finds the documents that carry one of some identifiers, compared fuzzily, or an ISBN of 13 digits.
	Carriers(ctx context.Context, ids []string, isbn string) ([]search.Carrier, error)
	// Beginning finds documents, at most some hundred, with an identifier that begins with the given one, compared
	// fuzzily.
	Beginning(ctx context.Context, id string) ([]search.Carrier, error)
	// Nearest finds what Beginning does by the longest proper beginning of an identifier, down to half of it and to three
	// characters, that finds any.
	Nearest(ctx context.Context, id string) ([]search.Carrier, error)
	// Spellings finds words that are written like some words, and those themselves where documents have them.
	Spellings(ctx context.Context, words []string) ([]search.Spelling, error)
	// Completions finds the most frequent words that begin with a text in lower case.
	Completions(ctx context.Context, beginning string, limit int) ([]search.Spelling, error)
	// People finds people by the beginnings of the words of their names, in lower case; those with most documents first.
	People(ctx context.Context, words []string, limit int) ([]Suggestion, error)
	// Check says whether a query can be run, without running it: it fails with fault.Invalid when it cannot.
	Check(ctx context.Context, q search.Query) error
	// Newest gives the newest documents that are not dated in the future.
	Newest(ctx context.Context, limit int) ([]int64, error)
	// Sources gives the state of every source that was ever indexed.
	Sources(ctx context.Context) ([]Source, error)
}
