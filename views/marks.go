package views

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/search"
)

// piece is a part of a text; marked are the words that were looked for.
type piece struct {
	Text   string
	Marked bool
}

// stems are the beginnings of words to mark, in lower case.
type stems []string

// endings of English words, the longest first, that PostgreSQL's search does not tell apart.
var endings = []string{"ations", "ation", "ings", "ions", "ing", "ion", "ies", "ed", "es", "s", "y", "e"}

// stemsOf gives what to mark for the words of a text that were looked for.
func stemsOf(terms []search.Term) stems {
	var all stems
	for _, term := range terms {
		if term.Not {
			continue
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(term.Text), notInWord) {
			all = append(all, stemOf(word))
		}
	}
	return all
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// stemOf takes the ending from a word in lower case, if enough of it is left.
func stemOf(word string) string {
	const enough = 3
	for _, ending := range endings {
		if stem, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(stem) >= enough {
			return stem
		}
	}
	return word
}

func (s stems) has(word string) bool {
	stem := stemOf(strings.ToLower(word))
	for _, one := range s {
		if one == stem {
			return true
		}
	}
	return false
}

// mark cuts a text into pieces. Joined again, they are the text.
func (s stems) mark(text string) []piece {
	if len(s) == 0 {
		return []piece{{Text: text}}
	}
	var pieces []piece
	plain := 0
	for at := 0; at < len(text); {
		length := strings.IndexFunc(text[at:], notInWord)
		if length < 0 {
			length = len(text) - at
		}
		if length > 0 && s.has(text[at:at+length]) {
			if at > plain {
				pieces = append(pieces, piece{Text: text[plain:at]})
			}
			pieces = append(pieces, piece{text[at : at+length], true})
			plain = at + length
		}
		at += length
		if at < len(text) {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
	}
	if plain < len(text) {
		pieces = append(pieces, piece{Text: text[plain:]})
	}
	return pieces
}

// excerpt gives as much of a text as fits, around the first word that was looked for.
func (s stems) excerpt(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	before := 0
	for _, piece := range s.mark(text) {
		if piece.Marked {
			break
		}
		before += len(piece.Text)
	}
	if before > len(text)-1 || before < limit*2/3 {
		return shorten(text, limit)
	}
	from := sentenceStart(text, before)
	if before-from > limit*2/3 {
		from = wordStart(text, before-limit/3)
	}
	return "… " + shorten(text[from:], limit)
}

func sentenceStart(text string, before int) int {
	if at := strings.LastIndex(text[:before], ". "); at >= 0 {
		return at + len(". ")
	}
	return 0
}

func wordStart(text string, at int) int {
	if blank := strings.IndexByte(text[at:], ' '); blank >= 0 {
		return at + blank + 1
	}
	return at
}
