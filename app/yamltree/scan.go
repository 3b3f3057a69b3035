package yamltree

import (
	"bytes"
	"strings"
	"sync"
)

// scan reads the block YAML that tools write: mappings with plain keys, sequences, plain, quoted
// and block scalars, [] and {}. It gives nil for a file with anything else (comments, tabs, flow
// collections, anchors, tags, directives) and for a broken one: that is for the library to read or
// to refuse. A file that scan accepts has the tree that the library gives, which FuzzParse checks.
//
// It follows the scanner of libyaml, which the library is a translation of, not the specification
// where the two differ.
func scan(data []byte) *Node {
	if !simpleBytes(data) {
		return nil
	}
	s := scanners.Get().(*scanner)
	defer scanners.Put(s)
	s.start(string(data), 1+bytes.Count(data, []byte{'\n'}))
	root, ok := s.document()
	s.finish()
	if !ok {
		return nil
	}
	return &root
}

var scanners = sync.Pool{New: func() any { return new(scanner) }}

// scanner reads a file once, from the start to the end. Between values it stands at the first
// character of the next line that is not blank.
type scanner struct {
	src  string
	pos  int
	line int // from 1
	col  int // of the character at pos in a line where a value or key may start; atEnd at the end

	// The children of the collections being read, outermost first; each takes its own when it ends.
	nodes []Node
	keys  []string
	made  int

	// What is left of the space for the children of finished collections: a few large allocations
	// instead of two for each.
	nodeSpace []Node
	keySpace  []string

	text []byte // a scalar that is put together
}

const atEnd = -1

func (s *scanner) start(src string, lines int) {
	s.src, s.pos, s.line, s.col, s.made = src, 0, 1, 0, 0
	// A line has one key at most, and in real files 1.1 to 1.3 nodes: "- type: main" makes two.
	s.nodeSpace, s.keySpace = make([]Node, lines+lines/4), make([]string, lines)
}

// finish lets go of the file, and of space that only a huge one needs, so that the pool keeps
// neither.
func (s *scanner) finish() {
	const large = 1 << 12
	if cap(s.nodes) > large || cap(s.text) > large<<6 {
		*s = scanner{}
		return
	}
	clear(s.nodes)
	clear(s.keys)
	s.src, s.nodes, s.keys = "", s.nodes[:0], s.keys[:0]
	s.nodeSpace, s.keySpace = nil, nil
}

// simpleBytes says whether a file, known to be UTF-8, has none of the characters that the library
// refuses, takes for line breaks besides LF, or treats in ways of their own (tab, byte order mark).
func simpleBytes(data []byte) bool {
	for i, c := range data {
		if k := byteClass[c]; k&(special|lead) != 0 && (k == special || !simpleRune(data[i:])) {
			return false
		}
	}
	return true
}

// simpleRune judges a character of which the first byte is a lead byte of byteClass.
func simpleRune(c []byte) bool {
	switch c[0] {
	case 0xC2: // U+0080 to U+009F: controls and the line break NEL
		return c[1] >= 0xA0
	case 0xE2: // U+2028 and U+2029: line breaks
		return c[1] != 0x80 || c[2] != 0xA8 && c[2] != 0xA9
	default: // 0xEF: U+FEFF, U+FFFE and U+FFFF
		return (c[1] != 0xBB || c[2] != 0xBF) && (c[1] != 0xBF || c[2] < 0xBE)
	}
}

// The classes of bytes.
const (
	special uint8 = 1 << iota // never simple
	lead                      // simple or not by the bytes that follow
	inKey                     // may be in a key that scan reads
	noPlain                   // does not begin a plain scalar that scan reads
)

var byteClass = classify()

func classify() (class [256]uint8) {
	for c := range 0x20 {
		class[c] = special
	}
	class['\n'], class[0x7F] = 0, special
	class[0xC2], class[0xE2], class[0xEF] = lead, lead, lead
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") {
		class[c] = inKey
	}
	for _, c := range []byte("?:,[]{}#&*!|>'\"%@` \n") {
		class[c] |= noPlain
	}
	return class
}

// document reads the whole file: an optional "---", and a mapping or a sequence.
func (s *scanner) document() (Node, bool) {
	if strings.HasPrefix(s.src, "---\n") {
		s.pos = len("---")
		s.nextLine()
	}
	if s.col != 0 || s.pos == len(s.src) || !s.atDash() && s.keyEnd() == 0 {
		return Node{}, false
	}
	root, ok := s.node(0, atEnd)
	return root, ok && s.col == atEnd
}

// nextLine goes from the end of a line to the first character of the next one that is not blank,
// and gives the number of line breaks between.
func (s *scanner) nextLine() (breaks int) {
	src, pos := s.src, s.pos
	for pos < len(src) {
		pos++
		breaks++
		start := pos
		for pos < len(src) && src[pos] == ' ' {
			pos++
		}
		if pos < len(src) && src[pos] != '\n' {
			s.pos, s.col = pos, pos-start
			s.line += breaks
			return breaks
		}
	}
	s.pos, s.col = pos, atEnd
	s.line += breaks
	return breaks
}

// restIsBlank goes to the next line if nothing but spaces follows in this one.
func (s *scanner) restIsBlank() bool {
	for s.pos < len(s.src) && s.src[s.pos] == ' ' {
		s.pos++
	}
	if s.pos < len(s.src) && s.src[s.pos] != '\n' {
		return false
	}
	s.nextLine()
	return true
}

// blankAt says whether a space, a line break or the end is at i.
func (s *scanner) blankAt(i int) bool {
	return i >= len(s.src) || s.src[i] == ' ' || s.src[i] == '\n'
}

// push adds a child to the collection being read.
func (s *scanner) push(n Node) bool {
	s.nodes = append(s.nodes, n)
	s.made++
	return s.made < MaxNodes // with the root
}

// take moves the children from base on into space of their own.
func (s *scanner) take(base int) []Node {
	n := len(s.nodes) - base
	if n > len(s.nodeSpace) {
		s.nodeSpace = make([]Node, max(n, 64))
	}
	out := s.nodeSpace[:n:n]
	s.nodeSpace = s.nodeSpace[n:]
	copy(out, s.nodes[base:])
	clear(s.nodes[base:])
	s.nodes = s.nodes[:base]
	return out
}

func (s *scanner) takeKeys(base int) []string {
	n := len(s.keys) - base
	out := s.keySpace[:n:n]
	s.keySpace = s.keySpace[n:]
	copy(out, s.keys[base:])
	clear(s.keys[base:])
	s.keys = s.keys[:base]
	return out
}
