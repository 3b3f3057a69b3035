package views

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func render(t *testing.T, component templ.Component) *html.Node {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, component.Render(t.Context(), &b))
	return parse(t, b.String())
}

func parse(t *testing.T, text string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	return doc
}

func find(within *html.Node, tag string) []*html.Node {
	var nodes []*html.Node
	for node := range within.Descendants() {
		if node.Type == html.ElementNode && node.Data == tag {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// findWith gives the elements that carry all of the attributes, which come as keys and values.
func findWith(within *html.Node, pairs ...string) []*html.Node {
	var nodes []*html.Node
	for node := range within.Descendants() {
		matches := true
		for i := 0; i < len(pairs); i += 2 {
			matches = matches && slices.Contains(node.Attr, html.Attribute{Key: pairs[i], Val: pairs[i+1]})
		}
		if matches {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

func byID(t *testing.T, within *html.Node, id string) *html.Node {
	t.Helper()
	nodes := findWith(within, "id", id)
	require.Len(t, nodes, 1, id)
	return nodes[0]
}

func attribute(node *html.Node, key string) string {
	for _, attr := range node.Attr {
		if attr.Key == key {
			return attr.Val
		}
	}
	return ""
}

func attributes(nodes []*html.Node, key string) []string {
	var values []string
	for _, node := range nodes {
		values = append(values, attribute(node, key))
	}
	return values
}

func content(node *html.Node) string {
	var b strings.Builder
	for child := range node.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(child.Data)
		}
	}
	return b.String()
}

// contents gives the text of each element of a kind.
func contents(within *html.Node, tag string) []string {
	var all []string
	for _, node := range find(within, tag) {
		all = append(all, content(node))
	}
	return all
}
