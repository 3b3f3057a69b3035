package relaton

import "github.com/ietf-tools/bibxml/app/yamltree"

// maxPairs bounds how many pairs of items of two lists are compared to find those that moved.
const maxPairs = 100_000

// lists finds out which items of two lists belong together: those that are the same at both ends, those that are the same
// anywhere, and, where as many are left on both sides, the rest in their order.
func (c *comparison) lists(path string, a, b []yamltree.Node) {
	head := 0
	for head < len(a) && head < len(b) && same(&a[head], &b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && same(&a[len(a)-1-tail], &b[len(b)-1-tail]) {
		tail++
	}
	gone, come := unmatched(a, b, head, tail)
	if len(gone) == 0 && len(come) == 0 && len(a)-head-tail > 0 {
		// The same in another order, which matters of authors.
		c.add(path, &yamltree.Node{Kind: yamltree.Sequence, Nodes: a}, &yamltree.Node{Kind: yamltree.Sequence, Nodes: b})
		return
	}
	if len(gone) == len(come) {
		for i := range gone {
			c.values(at(path, come[i]), &a[gone[i]], &b[come[i]])
		}
		return
	}
	for _, i := range gone {
		c.add(at(path, i), &a[i], nil)
	}
	for _, i := range come {
		c.add(at(path, i), nil, &b[i])
	}
}

// unmatched gives the places of those items between head and tail that have no equal in the other list.
func unmatched(a, b []yamltree.Node, head, tail int) (gone, come []int) {
	taken := make([]bool, len(b))
	few := (len(a)-head-tail)*(len(b)-head-tail) <= maxPairs
	for i := head; i < len(a)-tail; i++ {
		equal := -1
		for j := head; few && equal < 0 && j < len(b)-tail; j++ {
			if !taken[j] && same(&a[i], &b[j]) {
				equal = j
			}
		}
		if equal < 0 {
			gone = append(gone, i)
		} else {
			taken[equal] = true
		}
	}
	for j := head; j < len(b)-tail; j++ {
		if !taken[j] {
			come = append(come, j)
		}
	}
	return gone, come
}

// same says whether two values say the same.
func same(a, b *yamltree.Node) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case yamltree.Scalar:
		return a.Value == b.Value && a.Plain == b.Plain || a.Plain && b.Plain && jsonScalar(a) == jsonScalar(b)
	case yamltree.Sequence:
		if len(a.Nodes) != len(b.Nodes) {
			return false
		}
		for i := range a.Nodes {
			if !same(&a.Nodes[i], &b.Nodes[i]) {
				return false
			}
		}
	case yamltree.Mapping:
		return sameFields(a, b) && sameFields(b, a)
	}
	return true
}

// sameFields says whether b has each field of a, with the same value.
func sameFields(a, b *yamltree.Node) bool {
	fields := fieldsOf(b)
	for i, key := range a.Keys {
		if key == unsaid {
			continue
		}
		if other := fields(key); other == nil || !same(&a.Nodes[i], other) {
			return false
		}
	}
	return true
}
