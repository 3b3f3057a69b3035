package compat

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// Canonical writes XML so that two documents that say the same are the same text: one element a line,
// indented, attributes by name in double quotes, every run of white space as one blank, entities as the
// characters that they stand for; without declaration, document type, comments and processing
// instructions. It fails when the XML is not well-formed.
func Canonical(text string) (string, error) {
	root, err := parse(text)
	if err != nil {
		return "", err
	}
	return root.canonical(), nil
}

// node is an element, or words between elements, which have no name.
type node struct {
	name     string
	attrs    []xml.Attr // by name
	words    string
	children []*node
}

// parse reads XML into its root element. The text is UTF-8, whatever its declaration says.
func parse(text string) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	document := &node{}
	open := []*node{document}
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return document.root()
		case err != nil:
			return nil, err
		}
		parent := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := element(token)
			parent.children = append(parent.children, child)
			open = append(open, child)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			parent.say(string(token))
		}
	}
}

func (n *node) root() (*node, error) {
	for _, child := range n.children {
		if child.name != "" {
			return child, nil
		}
	}
	return nil, errors.New("there is no element")
}

func element(token xml.StartElement) *node {
	n := &node{name: token.Name.Local}
	for _, attr := range token.Attr {
		if attr.Name.Space == "xmlns" || attr.Name.Local == "xmlns" {
			continue
		}
		attr.Value = squeeze(attr.Value)
		n.attrs = append(n.attrs, attr)
	}
	slices.SortFunc(n.attrs, func(a, b xml.Attr) int { return strings.Compare(a.Name.Local, b.Name.Local) })
	return n
}

// say adds words to those before, which a comment or a CDATA section may have cut in two.
func (n *node) say(text string) {
	if last := len(n.children) - 1; last >= 0 && n.children[last].name == "" {
		n.children[last].words = squeeze(n.children[last].words + text)
		return
	}
	if words := squeeze(text); words != "" {
		n.children = append(n.children, &node{words: words})
	}
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

func (n *node) canonical() string {
	var b strings.Builder
	n.write(&b, "")
	return b.String()
}

func (n *node) write(b *strings.Builder, indent string) {
	b.WriteString(indent)
	switch {
	case n.name == "":
		b.WriteString(escape.Replace(n.words))
	case len(n.children) == 0:
		b.WriteString(n.tag() + "/>")
	case len(n.children) == 1 && n.children[0].name == "":
		b.WriteString(n.tag() + ">" + escape.Replace(n.children[0].words) + "</" + n.name + ">")
	default:
		b.WriteString(n.tag() + ">\n")
		for _, child := range n.children {
			child.write(b, indent+"  ")
		}
		b.WriteString(indent + "</" + n.name + ">")
	}
	b.WriteByte('\n')
}

// tag is the start tag without its end.
func (n *node) tag() string {
	var b strings.Builder
	b.WriteString("<" + n.name)
	for _, attr := range n.attrs {
		b.WriteString(" " + attr.Name.Local + `="` + escape.Replace(attr.Value) + `"`)
	}
	return b.String()
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func (n *node) attr(name string) string {
	for _, attr := range n.attrs {
		if attr.Name.Local == name {
			return attr.Value
		}
	}
	return ""
}

// child gives the first child of a name; an empty node when there is none.
func (n *node) child(name string) *node {
	for _, child := range n.children {
		if child.name == name {
			return child
		}
	}
	return &node{}
}

// text is all words within a node.
func (n *node) text() string {
	if n.name == "" {
		return n.words
	}
	var parts []string
	for _, child := range n.children {
		if text := child.text(); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}
