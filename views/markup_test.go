package views

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestXMLTokens(t *testing.T) {
	want := []token{
		{"tag", "<author"},
		{"markup", ` fullname="`},
		{"", "A > B"},
		{"markup", `"`},
		{"markup", ">"},
		{"", "text"},
		{"tag", "</author"},
		{"markup", ">"},
		{"tag", "<t"},
		{"markup", "/>"},
	}
	assert.Equal(t, want, xmlTokens(`<author fullname="A > B">text</author><t/>`))
}

// What is shown must be what is copied, for anything that a source can bring about.
func FuzzXMLTokens(f *testing.F) {
	for _, seed := range []string{"", "<", "</", "<>", "</>", "a<b", `<a b="`, `<a b='"'>`, `<a b=">" c=''/>x</a>`, "<?xml?><!-- < -->", "text"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, xml string) {
		var joined strings.Builder
		for _, token := range xmlTokens(xml) {
			joined.WriteString(token.Text)
		}
		assert.Equal(t, xml, joined.String())
	})
}
