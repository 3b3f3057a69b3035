package relaton

import (
	"fmt"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// Decode reads one file of a source, of either generation of the model, in all the uneven shapes that
// real sources have (compatibility, section 1). The problems tell where it breaks the model; the item
// holds all the rest of it. What exceeds the limits (docs/limits.md) is cut, and is a problem too. A file that cannot be parsed (see yamltree.Parse), or that is no mapping,
// is an error: it has nothing of a record.
func Decode(data []byte) (*Item, []Problem, error) {
	tree, err := yamltree.Parse(data)
	if err != nil {
		return nil, nil, fmt.Errorf("decode record: %w", err)
	}
	if tree.Kind != yamltree.Mapping {
		return nil, nil, fault.New(fault.Invalid, "line %d: the file is no record: it must be a mapping of fields such as docid and title", max(tree.Line, 1))
	}
	r := newReader(detect(tree), (*yamltree.Node).Any)
	r.limit(tree)
	item := r.item(tree)
	if len(item.DocID) == 0 {
		r.problem(tree, "the record has no identifier")
	}
	return item, r.problems, nil
}

// generation reads the value under one key of an item, as one generation of the model means it. It
// says false of a key that is not in the model.
type generation func(r *reader, it *Item, key string, n *yamltree.Node) bool

// detect tells the generations apart by the fields that only records of the newer one have. All
// others are of the older one, which the relaxed input of section 1 belongs to.
func detect(tree *yamltree.Node) generation {
	if tree.Get("docidentifier") != nil || tree.Get("schema_version") != nil {
		return gen2Field
	}
	return gen1Field
}
