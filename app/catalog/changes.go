package catalog

import (
	"context"
	"time"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

// ChangeKind is what became of a record.
type ChangeKind string

// The kinds of changes.
const (
	Added   ChangeKind = "added"
	Changed ChangeKind = "changed"
	Removed ChangeKind = "removed"
)

// Change is what became of a record at one time.
type Change struct {
	Number   int64 // grows from change to change
	Dataset  string
	Ref      string
	Kind     ChangeKind
	At       time.Time
	Commit   string   // of the source
	Document int64    // that the record belonged to then
	DocID    docid.ID // the primary identifier of that; its zero value when there is none
	Title    string
	Fields   []relaton.FieldChange // what differs, of one that changed
	More     int                   // fields beyond those
}

// ChangeQuery asks what changed. At most one of the two kinds of searches is given.
type ChangeQuery struct {
	Dataset string          // empty: all
	Ref     string          // of one record, whatever its case; empty: all
	Search  *search.Query   // in documents that match; nil: in all
	Request *search.Request // the same, by the one box
	Before  int64           // older than the change of this number; 0: the newest
	Limit   int
}

// Changes gives what became of records, newest first.
func (c *Catalog) Changes(ctx context.Context, ask ChangeQuery) ([]Change, error) {
	return c.store.Changes(ctx, ask)
}

// ChangesFound gives what became of the records that a search finds, or would have found before they were withdrawn. Of several
// queries, the first that any document matches counts. A query that cannot be run is of kind fault.Invalid.
func (c *Catalog) ChangesFound(ctx context.Context, ask ChangeQuery, queries ...search.Query) ([]Change, error) {
	for i := range queries {
		ask.Search = &queries[i]
		if i == len(queries)-1 {
			break
		}
		probe := queries[i]
		probe.Limit, probe.Cap, probe.Offset, probe.Last = 1, 1, 0, false
		_, total, err := c.store.Search(ctx, probe)
		if err == nil && total > 0 {
			break
		}
	}
	return c.store.Changes(ctx, ask)
}

// ChangesAsked is ChangesFound for the one box.
func (c *Catalog) ChangesAsked(ctx context.Context, ask ChangeQuery, asked search.Asked) ([]Change, error) {
	reading := search.Read(asked.Text)
	named, err := c.named(ctx, reading)
	if err != nil {
		return nil, err
	}
	ask.Request = &search.Request{Reading: reading, Chosen: asked.Chosen, Pinned: named.documents}
	return c.store.Changes(ctx, ask)
}

// History gives the last changes of one record, newest first.
func (c *Catalog) History(ctx context.Context, dataset, ref string) ([]Change, error) {
	return c.store.Changes(ctx, ChangeQuery{Dataset: dataset, Ref: ref, Limit: historyShown})
}

// historyShown is how many changes of one record are shown; no more are kept.
const historyShown = 20
