package relaton

import (
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// maxProblems limits what one broken file can add to the list of problems: the first ones tell
// what is wrong with it.
const maxProblems = 50

// reader turns a tree into an item, and notes what does not fit the model on the way.
type reader struct {
	field    generation
	any      func(*yamltree.Node) any // of a value that is kept as it is
	path     []step                   // to the value being read
	problems []Problem
}

func newReader(field generation, anyOf func(*yamltree.Node) any) *reader {
	return &reader{field: field, any: anyOf, path: make([]step, 0, 12)}
}

// step is a key of a mapping, or the index of an item of a list when the key is empty.
type step struct {
	key   string
	index int
}

func (r *reader) enter(key string) { r.path = append(r.path, step{key: key}) }
func (r *reader) enterItem(i int)  { r.path = append(r.path, step{index: i}) }
func (r *reader) leave()           { r.path = r.path[:len(r.path)-1] }

// problem notes that the value being read, n, breaks the model.
func (r *reader) problem(n *yamltree.Node, message string) {
	if len(r.problems) >= maxProblems {
		return
	}
	p := Problem{Path: formatPath(r.path), Message: message}
	if n != nil {
		p.Line = n.Line
	}
	r.problems = append(r.problems, p)
}

// formatPath writes a location as people do: contributor[2].role.
func formatPath(path []step) string {
	var b strings.Builder
	for _, s := range path {
		switch {
		case s.key == "":
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case b.Len() == 0:
			b.WriteString(s.key)
		default:
			b.WriteString("." + s.key)
		}
	}
	return b.String()
}

// short quotes a text of a source for a message.
func short(s string) string {
	const limit = 60
	if len(s) > limit {
		return strconv.Quote(s[:limit]) + "…"
	}
	return strconv.Quote(s)
}

// str reads a text under a key. A list gives its first text, a mapping its content.
func (r *reader) str(key string, n *yamltree.Node) string {
	if n.Kind == yamltree.Scalar { // the common case, before any path is kept
		return n.Value
	}
	r.enter(key)
	defer r.leave()
	return r.plain(n)
}

// plain reads a text that stands alone.
func (r *reader) plain(n *yamltree.Node) string {
	switch n.Kind {
	case yamltree.Scalar:
		return n.Value
	case yamltree.Sequence:
		return r.firstPlain(n)
	case yamltree.Mapping:
		for _, key := range []string{"content", "value", "name"} {
			if v := n.Get(key); v != nil {
				return r.plain(v)
			}
		}
		r.problem(n, "a text expected, a mapping found")
	}
	return ""
}

func (r *reader) firstPlain(n *yamltree.Node) string {
	r.single(n)
	for i := range n.Nodes {
		if s := r.plain(&n.Nodes[i]); s != "" {
			return s
		}
	}
	return ""
}

// single reports a list whose other values are lost where the model has one value. A list of one is an accepted
// form, and so is one of the same text in several languages.
func (r *reader) single(n *yamltree.Node) {
	for i := 1; i < len(n.Nodes); i++ {
		if n.Nodes[i].Get("language") == nil {
			r.problem(n, "several values, where one is expected; the first is used")
			return
		}
	}
}

// strs reads a list of texts under a key, or a single one, which is what generation 2.x has for
// language and script.
func (r *reader) strs(key string, n *yamltree.Node) []string {
	if n.Kind == yamltree.Scalar {
		if n.Value == "" {
			return nil
		}
		return []string{n.Value}
	}
	return list(r, key, n, func(r *reader, n *yamltree.Node) (string, bool) {
		s := r.plain(n)
		return s, s != ""
	})
}

// list reads what stands under a key as a list. A single value is taken for a list of one, which is an accepted form
// (compatibility, section 1, "Relaxed input"). Nulls are left out. An empty list is nil, which is how an item says
// "unknown".
func list[T any](r *reader, key string, n *yamltree.Node, read func(*reader, *yamltree.Node) (T, bool)) []T {
	r.enter(key)
	defer r.leave()
	switch n.Kind {
	case yamltree.Null:
		return nil
	case yamltree.Sequence:
		return items(r, n, read)
	}
	if v, ok := read(r, n); ok {
		return []T{v}
	}
	return nil
}

func items[T any](r *reader, n *yamltree.Node, read func(*reader, *yamltree.Node) (T, bool)) []T {
	if len(n.Nodes) == 0 {
		return nil
	}
	out := make([]T, 0, len(n.Nodes))
	for i := range n.Nodes {
		if n.Nodes[i].Kind == yamltree.Null {
			continue
		}
		r.enterItem(i)
		if v, ok := read(r, &n.Nodes[i]); ok {
			out = append(out, v)
		}
		r.leave()
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// one reads what stands under a key as a single value, nil when there is none. Of a list it is the
// first.
func one[T any](r *reader, key string, n *yamltree.Node, read func(*reader, *yamltree.Node) (T, bool)) *T {
	if n.Kind == yamltree.Null {
		return nil
	}
	r.enter(key)
	defer r.leave()
	if n.Kind == yamltree.Sequence {
		all := items(r, n, read)
		if len(all) == 0 {
			return nil
		}
		r.single(n)
		return &all[0]
	}
	if v, ok := read(r, n); ok {
		return &v
	}
	return nil
}
