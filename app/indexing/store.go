package indexing

import (
	"context"
	"time"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

// State is what the index knows of a source.
type State struct {
	URL        string
	Branch     string
	Commit     string // last indexed in full; empty when never
	Version    int    // of the indexer that did it
	IndexedAt  time.Time
	Records    int
	Unreadable int // files of it that could not be read
	// Partial says, of a state that is saved, that only some records were looked at: as a whole the source is as old as before.
	Partial bool
}

// Record is one file of a source, ready to be stored.
type Record struct {
	Ref        string
	Blob       string // hash that Git gives to the content
	Document   int64  // key of the document that it belongs to
	LatestDate string // YYYY-MM-DD; empty when there is none
	Published  string // YYYY-MM-DD; empty when there is none
	DocIDs     []docid.ID
	Relations  []Relation
	Problems   []relaton.Problem
	Body       string // JSON, by relaton.Item.AppendJSON
	Original   []byte
	// Alone is the document as it is when no other record belongs to it.
	Alone *Document
	// Undated says that Alone lacks its date, which is that of other records: Put leaves it to
	// PutDocuments, when all records are stored.
	Undated bool
}

// Relation is a relation of a record to a document, which need not be indexed.
type Relation struct {
	Type   string
	Target docid.ID
}

// Document is what is kept of a document beside its records: what is searched and counted.
type Document struct {
	ID         int64
	Key        string // that ID is the hash of
	Title      string
	Primary    docid.ID // its zero value when there is none
	LatestDate string   // YYYY-MM-DD; empty when there is none
	Kind       string   // rfc, internet-draft, standard, …; empty when unknown
	Status     string   // search.StatusCurrent, …
	Groups     []string // working groups and committees
	Tier       search.Tier
	Datasets   []string
	Texts      Texts   // that are searched
	Marks      []int32 // of short values in the records, see Marks
	// Parts are the identifiers of the parts and versions of a document without a date; the newest
	// of their dates stands for it.
	Parts []docid.ID
}

// Texts are the texts of a document, by how much a word in them says of it.
type Texts struct {
	Titles    []string
	Heads     []string // identifiers and keywords
	People    []string // names of people and organisations
	Abstracts []string
	Rest      []string
}

// File is a file of the archive source.
type File struct {
	Dir, Name    string // "bibxml2", "reference.ANSI.T1-102.1987.xml"
	Blob         string // hashes of it and its sidecar
	XML          string
	HasXML       bool
	PrimaryDocID string
	Invalid      bool
}

// Change is what an indexing does to one record, or to one file of the archive.
type Change struct {
	Kind     ChangeKind
	Ref      string // of the record; of the archive, dir/file
	Document int64  // key of the document that the record belongs to; 0: a file of the archive
	DocID    docid.ID
	Title    string
	// What differs in a record that was changed, for those who are told of it later.
	Difference relaton.Difference
}

// ChangeKind is what becomes of a record.
type ChangeKind string

// The kinds of changes.
const (
	Added   ChangeKind = "added"
	Changed ChangeKind = "changed"
	Removed ChangeKind = "removed"
)

// Store is where the index is kept. Its errors are of kind fault.Unavailable when it cannot be reached.
type Store interface {
	// State gives what is known of a source; its zero value when it was never indexed.
	State(ctx context.Context, dataset string) (State, error)
	// Checked notes that a source was found unchanged.
	Checked(ctx context.Context, dataset string) error
	// Blobs gives the hash of each record of a dataset by its ref; of the archive, by dir/file.
	Blobs(ctx context.Context, dataset string) (map[string]string, error)
	// Bodies gives records of a dataset to do one by one, as JSON and as they are published now. Unknown ones are left out.
	Bodies(ctx context.Context, dataset string, refs []string, do func(ref, body string) error) error
	// Publish lets write change what is kept of a dataset, in one transaction. When write succeeds,
	// readers see all of it at once; when it fails, nothing has happened.
	Publish(ctx context.Context, dataset string, write func(context.Context, Writer) error) error
}

// Writer changes what is kept of one dataset. It is for one goroutine.
type Writer interface {
	// Put stores records, in place of those of the same refs, and their documents as far as those
	// have no other record and are not Undated. It may return before the database has taken them;
	// then a later call gives the error.
	Put(ctx context.Context, records []*Record) error
	// Remove removes records by their refs.
	Remove(ctx context.Context, refs []string) error
	// Clear removes everything that came from the dataset, State included.
	Clear(ctx context.Context) error
	// Stale gives the documents that are not what their records say since the calls before: those of
	// several records, of records that are gone, and those whose Parts were put, replaced or removed.
	Stale(ctx context.Context) ([]int64, error)
	// Sizes gives how many bytes the files of all records of documents have. Documents without any are left out.
	Sizes(ctx context.Context, documents []int64) (map[int64]int, error)
	// Records gives all records of documents, from all datasets. Documents without any are left out.
	Records(ctx context.Context, documents []int64) (map[int64][]merge.Record, error)
	// NewestDates gives, for those of the identifiers that records carry, the newest date of such a record.
	NewestDates(ctx context.Context, ids []docid.ID) (map[docid.ID]string, error)
	// PutDocuments stores documents, in place of those of the same ID. It may return early, as Put does.
	PutDocuments(ctx context.Context, documents []*Document) error
	// RemoveDocuments removes documents.
	RemoveDocuments(ctx context.Context, ids []int64) error
	// PutFiles stores files of the archive, in place of those of the same name.
	PutFiles(ctx context.Context, files []*File) error
	// RemoveFiles removes files of the archive by dir/file.
	RemoveFiles(ctx context.Context, paths []string) error
	// Note keeps what a run changed. Of removed records it finds out the documents by itself, so these
	// are noted before they are removed.
	Note(ctx context.Context, run string, changes []Change) error
	// Remember keeps what became of records at a commit of the source, for everybody; the oldest of it is forgotten. Of
	// removed records it finds out all but the refs by itself, so these are remembered before they are removed.
	Remember(ctx context.Context, commit string, changes []Change) error
	// Conclude keeps the outcome of a run with what it publishes, so that both are there or neither: whoever does the run
	// again, since its worker died then, finds it done.
	Conclude(ctx context.Context, run string, outcome Outcome) error
	// Save notes the state of the source and gives the number of its records.
	Save(ctx context.Context, state State) (records int, err error)
}
