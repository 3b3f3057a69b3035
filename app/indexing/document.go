package indexing

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

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
		target := item.Relation[i].Bibitem
		if target == nil || !item.Relation[i].IsPart() {
			continue
		}
		if id, ok := target.PrimaryID(); ok {
			ids = append(ids, docid.ID{ID: id.ID, Type: id.Type})
		} else if len(target.DocID) > 0 && target.DocID[0].ID != "" {
			ids = append(ids, docid.ID{ID: target.DocID[0].ID, Type: target.DocID[0].Type})
		} else if target.FormattedRef != nil && target.FormattedRef.Content != "" {
			ids = append(ids, docid.ID{ID: target.FormattedRef.Content})
		}
	}
	return slices.DeleteFunc(ids, tooLong)
}
