package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Spelling is a word that documents have, found for one that was written.
type Spelling struct {
	Written   string // in lower case
	Word      string // in lower case
	Documents int    // that have it
}

// MendableWords gives the words of a text that may be misspelt: no numbers, and no parts of identifiers.
func (r Reading) MendableWords() []string {
	var words []string
	for _, term := range r.Terms {
		for _, word := range plainWords(term.Text) {
			if utf8.RuneCountInString(word) >= 3 && !strings.ContainsAny(word, "0123456789") && !slices.Contains(words, word) && !term.Not {
				words = append(words, word)
			}
		}
	}
	return words
}

// farMore is how many times as frequent a word has to be to stand for another that documents have, too.
const farMore = 30

// Mend gives a text with the words in it that are misspelt replaced, given what is written like them; empty when
// nothing is to be mended.
func Mend(text string, spellings []Spelling) string {
	mended := clean(text)
	before := mended
	for _, written := range writtenWords(spellings) {
		if better := bestSpelling(written, spellings); better != "" {
			mended = replaceWord(mended, written, better)
		}
	}
	if mended == before {
		return ""
	}
	return mended
}

func writtenWords(spellings []Spelling) []string {
	var words []string
	for _, s := range spellings {
		if !slices.Contains(words, s.Written) {
			words = append(words, s.Written)
		}
	}
	return words
}

// bestSpelling gives the word that was probably meant; empty when that is the one that was written.
func bestSpelling(written string, spellings []Spelling) string {
	known := 0
	for _, s := range spellings {
		if s.Written == written && s.Word == written {
			known = s.Documents
		}
	}
	best, bestScore := "", 0.0
	for _, s := range spellings {
		if s.Written != written || s.Word == written {
			continue
		}
		distance := Distance(written, s.Word)
		if distance > mostMistakes(written) || known > 0 && s.Documents < farMore*known {
			continue
		}
		score := float64(s.Documents)
		for range distance - 1 {
			score /= 50 // one mistake is that much likelier than two
		}
		if s.Word[0] != written[0] {
			score /= 10 // people know how a word begins
		}
		if score > bestScore {
			best, bestScore = s.Word, score
		}
	}
	return best
}

func mostMistakes(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n <= 4:
		return 1
	case n <= 9:
		return 2
	}
	return 3
}

// replaceWord replaces a word in lower case, wherever it stands and whatever its case there.
func replaceWord(text, word, by string) string {
	var b strings.Builder
	for rest := text; ; {
		at := indexWord(rest, word)
		if at < 0 {
			b.WriteString(rest)
			return b.String()
		}
		b.WriteString(rest[:at] + by)
		rest = rest[at+len(word):]
	}
}

// indexWord finds a word that is no part of another one.
func indexWord(text, word string) int {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return -1 // letters that have another length in lower case; such a word is left alone
	}
	for from := 0; ; {
		at := strings.Index(lower[from:], word)
		if at < 0 {
			return -1
		}
		at += from
		end := at + len(word)
		if (at == 0 || !isLetter(lower[at-1])) && (end == len(lower) || !isLetter(lower[end])) {
			return at
		}
		from = at + 1
	}
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80 }

// Distance counts the mistakes between two words: letters that were left out, added, replaced, or exchanged with
// their neighbours.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	before, last, now := rows[2], rows[0], rows[1]
	for i := range x {
		now[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			now[j+1] = min(last[j+1]+1, now[j]+1, last[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}

// Misspelt gives the words that one mistake makes of a word: how it may have been meant, when it is too short for its
// parts to tell.
func Misspelt(word string) []string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	var all []string
	for i := 0; i <= len(word); i++ {
		head, tail := word[:i], word[i:]
		for _, c := range letters {
			all = append(all, head+string(c)+tail)
			if tail != "" {
				all = append(all, head+string(c)+tail[1:])
			}
		}
		if tail != "" {
			all = append(all, head+tail[1:])
		}
		if len(tail) > 1 {
			all = append(all, head+tail[1:2]+tail[:1]+tail[2:])
		}
	}
	return all
}
