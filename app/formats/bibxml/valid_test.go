package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/formats/bibxml/bibxmltest"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// awkward texts have broken somebody's XML before, or are made to.
var awkward = map[string]string{
	"end of a CDATA section":      "]]>",
	"entities of HTML":            "&ldquo;Names&rdquo; &nbsp; &",
	"an entity of XML twice":      "AT&amp;amp;T",
	"control characters":          "a\x00b\x01c\x08d\x0be\x1ff\x7fg",
	"the next line, and C1":       "a\u0085b\u0080c",
	"characters that XML forbids": "a\uFFFEb\uFFFFc",
	"half a surrogate":            "a\xed\xa0\x80b",
	"broken UTF-8":                "a\xff\xc3(",
	"white space alone":           " \t\r\n\u00a0\u2028 ",
	"a byte order mark":           "\ufeffTitle",
	"out of its attribute":        `x" onload="y' <a b='`,
	"out of its element":          "</title></front></reference><reference>",
	"a comment":                   "<!-- x --><?php x ?><!DOCTYPE a>",
	"markup":                      "<p>One <b>two</p><jats:p>three",
	"right to left":               "\u202eevil\u202c العربية",
	"beyond the basic plane":      "𝔸 😀 \U0010FFFE",
	"combining":                   "e\u0301\u0327",
	"identifiers of other forms":  "3GPP TR /: IEEE .. W3C RFC",
}

// Whatever is said in a record and asked for as an anchor, what leaves is valid.
func TestAwkwardTextsStayValid(t *testing.T) {
	for name, text := range awkward {
		t.Run(name, func(t *testing.T) {
			single := *full(text).Item
			single.Relation = nil
			for _, doc := range []*merge.Document{full(text), {Item: &single}, {Item: &relaton.Item{}}} {
				for _, anchor := range []string{"", text, "RFC9000", "9", "a b:c"} {
					for _, format := range []Format{{}, corrected} {
						written := format.XML(doc, anchor)
						require.NoError(t, bibxmltest.Check(written), "%s", written)
					}
				}
			}
		})
	}
}
