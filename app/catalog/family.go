package catalog

import (
	"context"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Bounds of a family. The longest chain of RFCs has six steps, its widest fork ten documents; a draft has at most
// a hundred versions. What lies beyond is left out.
const (
	maxRounds   = 16
	maxMembers  = 96
	maxEditions = 48
)

// Family is how a document stands among those that it replaced, those that replaced it, and the other editions of
// the same work.
type Family struct {
	Members  []Relative    // the first is the document itself
	Replaced []Replacement // in the order in which they were found
	Editions []int         // of the same work, oldest first, the document among them; empty when it is the only one
	Latest   int           // the newest edition; 0 when the document is, or has none
	ByDate   int           // the edition published last where they have branches, which an xml2rfc path leads to; else Latest
	Cut      bool          // there is more than was read
}

// Relative is a document of a family.
type Relative struct {
	ID       docid.ID
	Item     *relaton.Item   // of the index, else what the relation tells
	Document *merge.Document // nil when the index does not have it
	Edition  docid.Edition   // zero when its identifier tells of none
	links    *Linked         // nil until they are needed
}

// Replacement says that one member took the place of another one; both are indices.
type Replacement struct {
	Old, New int
	Relation string // from the old to the new: obsoletedBy, hasSuccessor, …
	Inferred bool   // nobody states it: it follows from titles, dates and authors
}

// newer and older are the kinds of relations to what took the place of a document and to what it took the place of.
// The names are those of the Relaton model.
var (
	newer = map[string]string{
		"obsoletedBy": "obsoletedBy", "hasSuccessor": "hasSuccessor", "mergedInto": "mergedInto", "draftOf": "draftOf",
	}
	older = map[string]string{
		"obsoletes": "obsoletedBy", "successorOf": "hasSuccessor", "merges": "mergedInto", "hasDraft": "draftOf",
	}
)

// successor is the relation to a later edition of the same work.
const successor = "hasSuccessor"

func isReplacement(kind string) bool { return newer[kind] != "" || older[kind] != "" }

// Family returns the family of a document. The chains of replacements are followed to their ends, step by step; the first step
// needs no query.
func (c *Catalog) Family(ctx context.Context, doc *Linked) (*Family, error) {
	id, _ := doc.Item.PrimaryID()
	f := &Family{Members: []Relative{{ID: id, Item: doc.Item, Document: doc.Document, links: doc}}}
	if err := c.addEditions(ctx, f); err != nil {
		return nil, err
	}
	forward, backward := []int{0}, []int{0}
	if f.Latest > 0 {
		forward = append(forward, f.Latest)
	}
	for range maxRounds {
		if err := c.linkMembers(ctx, f, slices.Concat(forward, backward)); err != nil {
			return nil, err
		}
		steps := append(f.stepsFrom(forward, newer, true), f.stepsFrom(backward, older, false)...)
		if len(steps) == 0 {
			return f, nil
		}
		forward, backward = f.take(steps)
	}
	f.Cut = f.Cut || len(forward)+len(backward) > 0
	return f, nil
}

// addEditions adds the other editions of the document's work.
func (c *Catalog) addEditions(ctx context.Context, f *Family) error {
	self := &f.Members[0]
	own, ok := docid.EditionOf(self.ID)
	if !ok {
		return nil
	}
	self.Edition = own
	candidates, err := c.store.Editions(ctx, self.ID.Type, own.Begins)
	if err != nil {
		return err
	}
	editions := editionsOf(own, self.Document.Key, candidates)
	byDate := publishedLast(own, candidates)
	if f.Cut = len(editions) > maxEditions; f.Cut {
		older := slices.DeleteFunc(editions[:len(editions)-maxEditions:len(editions)-maxEditions], func(e candidateEdition) bool { return e.key != byDate })
		editions = slices.Concat(older, editions[len(editions)-maxEditions:])
	}
	keys := make([]int64, len(editions))
	for i, edition := range editions {
		keys[i] = edition.key
	}
	docs, err := c.plain(ctx, keys)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		at := slices.Index(keys, doc.Key)
		f.Members = append(f.Members, Relative{ID: editions[at].id, Item: doc.Item, Document: doc, Edition: editions[at].Edition})
	}
	f.sortEditions()
	f.ByDate = f.Latest
	if at := slices.IndexFunc(f.Members, func(r Relative) bool { return r.Document.Key == byDate }); at >= 0 && byDate != 0 {
		f.ByDate = at
	}
	return nil
}

// sortEditions tells which members are editions, and joins each to the next one. A work as such is none: it stands
// for the latest.
func (f *Family) sortEditions() {
	if len(f.Members) == 1 {
		return
	}
	for i := range f.Members {
		if !f.Members[i].Edition.IsWork() {
			f.Editions = append(f.Editions, i)
		}
	}
	slices.SortStableFunc(f.Editions, func(a, b int) int {
		return slices.Compare(f.Members[a].Edition.Order, f.Members[b].Edition.Order)
	})
	for i := 1; i < len(f.Editions); i++ {
		f.Replaced = append(f.Replaced, Replacement{Old: f.Editions[i-1], New: f.Editions[i], Relation: successor})
	}
	f.Latest = f.Editions[len(f.Editions)-1]
	if f.Members[0].Edition.IsWork() {
		f.Replaced = append(f.Replaced, Replacement{Old: 0, New: f.Latest, Relation: "hasEdition"})
	}
}
