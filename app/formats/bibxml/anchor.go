package bibxml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// noAnchor names a document that has nothing to name it by: the schema demands some anchor.
const noAnchor = "reference"

// RootAnchor gives the anchor that XML puts on the root element: the one asked for, mended, else the
// document's own.
func RootAnchor(doc *merge.Document, asked string) string {
	if mended := MendAnchor(asked); mended != "" {
		return mended
	}
	return Anchor(doc)
}

// Anchor gives the document's own anchor: RFC and four digits for an RFC; else the first primary
// identifier that is a valid name, else one of scope "anchor" that is, else the first identifier,
// mended (compatibility, section 4).
func Anchor(doc *merge.Document) string {
	ids := doc.Item.DocID
	for _, id := range ids {
		if anchor, ok := rfcAnchor(id); ok {
			return anchor
		}
	}
	for _, id := range ids {
		if id.IsPrimary() && ValidAnchor(id.ID) {
			return id.ID
		}
	}
	for _, id := range ids {
		if id.Scope == "anchor" && ValidAnchor(id.ID) {
			return id.ID
		}
	}
	for _, id := range ids {
		if anchor := mendID(id.ID); anchor != "" {
			return anchor
		}
	}
	return noAnchor
}

func rfcAnchor(id docid.ID) (string, bool) {
	number, ok := strings.CutPrefix(id.ID, "RFC ")
	if !ok || !id.IsPrimary() || id.Type != "IETF" || !isNumber(number) {
		return "", false
	}
	return "RFC" + strings.Repeat("0", max(0, 4-len(number))) + number, true
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// ValidAnchor says whether a text can be an xml:id, that is an XML name without a colon.
func ValidAnchor(anchor string) bool {
	for i, r := range anchor {
		if !isNameChar(r) || i == 0 && !isNameStart(r) {
			return false
		}
	}
	return anchor != ""
}

// MendAnchor makes a valid anchor of one that was asked for, so that it cannot break out of its
// attribute either: blanks and ':' become '.', other illegal characters are dropped, and what may not
// begin a name gets '_' before it (compatibility, section 3). It is empty when nothing remains.
func MendAnchor(anchor string) string {
	if ValidAnchor(anchor) {
		return anchor
	}
	return name(strings.Map(func(r rune) rune {
		if r == ' ' || r == ':' {
			return '.'
		}
		return r
	}, anchor))
}

// mendID makes an anchor of an identifier: IEEE Std 802.1-2018 becomes IEEE_Std_802.1_2018.
func mendID(id string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.Trim(id, "-_ ") {
		if unicode.IsSpace(r) || r == '-' || r == '/' {
			gap = true
			continue
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		if r == ':' {
			r = '.'
		}
		b.WriteRune(r)
	}
	return name(b.String())
}

// name drops what no XML name contains, and lets it begin as a name must.
func name(s string) string {
	s = strings.Map(func(r rune) rune {
		if isNameChar(r) {
			return r
		}
		return -1
	}, s)
	if first, _ := utf8.DecodeRuneInString(s); s != "" && !isNameStart(first) {
		return "_" + s
	}
	return s
}

func isNameStart(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r > 0x7f && unicode.Is(nameLetters, r)
}

func isNameChar(r rune) bool {
	return isNameStart(r) || r >= '0' && r <= '9' || r == '-' || r == '.'
}

// nameLetters are the larger blocks of letters that both the fourth and the fifth edition of XML 1.0
// take in names. libxml2, and so xml2rfc, validates an ID by the fourth, which knows Unicode 2.0 alone.
var nameLetters = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x00c0, Hi: 0x00d6, Stride: 1},
	{Lo: 0x00d8, Hi: 0x00f6, Stride: 1},
	{Lo: 0x00f8, Hi: 0x0131, Stride: 1}, // Latin
	{Lo: 0x0134, Hi: 0x013e, Stride: 1},
	{Lo: 0x0141, Hi: 0x0148, Stride: 1},
	{Lo: 0x014a, Hi: 0x017e, Stride: 1},
	{Lo: 0x0388, Hi: 0x038a, Stride: 1},
	{Lo: 0x038e, Hi: 0x03a1, Stride: 1},
	{Lo: 0x03a3, Hi: 0x03ce, Stride: 1}, // Greek
	{Lo: 0x0401, Hi: 0x040c, Stride: 1},
	{Lo: 0x040e, Hi: 0x044f, Stride: 1},
	{Lo: 0x0451, Hi: 0x045c, Stride: 1}, // Cyrillic
	{Lo: 0x05d0, Hi: 0x05ea, Stride: 1},
	{Lo: 0x0621, Hi: 0x063a, Stride: 1},
	{Lo: 0x0905, Hi: 0x0939, Stride: 1}, // Hebrew, Arabic, Devanagari
	{Lo: 0x1e00, Hi: 0x1e9b, Stride: 1},
	{Lo: 0x1ea0, Hi: 0x1ef9, Stride: 1}, // Latin, Vietnamese among it
	{Lo: 0x3041, Hi: 0x3094, Stride: 1},
	{Lo: 0x30a1, Hi: 0x30fa, Stride: 1}, // Kana
	{Lo: 0x4e00, Hi: 0x9fa5, Stride: 1},
	{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, // Han, Hangul
}, LatinOffset: 2}
