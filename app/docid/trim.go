package docid

import (
	"strings"
	"unicode"
)

// Trim returns a text without the blanks around it: white space of any kind, tabs, no-break spaces and the
// characters of no width that come along when somebody copies an identifier from a page.
func Trim(text string) string { return strings.TrimFunc(text, isBlank) }

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}
