package relaton

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// FieldChange is a part of an item that differs between two states of it.
type FieldChange struct {
	Path   string `json:"path"`             // contributor[2].role, as Problem.Path
	Before string `json:"before,omitempty"` // empty: it was not there
	After  string `json:"after,omitempty"`  // empty: it is not there any more
}

// Difference is what differs between two states of an item.
type Difference struct {
	Fields []FieldChange // at most MaxFields
	More   int           // further ones
}

// MaxFields bounds the changes that a difference tells in full.
const MaxFields = 30

// maxDifference bounds their values, in bytes, all together.
const maxDifference = 4000

// unsaid says nothing of the document but when somebody looked at it; sources renew it with every visit.
const unsaid = "fetched"

// Compare tells how two states of an item differ, both as AppendJSON writes them. Values are texts for people to read: of an
// object they are its values in a row, and long ones are cut to where they differ. Items of a list that only moved are no
// difference by themselves. It fails on what is no JSON object.
func Compare(before, after string) (Difference, error) {
	old, now := parsers.Get().(*jsonParser), parsers.Get().(*jsonParser)
	defer parsers.Put(old)
	defer parsers.Put(now)
	a, err := old.parse(before)
	if err != nil {
		return Difference{}, fmt.Errorf("compare items: before: %w", err)
	}
	b, err := now.parse(after)
	if err != nil {
		return Difference{}, fmt.Errorf("compare items: after: %w", err)
	}
	if a.Kind != yamltree.Mapping || b.Kind != yamltree.Mapping {
		return Difference{}, errors.New("compare items: an object expected")
	}
	var c comparison
	c.mappings("", a, b)
	return c.found, nil
}

// comparison collects differences.
type comparison struct {
	found Difference
	bytes int
}

// add notes that one value stands in place of another; nil stands for none.
func (c *comparison) add(path string, a, b *yamltree.Node) {
	before, after := excerpts(flat(a), flat(b))
	if before == after {
		return
	}
	c.bytes += len(path) + len(before) + len(after)
	if len(c.found.Fields) == MaxFields || c.bytes > maxDifference && len(c.found.Fields) > 0 {
		c.found.More++
		return
	}
	c.found.Fields = append(c.found.Fields, FieldChange{
		strings.Clone(path), strings.Clone(before), strings.Clone(after), // what shares memory with an item keeps all of it
	})
}

func (c *comparison) values(path string, a, b *yamltree.Node) {
	switch {
	case same(a, b):
	case a.Kind == yamltree.Mapping && b.Kind == yamltree.Mapping:
		c.mappings(path, a, b)
	case a.Kind == yamltree.Sequence && b.Kind == yamltree.Sequence:
		c.lists(path, a.Nodes, b.Nodes)
	default:
		c.add(path, a, b)
	}
}

// mappings goes through the fields in the order of the newer state, then through those that only the older one has.
func (c *comparison) mappings(path string, a, b *yamltree.Node) {
	before, after := fieldsOf(a), fieldsOf(b)
	for i, key := range b.Keys {
		if key == unsaid {
			continue
		}
		if old := before(key); old != nil {
			c.values(below(path, key), old, &b.Nodes[i])
		} else {
			c.appeared(below(path, key), &b.Nodes[i], false)
		}
	}
	for i, key := range a.Keys {
		if key != unsaid && after(key) == nil {
			c.appeared(below(path, key), &a.Nodes[i], true)
		}
	}
}

// fieldsOf gives the values of a mapping by their keys. A broken file may have some 100 000, too many to look through for each.
func fieldsOf(n *yamltree.Node) func(key string) *yamltree.Node {
	const few = 32
	if len(n.Keys) <= few {
		return n.Get
	}
	fields := make(map[string]*yamltree.Node, len(n.Keys))
	for i, key := range slices.Backward(n.Keys) { // of two of the same name the first counts, as with Get
		fields[key] = &n.Nodes[i]
	}
	return func(key string) *yamltree.Node { return fields[key] }
}

// appeared notes a field that only one of the states has, each item of a list by itself.
func (c *comparison) appeared(path string, n *yamltree.Node, gone bool) {
	switch {
	case n.Kind == yamltree.Sequence && gone:
		c.lists(path, n.Nodes, nil)
	case n.Kind == yamltree.Sequence:
		c.lists(path, nil, n.Nodes)
	case gone:
		c.add(path, n, nil)
	default:
		c.add(path, nil, n)
	}
}

func below(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func at(path string, index int) string { return path + "[" + strconv.Itoa(index) + "]" }
