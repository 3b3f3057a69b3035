package search

import (
	"strings"
	"unicode"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Identifier gives the patterns that the normalised form of an identifier (docid.Normalize) has to match to
// contain a text: one of LIKE, and a regular expression for those that match it, empty where LIKE says it all.
// A character that is no letter or digit stands for any one such character, and for the digits before
// it: "rfc-" is in draft-ietf-hip-rfc5202-bis. The recorded answers count that way. Nothing of the text but ASCII
// letters and digits is taken over, so nothing in it can have a meaning in either pattern.
func Identifier(text string) (like, expression string) {
	norm := docid.Normalize(text)
	if norm == "" {
		return "", ""
	}
	like = "%" + strings.ReplaceAll(norm, ".", "%.") + "%"
	if strings.Contains(norm, ".") {
		expression = strings.ReplaceAll(norm, ".", "[0-9]*[.]")
	}
	return like, expression
}

// Words gives patterns of LIKE for a text in lower case: one that finds the words of a text, or parts of words, in
// their order, whatever stands between them; and one that finds the longest of them, which whoever has them all has
// too. The former is empty when there are no words, the latter when none is ASCII. Letters and digits are all that
// is taken over of the text.
func Words(text string) (all, longest string) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) == 0 {
		return "", ""
	}
	word := ""
	for _, w := range words {
		if len(w) > len(word) && IsASCII(w) {
			word = w
		}
	}
	if word != "" {
		longest = "%" + word + "%"
	}
	return "%" + strings.Join(words, "%") + "%", longest
}

// IsASCII says whether a text has no other characters.
func IsASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
