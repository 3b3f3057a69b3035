package indexing

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// maxID bounds the identifiers that are indexed, in bytes: longer ones are no identifiers, and the
// database cannot look them up.
const maxID = 1000

// Hash gives the number that stands for a key: the first 63 bits of its SHA-256. Numbers made of keys
// stay the same when everything is indexed anew, so that links, caches and other tables may hold them
// (docs/adr/0005-document-keys-are-hashes.md). Among a million keys, the odds of two being equal are
// one in ten million.
func Hash(key string) int64 {
	sum := sha256.Sum256([]byte(key))
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 1)
}

// documentKey gives the key of the document that a record belongs to: its first primary identifier,
// or the record itself when it has none. No identifier type holds a line break.
func documentKey(dataset, ref string, item *relaton.Item) string {
	if id, ok := item.PrimaryID(); ok {
		return id.Type + "\n" + id.ID
	}
	return RecordKey(dataset, ref)
}

// RecordKey gives the key of a record.
func RecordKey(dataset, ref string) string { return dataset + "/" + ref }

// newRecord makes a record of a file. The error is why the file cannot be read.
func newRecord(dataset, ref, blob string, original []byte) (*Record, error) {
	item, problems, err := relaton.Decode(original)
	if err != nil {
		return nil, err
	}
	r := &Record{
		Ref: ref, Blob: blob, Problems: problems, Original: original,
		LatestDate: item.LatestDate(),
		Published:  item.Published(),
		Body:       string(item.AppendJSON(make([]byte, 0, len(original)+512), false)),
		DocIDs:     item.DocID,
	}
	r.Relations = relations(item)
	key := documentKey(dataset, ref, item)
	r.Document = Hash(key)
	doc := merge.Document{Key: r.Document, Item: item, Records: []merge.Record{{Dataset: dataset, Ref: ref}}}
	doc.Primary, _ = item.PrimaryID()
	r.Alone = newDocument(&doc, key, r.LatestDate, r.Body)
	if r.LatestDate == "" {
		r.Alone.Parts = parts(item)
		r.Undated = len(r.Alone.Parts) > 0
	}
	return r, nil
}

// tooLong reports whether an identifier cannot be looked up.
func tooLong(id docid.ID) bool { return len(id.ID) > maxID || len(id.Type) > maxID }

// newDocument makes what is searched and counted of a document. The bodies are its records as JSON.
func newDocument(doc *merge.Document, key, latest string, bodies ...string) *Document {
	d := &Document{
		ID: doc.Key, Key: key, Title: doc.Item.MainTitle(), Primary: doc.Primary, LatestDate: latest,
		Kind: kindOf(doc.Item, doc.Primary), Status: statusOf(doc.Item, doc.Primary), Groups: groupsOf(doc.Item, doc.Primary),
	}
	d.Tier = tierOf(d.Kind, d.Status, doc.Primary.ID)
	var c contents
	for _, body := range bodies {
		c.read(body)
	}
	d.Texts, d.Marks = c.Texts, c.marks
	for _, r := range doc.Records {
		if !slices.Contains(d.Datasets, r.Dataset) {
			d.Datasets = append(d.Datasets, r.Dataset)
		}
	}
	return d
}

// parts gives the identifiers of the parts and versions of an item, whose newest date stands for that
// of an item without any (compatibility, section 1). Those that cannot be looked up have none.
func parts(item *relaton.Item) []docid.ID {
	var ids []docid.ID
	for i := range item.Relation {
		rel := &item.Relation[i]
		if target, ok := rel.Target(); ok && rel.IsPart() {
			ids = append(ids, target)
		}
	}
	return slices.DeleteFunc(ids, tooLong)
}

// relations returns the relations of an item whose targets can be looked up, each once. Those to the item itself are left out: a
// document neither replaces nor updates itself.
func relations(item *relaton.Item) []Relation {
	if len(item.Relation) == 0 {
		return nil
	}
	own := namesOf(item)
	known := make(map[Relation]bool, len(item.Relation))
	all := make([]Relation, 0, len(item.Relation))
	for i := range item.Relation {
		rel := &item.Relation[i]
		target, ok := rel.Target()
		r := Relation{rel.Type, target}
		if !ok || known[r] || tooLong(target) || len(rel.Type) > maxLabel || own.include(target) {
			continue
		}
		known[r] = true
		all = append(all, r)
	}
	return all
}

// names are the primary identifiers of an item in their canonical form, with their types in lower case.
type names []docid.ID

func namesOf(item *relaton.Item) (own names) {
	for _, id := range item.DocID {
		if id.IsPrimary() {
			own = append(own, docid.ID{ID: docid.Canonical(id.ID), Type: strings.ToLower(id.Type)})
		}
	}
	return own
}

// include reports whether an identifier, in any spelling, names the item.
func (own names) include(id docid.ID) bool {
	kind := strings.ToLower(id.Type)
	return slices.ContainsFunc(own, func(n docid.ID) bool {
		return (kind == "" || n.Type == kind) && n.ID == docid.Canonical(id.ID)
	})
}
