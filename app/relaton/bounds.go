package relaton

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// bound limits what one field of a record may hold. The limits are several times the largest value of 350 000 records of
// thirteen public sources (docs/limits.md), so that only damaged and hostile files exceed them.
type bound struct {
	bytes int  // of each text
	items int  // of each list and mapping
	whole bool // a value that is too long is left out, since the beginning of it would be another value
}

const (
	// maxTexts bounds what a record tells of itself, in bytes; maxRelations what all of its relations hold.
	maxTexts     = 1 << 20
	maxRelations = 4 << 20
	// overhead is what a value takes beside its text: quotes, a key, and the elements of a page.
	overhead = 16
	// maxKey bounds each key, in bytes.
	maxKey = 1000
)

var (
	fieldBounds = map[string]bound{
		"docid":         {1000, 1000, true},
		"docidentifier": {1000, 1000, true},
		"link":          {4000, 1000, true},
		"source":        {4000, 1000, true},
		"title":         {4000, 1000, false},
		"abstract":      {100_000, 1000, false},
		"keyword":       {2000, 5000, false},
		"contributor":   {2000, 2000, false},
		"relation":      {10_000, 10_000, false},
	}
	otherBound = bound{10_000, 1000, false}

	// namingFields tell which document a record is of.
	namingFields = []string{"docid", "docidentifier", "title", "type", "date"}
)

// limiter cuts what exceeds the bounds from a record, and notes it among the problems.
type limiter struct {
	*reader
	left *int // bytes of the budget that the field counts against
	full bool // the budget is used up
}

// limit cuts a record to its bounds.
func (r *reader) limit(record *yamltree.Node) {
	texts, relations := maxTexts, maxRelations
	l := limiter{reader: r}
	l.fields(record, func(key string) *int {
		if key == "relation" {
			return &relations
		}
		return &texts
	})
}

// fields cuts the fields of a record or of the target of a relation. Those that name it go first: they are kept when the
// others are too large.
func (l *limiter) fields(n *yamltree.Node, budget func(key string) *int) {
	l.keys(n, otherBound)
	for _, naming := range []bool{true, false} {
		for i, key := range n.Keys {
			if slices.Contains(namingFields, key) == naming {
				l.field(key, &n.Nodes[i], budget(key))
			}
		}
	}
}

func (l *limiter) field(key string, n *yamltree.Node, left *int) {
	b, ok := fieldBounds[key]
	if !ok {
		b = otherBound
	}
	l.left, l.full = left, *left < 0
	l.enter(key)
	if !l.value(n, b) {
		*n = yamltree.Node{Line: n.Line}
	}
	l.leave()
}

// value cuts a value and reports whether anything is left of it.
func (l *limiter) value(n *yamltree.Node, b bound) bool {
	switch n.Kind {
	case yamltree.Scalar:
		return l.text(n, b)
	case yamltree.Sequence:
		l.list(n, b)
	case yamltree.Mapping:
		return l.mapping(n, b)
	}
	return true
}

func (l *limiter) text(n *yamltree.Node, b bound) bool {
	if size := len(n.Value); size > b.bytes {
		if b.whole {
			l.problem(n, fmt.Sprintf("the value has %d bytes; it is left out, since the limit is %d", size, b.bytes))
			return false
		}
		n.Value = shortened(n.Value, b.bytes)
		l.problem(n, fmt.Sprintf("the text has %d bytes; it is cut to %d, which is the limit", size, b.bytes))
	}
	return l.spend(n, len(n.Value)+overhead)
}

// spend takes bytes from the budget and reports whether there were enough of them.
func (l *limiter) spend(n *yamltree.Node, size int) bool {
	*l.left -= size
	if *l.left >= 0 {
		return true
	}
	if !l.full {
		l.full = true
		what, limit := "the record has", maxTexts
		if l.path[0].key == "relation" {
			what, limit = "the relations have", maxRelations
		}
		l.problem(n, fmt.Sprintf("%s more than %d bytes, which is the limit; from here on they are left out", what, limit))
	}
	return false
}

func (l *limiter) list(n *yamltree.Node, b bound) {
	if size := len(n.Nodes); size > b.items {
		l.problem(n, fmt.Sprintf("the list has %d items; the first %d are kept, which is the limit", size, b.items))
		n.Nodes = n.Nodes[:b.items]
	}
	for i := 0; i < len(n.Nodes); {
		l.enterItem(i)
		keep := l.spend(&n.Nodes[i], overhead) && l.value(&n.Nodes[i], b)
		l.leave()
		switch {
		case keep:
			i++
		case l.full:
			n.Nodes = n.Nodes[:i]
		default:
			n.Nodes = without(n.Nodes, i)
		}
	}
}

// mapping drops a mapping as a whole when a value that must stay whole is too long: a link without its address is none.
func (l *limiter) mapping(n *yamltree.Node, b bound) bool {
	l.keys(n, b)
	for i, key := range n.Keys {
		child := &n.Nodes[i]
		l.enter(key)
		keep := l.spend(child, len(key)+overhead)
		switch {
		case !keep:
		case key == "bibitem" && child.Kind == yamltree.Mapping:
			left := l.left
			l.fields(child, func(string) *int { return left })
		default:
			keep = l.value(child, b)
		}
		l.leave()
		if l.full || !keep && b.whole {
			return false
		}
	}
	return true
}

// keys cuts the keys of a mapping.
func (l *limiter) keys(n *yamltree.Node, b bound) {
	if size := len(n.Keys); size > b.items {
		l.problem(n, fmt.Sprintf("the mapping has %d keys; the first %d are kept, which is the limit", size, b.items))
		n.Keys, n.Nodes = n.Keys[:b.items], n.Nodes[:b.items]
	}
	for i := 0; i < len(n.Keys); {
		size := len(n.Keys[i])
		if size <= maxKey {
			i++
			continue
		}
		l.problem(&n.Nodes[i], fmt.Sprintf("the key has %d bytes; it is left out, since the limit is %d", size, maxKey))
		n.Keys, n.Nodes = without(n.Keys, i), without(n.Nodes, i)
	}
}

// without copies a list without one item. Aliases of YAML may share the list.
func without[T any](list []T, i int) []T { return slices.Concat(list[:i], list[i+1:]) }

// shortened cuts a text to a number of bytes, with a sign of that at its end.
func shortened(s string, limit int) string {
	const sign = "…"
	end := limit - len(sign)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return strings.Clone(s[:end]) + sign
}
