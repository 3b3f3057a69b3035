package catalog

import (
	"context"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

const (
	// maxExpanded bounds the records of the related documents in one answer, in bytes: 5 000 RFCs have half of that. Relations
	// beyond it are left as the records have them.
	maxExpanded = 32 << 20
	// resolvedAtOnce bounds what one query reads.
	resolvedAtOnce = 1000
)

// within gives what carrying does, up to maxExpanded and not more than needed beyond.
func (c *Catalog) within(ctx context.Context, ids []docid.ID) (map[docid.ID]*merge.Document, error) {
	found, bytes := make(map[docid.ID]*merge.Document, len(ids)), 0
	for some := range slices.Chunk(ids, resolvedAtOnce) {
		more, err := c.carrying(ctx, some)
		if err != nil {
			return nil, err
		}
		for id, doc := range more {
			if found[id] == nil {
				found[id], bytes = doc, bytes+doc.Size()
			}
		}
		if bytes > maxExpanded {
			break
		}
	}
	return found, nil
}

// shownRelations is how many relations of each type the page of a document shows, and how many a page of relations alone.
const shownRelations = 100

// Outline returns the document that carries an identifier, found as Key does, as its page shows it: with the first relations
// of each type, expanded.
func (c *Catalog) Outline(ctx context.Context, id, docType string, relations Relations) (*merge.Document, error) {
	doc, err := c.ByDocID(ctx, id, docType, NoRelations)
	if err != nil {
		return nil, err
	}
	doc = doc.Beginning(shownRelations)
	return doc, c.expand(ctx, []*merge.Document{doc}, relations)
}

// RelationPage is a part of the relations of one type that a document has.
type RelationPage struct {
	*merge.Document     // with these relations only, expanded
	Number          int // of the page, from 1
	Last            int // number of the last page
	First           int // place of the first relation among all, from 1
	All             int // relations of the type
}

// Related returns a page of the relations of one type. It fails with fault.NotFound when the document has no such page.
func (c *Catalog) Related(ctx context.Context, id, docType, kind string, number int) (*RelationPage, error) {
	doc, err := c.ByDocID(ctx, id, docType, NoRelations)
	if err != nil {
		return nil, err
	}
	page := RelationPage{Number: number, First: (number-1)*shownRelations + 1}
	page.Document, page.All = doc.Section(kind, page.First-1, shownRelations)
	if len(page.Item.Relation) == 0 {
		return nil, fault.New(fault.NotFound, "%s has no page %d of relations of the type %q", id, number, kind)
	}
	page.Last = (page.All + shownRelations - 1) / shownRelations
	return &page, c.expand(ctx, []*merge.Document{page.Document}, AllRelations)
}
