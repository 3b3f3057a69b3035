package relaton

import (
	"fmt"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// Decode reads one file of a source, of either generation of the model, in all the uneven shapes that
// real sources have (compatibility, section 1). The problems tell where it breaks the model; the item
// holds all the rest of it. The error is that of yamltree.Parse: the file cannot be read at all.
func Decode(data []byte) (*Item, []Problem, error) {
	tree, err := yamltree.Parse(data)
	if err != nil {
		return nil, nil, fmt.Errorf("decode record: %w", err)
	}
	item, problems := FromTree(tree)
	return item, problems, nil
}

// FromTree reads a record that has been parsed already, as Decode does. It never fails: a tree that
// is no mapping gives an empty item and a problem. The item shares the strings of the tree.
func FromTree(tree *yamltree.Node) (*Item, []Problem) {
	r := newReader(detect(tree), (*yamltree.Node).Any)
	if tree == nil || tree.Kind != yamltree.Mapping {
		r.problem(tree, "the record is not a mapping")
		return &Item{}, r.problems
	}
	item := r.item(tree)
	if len(item.DocID) == 0 {
		r.problem(tree, "the record has no identifier")
	}
	return item, r.problems
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
