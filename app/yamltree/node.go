// Package yamltree reads YAML files into a light tree. It knows nothing of bibliographic records.
//
// Relaton files are plain block YAML, and reading them is most of the work of an indexing; so the
// common subset is read by a scanner of our own, and every file that uses anything else by
// go.yaml.in/yaml/v3. Both give the same tree.
package yamltree

// Kind is the kind of a node.
type Kind uint8

// The kinds of nodes.
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// Node is one value of a YAML file.
type Node struct {
	Kind  Kind
	Value string   // of a Scalar, as text
	Plain bool     // the Scalar stood without quotes, so that true or 12 may be meant as such
	Line  int      // from 1
	Keys  []string // of a Mapping, in order, as many as Nodes
	Nodes []Node   // the items of a Sequence, or the values of a Mapping
}

// Get gives the value under a key of a Mapping, nil when there is none or n is no Mapping.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i, k := range n.Keys {
		if k == key {
			return &n.Nodes[i]
		}
	}
	return nil
}
