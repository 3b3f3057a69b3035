package yamltree

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/fault"
)

// parseLibrary reads any YAML file, at some 13 MB/s.
func parseLibrary(data []byte) (root *Node, err error) {
	defer func() {
		// The library has a history of panics on odd input; one file must not end an indexing.
		if cause := recover(); cause != nil {
			root, err = nil, fault.New(fault.Invalid, "the file cannot be read as YAML: %v", cause)
		}
	}()
	doc, err := decodeOne(data)
	if err != nil {
		return nil, err
	}
	c := converter{}
	n, err := c.node(doc, 0)
	if err != nil {
		return nil, err
	}
	if n.Kind == Null {
		return nil, errEmpty()
	}
	return &n, nil
}

func errEmpty() error { return fault.New(fault.Invalid, "the file is empty") }

// decodeOne gives the content of the only document.
func decodeOne(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, errEmpty()
	} else if err != nil {
		return nil, syntaxError(err)
	}
	if err := dec.Decode(&second); err == nil {
		return nil, fault.New(fault.Invalid, "line %d: a second document in one file", second.Line)
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxError(err)
	}
	return doc.Content[0], nil
}

func syntaxError(err error) error {
	return fault.New(fault.Invalid, "%s", strings.TrimPrefix(err.Error(), "yaml: "))
}

// converter turns the library's tree into ours.
type converter struct {
	nodes int // made so far
	text  int // bytes of their keys and scalars
}

// node converts n, which stands inside depth mappings and sequences.
func (c *converter) node(n *yaml.Node, depth int) (Node, error) {
	if c.nodes++; c.nodes > MaxNodes {
		return Node{}, fault.New(fault.Invalid, "line %d: more than %d values, counted with what aliases stand for", n.Line, MaxNodes)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return c.node(n.Alias, depth) // one that contains itself ends at MaxDepth
	case yaml.ScalarNode:
		if err := c.add(n); err != nil {
			return Node{}, err
		}
		return scalar(n)
	}
	if depth >= MaxDepth {
		return Node{}, fault.New(fault.Invalid, "line %d: nested more than %d deep", n.Line, MaxDepth)
	}
	if n.Kind == yaml.SequenceNode {
		return c.sequence(n, depth+1)
	}
	return c.mapping(n, depth+1)
}

// add counts the text of a key or a scalar.
func (c *converter) add(n *yaml.Node) error {
	if c.text += len(n.Value); c.text > MaxText {
		return fault.New(fault.Invalid, "line %d: more than %d bytes of text, counted with what aliases stand for", n.Line, MaxText)
	}
	return nil
}

func scalar(n *yaml.Node) (Node, error) {
	if strings.IndexByte(n.Value, 0) >= 0 {
		return Node{}, fault.New(fault.Invalid, "line %d: a NUL character", n.Line)
	}
	if n.ShortTag() == "!!null" {
		return Node{Kind: Null, Line: n.Line}, nil
	}
	return Node{Kind: Scalar, Value: n.Value, Plain: isPlain(n), Line: n.Line}, nil
}

// isPlain says whether a scalar may be meant as a boolean or a number: without quotes unless a tag
// says text, and with quotes only if a tag says so.
func isPlain(n *yaml.Node) bool {
	if n.Style&yaml.TaggedStyle != 0 {
		switch n.ShortTag() {
		case "!!bool", "!!int", "!!float":
			return true
		}
		return false
	}
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return n.Style&quoted == 0
}

func (c *converter) sequence(n *yaml.Node, depth int) (Node, error) {
	out := Node{Kind: Sequence, Line: n.Line}
	for _, item := range n.Content {
		v, err := c.node(item, depth)
		if err != nil {
			return Node{}, err
		}
		out.Nodes = append(out.Nodes, v)
	}
	return out, nil
}

func (c *converter) mapping(n *yaml.Node, depth int) (Node, error) {
	out := Node{Kind: Mapping, Line: n.Line}
	seen := make(map[string]bool, len(n.Content)/2)
	var merges []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := dealias(n.Content[i]), n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			return Node{}, fault.New(fault.Invalid, "line %d: a key that is a mapping or a list", key.Line)
		}
		if key.ShortTag() == "!!merge" {
			merges = append(merges, value)
			continue
		}
		if strings.IndexByte(key.Value, 0) >= 0 {
			return Node{}, fault.New(fault.Invalid, "line %d: a NUL character", key.Line)
		}
		if err := c.add(key); err != nil {
			return Node{}, err
		}
		if seen[key.Value] {
			return Node{}, fault.New(fault.Invalid, "line %d: the key %q a second time", n.Content[i].Line, key.Value)
		}
		v, err := c.node(value, depth)
		if err != nil {
			return Node{}, err
		}
		seen[key.Value] = true
		out.Keys, out.Nodes = append(out.Keys, key.Value), append(out.Nodes, v)
	}
	for _, m := range merges {
		if err := c.merge(&out, seen, m, depth); err != nil {
			return Node{}, err
		}
	}
	return out, nil
}

// merge adds what "<<: value" brings to a mapping: the keys that are not there yet, of the mapping
// or of the mappings in the list that value is.
func (c *converter) merge(out *Node, seen map[string]bool, value *yaml.Node, depth int) error {
	v, err := c.node(value, depth)
	if err != nil {
		return err
	}
	from := []Node{v}
	if v.Kind == Sequence {
		from = v.Nodes
	}
	for _, m := range from {
		if m.Kind != Mapping {
			return fault.New(fault.Invalid, "line %d: a merge key (<<) of something other than mappings", value.Line)
		}
		for i, k := range m.Keys {
			if !seen[k] {
				seen[k] = true
				out.Keys, out.Nodes = append(out.Keys, k), append(out.Nodes, m.Nodes[i])
			}
		}
	}
	return nil
}

func dealias(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}
