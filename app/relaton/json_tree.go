package relaton

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// maxJSONDepth bounds the recursion. Items nest by their relations: each level takes three.
const maxJSONDepth = 1000

// jsonParser reads a JSON value into the tree that files are read into, so that one reader serves
// both: JSON strings are quoted scalars, numbers and booleans plain ones. The strings of the tree are
// parts of s. It takes control characters inside strings, which JSON forbids, as they are.
type jsonParser struct {
	s   string
	pos int
	// The members of the objects and lists that are open, and room for those of the closed ones.
	keys     []string
	nodes    []yamltree.Node
	keyRoom  room[string]
	nodeRoom room[yamltree.Node]
}

// parse reads s. The tree is good until the parser is used again.
func (p *jsonParser) parse(s string) (*yamltree.Node, error) {
	p.s, p.pos = s, 0
	p.keys, p.nodes = p.keys[:0], p.nodes[:0]
	p.keyRoom.used, p.nodeRoom.used = 0, 0
	if err := p.value(0); err != nil {
		return nil, err
	}
	if p.skipSpace(); p.pos < len(s) {
		return nil, p.unexpected("after the value")
	}
	return &p.nodes[0], nil
}

// room is memory that many small lists are cut from, for one tree after the other. Allocating it anew
// for every stored item cost 22 KB, three times the item itself.
type room[T any] struct {
	chunk []T
	used  int
}

func (r *room[T]) copyOf(list []T) []T {
	if r.used+len(list) > len(r.chunk) {
		r.chunk, r.used = make([]T, max(256, 2*len(r.chunk), len(list))), 0
	}
	out := r.chunk[r.used : r.used+len(list) : r.used+len(list)]
	r.used += len(list)
	copy(out, list)
	return out
}

// value reads a value and puts it on top of p.nodes.
func (p *jsonParser) value(depth int) error {
	p.skipSpace()
	if p.pos == len(p.s) || depth > maxJSONDepth {
		return p.unexpected("in place of a value")
	}
	switch p.s[p.pos] {
	case '{':
		return p.object(depth + 1)
	case '[':
		return p.array(depth + 1)
	case '"':
		s, err := p.str()
		p.nodes = append(p.nodes, yamltree.Node{Kind: yamltree.Scalar, Value: s})
		return err
	}
	return p.literal()
}

func (p *jsonParser) object(depth int) error {
	p.pos++
	firstKey, firstNode := len(p.keys), len(p.nodes)
	for p.next('}', len(p.nodes) > firstNode) {
		if p.skipSpace(); !p.at('"') {
			return p.unexpected("in place of a key")
		}
		key, err := p.str()
		if err != nil {
			return err
		}
		if p.skipSpace(); !p.at(':') {
			return p.unexpected("after a key")
		}
		p.pos++
		p.keys = append(p.keys, key)
		if err := p.value(depth); err != nil {
			return err
		}
	}
	if !p.at('}') {
		return p.unexpected("inside an object")
	}
	p.pos++
	keys := p.keyRoom.copyOf(p.keys[firstKey:])
	p.keys = p.keys[:firstKey]
	p.nodes = append(p.nodes, yamltree.Node{Kind: yamltree.Mapping, Keys: keys, Nodes: p.take(firstNode)})
	return nil
}

func (p *jsonParser) array(depth int) error {
	p.pos++
	first := len(p.nodes)
	for p.next(']', len(p.nodes) > first) {
		if err := p.value(depth); err != nil {
			return err
		}
	}
	if !p.at(']') {
		return p.unexpected("inside a list")
	}
	p.pos++
	p.nodes = append(p.nodes, yamltree.Node{Kind: yamltree.Sequence, Nodes: p.take(first)})
	return nil
}

// take takes the members of an object or a list, all from first on, off p.nodes.
func (p *jsonParser) take(first int) []yamltree.Node {
	out := p.nodeRoom.copyOf(p.nodes[first:])
	p.nodes = p.nodes[:first]
	return out
}

// next moves to the next member of an object or a list, past the comma when there was one before.
// It says false at the end, and where neither a member nor the end can be.
func (p *jsonParser) next(end byte, another bool) bool {
	p.skipSpace()
	if p.pos == len(p.s) || p.s[p.pos] == end {
		return false
	}
	if another {
		if p.s[p.pos] != ',' {
			return false
		}
		p.pos++
	}
	return true
}

