package merge

import "github.com/ietf-tools/bibxml/app/relaton"

// Beginning returns the document with at most so many relations of each type, the first ones; LeftOut tells how many more
// there are. It is the document itself when nothing is left out. Relations must not be expanded yet.
func (d *Document) Beginning(most int) *Document {
	counts := make(map[string]int)
	kept := make([]relaton.Relation, 0, len(d.Item.Relation))
	for _, relation := range d.Item.Relation {
		if counts[relation.Type]++; counts[relation.Type] <= most {
			kept = append(kept, relation)
		}
	}
	if len(kept) == len(d.Item.Relation) {
		return d
	}
	out := d.withRelations(kept)
	out.LeftOut = make(map[string]int)
	for kind, count := range counts {
		if count > most {
			out.LeftOut[kind] = count - most
		}
	}
	return out
}

func (d *Document) withRelations(kept []relaton.Relation) *Document {
	out, item := *d, *d.Item
	item.Relation = kept
	out.Item = &item
	return &out
}

// Size returns how many bytes the records of the document take in the index.
func (d *Document) Size() (bytes int) {
	for i := range d.Records {
		bytes += d.Records[i].Size
	}
	return bytes
}
