package catalog

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Catalog answers questions about the documents of the index. It is safe for concurrent use.
type Catalog struct {
	store Store
}

// New makes a catalog over a store.
func New(store Store) *Catalog { return &Catalog{store: store} }

// Relations says which relations of a document are expanded: the documents that they point to are
// given along.
type Relations string

const (
	// NoRelations leaves all relations as the records have them.
	NoRelations Relations = ""
	// AllRelations expands every relation.
	AllRelations Relations = "*"
	// Includes expands the relation of a group to its members, such as BCP 14 to RFC 2119.
	Includes Relations = "includes"
)

// Key finds the document that carries an identifier: first as it is written (with the type, when
// one is given), then without regard to case (compatibility, section 2), and at last with a dot standing
// for any character, as in RFC.2119: the service that ours replaces read it so. Zeros before the number in a series
// of the RFC Editor do not matter. Where several documents carry it, one that has it as its primary identifier is preferred, then the newest. It fails with
// fault.NotFound when no document carries it.
func (c *Catalog) Key(ctx context.Context, id, docType string) (int64, error) {
	for _, match := range []docid.Match{docid.Exact, docid.Fold} {
		found, err := c.store.Candidates(ctx, docid.Query{Value: id, Type: docType, Match: match})
		if err != nil {
			return 0, err
		}
		if len(found) > 0 {
			return best(found).Document, nil
		}
	}
	if strings.Contains(id, ".") {
		found, err := c.store.Candidates(ctx, docid.Query{Value: id, Match: docid.Fuzzy})
		if err != nil {
			return 0, err
		}
		for _, candidate := range found {
			if docid.MatchDots(id, candidate.ID.ID) && (docType == "" || strings.EqualFold(docType, candidate.ID.Type)) {
				return candidate.Document, nil
			}
		}
	}
	for _, form := range docid.SeriesForms(id) {
		found, err := c.store.Candidates(ctx, docid.Query{Value: form, Type: docType, Match: docid.Exact})
		if err != nil {
			return 0, err
		}
		if len(found) > 0 {
			return best(found).Document, nil
		}
	}
	return 0, fault.New(fault.NotFound, "Unable to find bibliographic item matching document ID %s", id)
}

func best(found []Candidate) Candidate {
	for _, candidate := range found {
		if candidate.ID.IsPrimary() {
			return candidate
		}
	}
	return found[0]
}

// ByDocID gives the document that carries an identifier, found as Key does, with the given
// relations expanded.
func (c *Catalog) ByDocID(ctx context.Context, id, docType string, relations Relations) (*merge.Document, error) {
	key, err := c.Key(ctx, id, docType)
	if err != nil {
		return nil, err
	}
	return c.Document(ctx, key, relations)
}

// Load gives a document by its key with its members expanded, as BibXML needs it.
func (c *Catalog) Load(ctx context.Context, key int64) (*merge.Document, error) {
	return c.Document(ctx, key, Includes)
}

// Document gives a document by its key, with the given relations expanded.
// It fails with fault.NotFound when the key is unknown.
func (c *Catalog) Document(ctx context.Context, key int64, relations Relations) (*merge.Document, error) {
	docs, err := c.Documents(ctx, []int64{key}, relations)
	if err != nil {
		return nil, err
	}
	if len(docs) == 0 {
		return nil, fault.New(fault.NotFound, "Unable to find bibliographic item")
	}
	return docs[0], nil
}

// Documents gives documents by their keys, in the order of the keys, with the given
// relations expanded. Keys that are unknown are left out.
func (c *Catalog) Documents(ctx context.Context, keys []int64, relations Relations) ([]*merge.Document, error) {
	docs, err := c.plain(ctx, keys)
	if err != nil {
		return nil, err
	}
	if err := c.expand(ctx, docs, relations); err != nil {
		return nil, err
	}
	return docs, nil
}

func (c *Catalog) plain(ctx context.Context, keys []int64) ([]*merge.Document, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	records, err := c.store.Records(ctx, keys)
	if err != nil {
		return nil, err
	}
	docs := make([]*merge.Document, 0, len(keys))
	for _, key := range keys {
		if len(records[key]) > 0 {
			doc := merge.Records(records[key])
			doc.Key = key
			docs = append(docs, doc)
		}
	}
	return docs, nil
}

// expand finds the targets of all relations with two queries, however many there are: RFC 8996 alone
// has about ninety.
func (c *Catalog) expand(ctx context.Context, docs []*merge.Document, kind Relations) error {
	if kind == NoRelations {
		return nil
	}
	var wanted []docid.ID
	for _, doc := range docs {
		for _, relation := range doc.Item.Relation {
			if target, ok := targetOf(relation, kind); ok {
				wanted = append(wanted, target)
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	keyOf, err := c.store.Resolve(ctx, wanted)
	if err != nil {
		return err
	}
	related, err := c.plain(ctx, distinct(keyOf))
	if err != nil {
		return err
	}
	byKey := make(map[int64]*merge.Document, len(related))
	for _, doc := range related {
		byKey[doc.Key] = doc
	}
	for _, doc := range docs {
		doc.Related = make(map[int]*merge.Document)
		for i, relation := range doc.Item.Relation {
			target, ok := targetOf(relation, kind)
			if !ok {
				continue
			}
			if found := byKey[keyOf[target]]; found != nil {
				doc.Related[i] = found
			}
		}
	}
	return nil
}

// targetOf gives the identifier by which the target of a relation is looked up: its first primary
// one, else its first, else the text that stands for the reference.
func targetOf(relation relaton.Relation, kind Relations) (docid.ID, bool) {
	if relation.Bibitem == nil || (kind != AllRelations && Relations(relation.Type) != kind) {
		return docid.ID{}, false
	}
	if id, ok := relation.Bibitem.PrimaryID(); ok {
		return docid.ID{ID: id.ID, Type: id.Type}, true
	}
	if ids := relation.Bibitem.DocID; len(ids) > 0 {
		return docid.ID{ID: ids[0].ID, Type: ids[0].Type}, ids[0].ID != ""
	}
	if ref := relation.Bibitem.FormattedRef; ref != nil && ref.Content != "" {
		return docid.ID{ID: ref.Content}, true
	}
	return docid.ID{}, false
}

func distinct(keyOf map[docid.ID]int64) []int64 {
	seen := make(map[int64]bool, len(keyOf))
	keys := make([]int64, 0, len(keyOf))
	for _, key := range keyOf {
		if !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	return keys
}

// Record gives one record of one source; fault.NotFound when there is none.
func (c *Catalog) Record(ctx context.Context, dataset, ref string) (*RecordDetail, error) {
	return c.store.Record(ctx, dataset, ref)
}
