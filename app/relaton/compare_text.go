package relaton

import (
	"strings"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// Limits on the texts of a difference, in bytes.
const (
	longValue = 240 // what is shown whole
	around    = 40  // what is shown of a long text before and after the place that differs
)

// ellipsis stands for what is left out of a text.
const ellipsis = "…"

// flat writes a value as one text: the texts in it, in their order. A flag that is set is written as its name.
func flat(n *yamltree.Node) string {
	if n == nil {
		return ""
	}
	var parts []string
	var collect func(key string, n *yamltree.Node)
	collect = func(key string, n *yamltree.Node) {
		switch {
		case n.Kind == yamltree.Scalar && n.Plain && n.Value == "true" && key != "":
			parts = append(parts, key)
		case n.Kind == yamltree.Scalar && n.Plain && n.Value == "false" && key != "":
			parts = append(parts, "not "+key)
		case n.Kind == yamltree.Scalar && n.Value != "":
			parts = append(parts, n.Value)
		case n.Kind == yamltree.Sequence:
			for i := range n.Nodes {
				collect("", &n.Nodes[i])
			}
		case n.Kind == yamltree.Mapping:
			for i, key := range n.Keys {
				collect(key, &n.Nodes[i])
			}
		}
	}
	collect("", n)
	return strings.Join(parts, ", ")
}

// excerpts cuts two texts to where they differ, when one of them is long.
func excerpts(before, after string) (string, string) {
	if len(before) <= longValue && len(after) <= longValue || before == after {
		return before, after
	}
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < len(before)-head && tail < len(after)-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	return excerpt(before, head-around, len(before)-tail+around), excerpt(after, head-around, len(after)-tail+around)
}

// excerpt gives the part of a text between two bytes, or as much of it as is not long, and marks what is left out.
func excerpt(text string, from, to int) string {
	if text == "" {
		return ""
	}
	from, to = max(from, 0), min(to, len(text))
	to = min(to, from+longValue)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	part := text[from:to]
	if from > 0 {
		part = ellipsis + part
	}
	if to < len(text) {
		part += ellipsis
	}
	return part
}
