package merge

import (
	"cmp"
	"slices"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// maxRecords bounds the records of one document. The most that public sources have of one is 17, of ECMA-262.
const maxRecords = 200

// Records makes one document of the records that share a primary identifier (compatibility, section
// 2), newest LatestDate first, in the given order where it is the same, and those without any date last.
// Only a record that stands for all versions of the document goes before them, as the answers were
// recorded: that of the W3C on REC-rdf-syntax, which has no date but names its editions, before the
// reference to the edition of 1999.
//
// Lists of the model hold what all records have, each value once. Where the model has a single
// value, that of the newest record which has one is taken: the specification would make a list of
// unequal ones, but the answers of the API must keep the shape of the model, or clients that expect a
// string there would break. Extra has no fixed shape and is merged as specified.
//
// Of more than maxRecords, those that would come last are left out.
//
// The records must not be changed afterwards: of a single record, the document has the same item.
func Records(records []Record) *Document {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, newestFirst)
	sorted = sorted[:min(len(sorted), maxRecords)]
	doc := &Document{Records: sorted, Item: &relaton.Item{}}
	if len(sorted) == 0 {
		return doc
	}
	doc.Key = sorted[0].Document
	doc.Item = sorted[0].Item
	if len(sorted) > 1 {
		merged := *doc.Item
		for _, r := range sorted[1:] {
			addItem(&merged, r.Item)
		}
		doc.Item = &merged
	}
	doc.Primary, _ = doc.Item.PrimaryID()
	return doc
}

func newestFirst(a, b Record) int {
	allA, allB := standsForAll(a.Item), standsForAll(b.Item)
	switch {
	case allA == allB:
		return cmp.Compare(b.LatestDate, a.LatestDate)
	case allA:
		return -1
	}
	return 1
}

// standsForAll reports whether a record is of all versions of a document: it has no date of its own, and names them.
func standsForAll(item *relaton.Item) bool {
	return item.LatestDate() == "" && slices.ContainsFunc(item.Relation, func(r relaton.Relation) bool { return r.IsPart() })
}

// LatestDate gives the newest date of the document as YYYY-MM-DD. One without any takes the newest
// date of its parts or versions, those in Related included (compatibility, section 1). It is empty when
// there is none.
func (d *Document) LatestDate() string {
	if latest := d.Item.LatestDate(); latest != "" {
		return latest
	}
	var latest string
	for i, related := range d.Related {
		if i < len(d.Item.Relation) && d.Item.Relation[i].IsPart() {
			latest = max(latest, related.Item.LatestDate())
		}
	}
	return latest
}
