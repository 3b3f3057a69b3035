package catalog

import (
	"context"
	"maps"
	"slices"
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
// of the RFC Editor and "Std" in identifiers of the IEEE do not matter (docid.Forms). Where several documents carry it, one that has it as its primary identifier is preferred, then the newest. It fails with
// fault.NotFound when no document carries it.
func (c *Catalog) Key(ctx context.Context, id, docType string) (int64, error) {
	found, err := c.store.Candidates(ctx, docid.Query{Value: id, Match: docid.Fuzzy})
	if err != nil {
		return 0, err
	}
	if key, ok := among(found, id, docType); ok {
		return key, nil
	}
	for _, form := range docid.Forms(id) {
		found, err := c.store.Candidates(ctx, docid.Query{Value: form, Type: docType, Match: docid.Fold})
		if err != nil {
			return 0, err
		}
		if len(found) > 0 {
			return best(found).Document, nil
		}
	}
	return 0, fault.New(fault.NotFound, "Unable to find bibliographic item matching document ID %s", id)
}

// among picks the document that an identifier means of those that carry one like it.
func among(found []Candidate, id, docType string) (key int64, ok bool) {
	for _, same := range []func(a, b string) bool{equal, strings.EqualFold} {
		alike := slices.DeleteFunc(slices.Clone(found), func(c Candidate) bool {
			return !same(c.ID.ID, id) || docType != "" && !same(c.ID.Type, docType)
		})
		if len(alike) > 0 {
			return best(alike).Document, true
		}
	}
	for _, c := range found {
		if docid.MatchDots(id, c.ID.ID) && (docType == "" || strings.EqualFold(docType, c.ID.Type)) {
			return c.Document, true
		}
	}
	return 0, false
}

func equal(a, b string) bool { return a == b }

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
			docs = append(docs, merge.Records(records[key]))
		}
	}
	return docs, nil
}

// expand finds the targets of all relations with one query, however many there are: RFC 8996 alone has about ninety.
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
	related, err := c.within(ctx, wanted, kind)
	if err != nil {
		return err
	}
	left := maxExpanded
	for _, doc := range docs {
		doc.Related = make(map[int]*merge.Document)
		for i, relation := range doc.Item.Relation {
			target, ok := targetOf(relation, kind)
			if !ok {
				continue
			}
			if found := related[target]; found != nil && found.Size() <= left {
				doc.Related[i] = found
				left -= found.Size()
			}
		}
	}
	return nil
}

// carrying returns the documents that relations of a kind lead to, without their relations expanded. The answers to tools expand
// all relations by exact identifiers alone, as they always have; members of groups are found in any spelling.
func (c *Catalog) carrying(ctx context.Context, ids []docid.ID, kind Relations) (map[docid.ID]*merge.Document, error) {
	found := make(map[docid.ID]*merge.Document, len(ids))
	byKey := make(map[int64]*merge.Document)
	if kind != AllRelations {
		keyOf, err := c.store.Targets(ctx, ids)
		if err != nil {
			return nil, err
		}
		docs, err := c.plain(ctx, slices.Collect(maps.Values(keyOf)))
		for _, doc := range docs {
			byKey[doc.Key] = doc
		}
		for id, key := range keyOf {
			found[id] = byKey[key]
		}
		return found, err
	}
	keyOf, records, err := c.store.Resolve(ctx, ids)
	if err != nil {
		return nil, err
	}
	for key, of := range records {
		byKey[key] = merge.Records(of)
	}
	for id, key := range keyOf {
		found[id] = byKey[key]
	}
	return found, nil
}

// targetOf returns the identifier by which the target of a relation is looked up, when the relation is of a kind.
func targetOf(relation relaton.Relation, kind Relations) (docid.ID, bool) {
	if kind != AllRelations && Relations(relation.Type) != kind {
		return docid.ID{}, false
	}
	return relation.Target()
}

// Record gives one record of one source; fault.NotFound when there is none.
func (c *Catalog) Record(ctx context.Context, dataset, ref string) (*RecordDetail, error) {
	return c.store.Record(ctx, dataset, ref)
}