func (p *jsonParser) at(c byte) bool { return p.pos < len(p.s) && p.s[p.pos] == c }

func (p *jsonParser) skipSpace() {
	for p.pos < len(p.s) {
		switch p.s[p.pos] {
		case ' ', '\n', '\r', '\t':
			p.pos++
		default:
			return
		}
	}
}

// literal reads null, true, false or a number.
func (p *jsonParser) literal() error {
	start := p.pos
	for p.pos < len(p.s) && strings.IndexByte(" \n\r\t,]}", p.s[p.pos]) < 0 {
		p.pos++
	}
	word := p.s[start:p.pos]
	n := yamltree.Node{Kind: yamltree.Scalar, Value: word, Plain: true}
	switch word {
	case "null":
		n = yamltree.Node{Kind: yamltree.Null}
	case "true", "false":
	default:
		if _, err := strconv.ParseFloat(word, 64); err != nil || strings.Trim(word, "0123456789+-.eE") != "" {
			p.pos = start
			return p.unexpected("in place of a value")
		}
	}
	p.nodes = append(p.nodes, n)
	return nil
}

// str reads a string, which begins at the current position.
func (p *jsonParser) str() (string, error) {
	rest := p.s[p.pos+1:]
	end := strings.IndexByte(rest, '"')
	if end >= 0 && strings.IndexByte(rest[:end], '\\') < 0 {
		p.pos += end + 2
		return rest[:end], nil
	}
	return p.escapedStr()
}

func (p *jsonParser) escapedStr() (string, error) {
	var b []byte
	for p.pos++; p.pos < len(p.s); p.pos++ {
		switch c := p.s[p.pos]; c {
		case '"':
			p.pos++
			return string(b), nil
		case '\\':
			var ok bool
			if b, ok = p.escape(b); !ok {
				return "", p.unexpected("in a string")
			}
		default:
			b = append(b, c)
		}
	}
	return "", p.unexpected("inside a string")
}

// escape reads what follows a backslash, and leaves the position at its last byte.
func (p *jsonParser) escape(b []byte) ([]byte, bool) {
	if p.pos++; p.pos == len(p.s) {
		return b, false
	}
	const letters, meant = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := p.s[p.pos]
	if i := strings.IndexByte(letters, c); i >= 0 {
		return append(b, meant[i]), true
	}
	r, ok := p.hex4(p.pos + 1)
	if c != 'u' || !ok {
		return b, false
	}
	p.pos += 4
	if utf16.IsSurrogate(r) && strings.HasPrefix(p.s[p.pos+1:], `\u`) {
		if low, ok := p.hex4(p.pos + 3); ok && utf16.DecodeRune(r, low) != utf8.RuneError {
			r = utf16.DecodeRune(r, low)
			p.pos += 6
		}
	}
	return utf8.AppendRune(b, r), true // a lone surrogate becomes U+FFFD
}

func (p *jsonParser) hex4(at int) (rune, bool) {
	if at+4 > len(p.s) {
		return 0, false
	}
	v, err := strconv.ParseUint(p.s[at:at+4], 16, 16)
	return rune(v), err == nil
}

func (p *jsonParser) unexpected(where string) error {
	if p.pos >= len(p.s) {
		return fmt.Errorf("the JSON ends unexpectedly %s", where)
	}
	return fmt.Errorf("unexpected %q at byte %d, %s", p.s[p.pos], p.pos, where)
}

// jsonAny gives a value in the types that encoding/json decodes into any.
func jsonAny(n *yamltree.Node) any {
	switch n.Kind {
	case yamltree.Scalar:
		return jsonScalar(n)
	case yamltree.Sequence:
		list := make([]any, len(n.Nodes))
		for i := range n.Nodes {
			list[i] = jsonAny(&n.Nodes[i])
		}
		return list
	case yamltree.Mapping:
		m := make(map[string]any, len(n.Keys))
		for i, key := range n.Keys {
			m[key] = jsonAny(&n.Nodes[i])
		}
		return m
	}
	return nil
}

func jsonScalar(n *yamltree.Node) any {
	if !n.Plain {
		return n.Value
	}
	switch n.Value {
	case "true":
		return true
	case "false":
		return false
	}
	f, _ := strconv.ParseFloat(n.Value, 64) // parseJSON took it for a number
	return f
}
