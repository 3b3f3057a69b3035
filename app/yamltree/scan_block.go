package yamltree

import "slices"

const (
	// maxKeys is the size of a mapping above which looking for a key given twice would take long.
	maxKeys = 64
	// maxKey is the length of a key; the library refuses one of more than 1024.
	maxKey = 128
)

// node reads a value that begins where a key might: in a new line, or behind "- ". Its first
// character is at column s.col, and parent is the column of the collection around it.
func (s *scanner) node(depth, parent int) (Node, bool) {
	if s.atDash() {
		return s.sequence(depth, s.col)
	}
	if end := s.keyEnd(); end > 0 {
		return s.mapping(depth, s.col, end)
	}
	return s.scalar(parent)
}

// atDash says whether an item of a sequence begins here.
func (s *scanner) atDash() bool {
	return s.src[s.pos] == '-' && s.blankAt(s.pos+1)
}

// keyEnd gives the place of the colon if a key begins here, else 0.
func (s *scanner) keyEnd() int {
	i := s.pos
	if s.src[i] == '-' || s.src[i] == '.' { // perhaps a document marker
		return 0
	}
	for i < len(s.src) && byteClass[s.src[i]]&inKey != 0 {
		i++
	}
	if n := i - s.pos; n == 0 || n > maxKey || i == len(s.src) || s.src[i] != ':' || !s.blankAt(i+1) {
		return 0
	}
	return i
}

// sequence reads the items that begin with a dash at column col.
func (s *scanner) sequence(depth, col int) (Node, bool) {
	if depth >= MaxDepth {
		return Node{}, false
	}
	line, base := s.line, len(s.nodes)
	for s.col == col && s.atDash() {
		item, ok := s.item(depth+1, col)
		if !ok || !s.push(item) {
			return Node{}, false
		}
	}
	// Anything else at this column or right of it is not what the collection around it expects.
	return Node{Kind: Sequence, Line: line, Nodes: s.take(base)}, true
}

func (s *scanner) item(depth, col int) (Node, bool) {
	line, dash := s.line, s.pos
	s.pos++
	if s.restIsBlank() {
		if s.col > col {
			return s.node(depth, col)
		}
		return Node{Kind: Null, Line: line}, true
	}
	s.col = col + s.pos - dash
	return s.node(depth, col)
}

// mapping reads the keys at column col and their values, the first of them up to a colon at end.
func (s *scanner) mapping(depth, col, end int) (Node, bool) {
	if depth >= MaxDepth {
		return Node{}, false
	}
	line, nodes, keys := s.line, len(s.nodes), len(s.keys)
	for {
		key := s.src[s.pos:end]
		if slices.Contains(s.keys[keys:], key) || len(s.keys)-keys == maxKeys {
			return Node{}, false
		}
		s.keys = append(s.keys, key)
		s.pos = end + 1
		value, ok := s.value(depth+1, col)
		if !ok || !s.push(value) {
			return Node{}, false
		}
		if s.col != col {
			return Node{Kind: Mapping, Line: line, Keys: s.takeKeys(keys), Nodes: s.take(nodes)}, true
		}
		if end = s.keyEnd(); end == 0 {
			return Node{}, false
		}
	}
}

// value reads what follows the colon of a key at column col.
func (s *scanner) value(depth, col int) (Node, bool) {
	line := s.line
	if !s.restIsBlank() {
		return s.scalar(col)
	}
	switch {
	case s.col > col:
		return s.node(depth, col)
	case s.col == col && s.atDash(): // a sequence may stand at the column of its key
		return s.sequence(depth, col)
	default:
		return Node{Kind: Null, Line: line}, true
	}
}
