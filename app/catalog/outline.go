package catalog

import (
	"context"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

const (
	// maxExpanded bounds the records of the related documents in one answer, in bytes: 5 000 RFCs have half of that. Relations
	// beyond it are left as the records have them.
	maxExpanded = 32 << 20
	// resolvedAtOnce bounds what one query reads.
	resolvedAtOnce = 1000
)

// within returns what carrying does, up to maxExpanded and not more than needed beyond.
func (c *Catalog) within(ctx context.Context, ids []docid.ID, kind Relations) (map[docid.ID]*merge.Document, error) {
	found, bytes := make(map[docid.ID]*merge.Document, len(ids)), 0
	for some := range slices.Chunk(ids, resolvedAtOnce) {
		more, err := c.carrying(ctx, some, kind)
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

// Outline returns a document as its page cites it: with its first members, expanded, and without more than the first relations of
// each type. The document itself stays as it is: others may read it at the same time.
func (c *Catalog) Outline(ctx context.Context, doc *merge.Document) (*merge.Document, error) {
	outline := *doc.Beginning(shownRelations)
	return &outline, c.expand(ctx, []*merge.Document{&outline}, Includes)
}
