package drafts

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// markup are the elements that titles are marked up with; any other <word> is part of the title.
var markup = regexp.MustCompile(`(?i)</?(?:em|strong|i|b|u|sub|sup|tt|code|br|p|span)\s*/?>`)

// titleKey returns what is equal in titles that differ in case, punctuation, blanks, accents and markup alone.
func titleKey(title string) string {
	title = html.UnescapeString(markup.ReplaceAllString(html.UnescapeString(title), " "))
	return fold(strings.ReplaceAll(title, "&", " and "))
}

// generations stand behind surnames, and digits are left of "3rd".
var generations = regexp.MustCompile(`(?i)[\s,]+(?:jr|sr|ii|iii|iv|[1-9](?:nd|rd|th))\.?$`)

// umlauts are written with an e where an accent cannot be.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// Surname returns what is equal in surnames that differ in case, accents and punctuation alone; empty of what is no name. Of a
// full name it is that of the last word.
func Surname(name string, full bool) string {
	name = generations.ReplaceAllString(strings.TrimSpace(name), "")
	if words := strings.Fields(name); full && len(words) > 0 {
		name = words[len(words)-1]
	}
	return umlauts.Replace(fold(name))
}

// letters are those that have no accent to take away.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "æ", "ae", "œ", "oe", "þ", "th", "ı", "i")

// fold keeps letters and digits, in lower case and without accents.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, letters.Replace(strings.ToLower(norm.NFKD.String(text))))
}
