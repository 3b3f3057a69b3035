package search

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Rank sorts hits, pinned ones first in the order in which they are pinned.
func Rank(hits []Hit, r Request) {
	pinned := make(map[int64]int, len(r.Pinned))
	for i, document := range r.Pinned {
		pinned[document] = len(r.Pinned) - i
	}
	var scores map[int64]float64
	if r.Sort == ByRelevance || r.Sort == "" {
		scores = scoresOf(hits, r.Reading.Words())
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if p := cmp.Compare(pinned[b.Document], pinned[a.Document]); p != 0 {
			return p
		}
		switch r.Sort {
		case ByNewest:
			return cmp.Or(cmp.Compare(b.Latest, a.Latest), cmp.Compare(a.Document, b.Document))
		case ByOldest:
			return cmp.Or(oldest(a, b), cmp.Compare(a.Document, b.Document))
		case ByIdentifier:
			return cmp.Or(CompareIDs(a.ID.ID, b.ID.ID), cmp.Compare(a.Document, b.Document))
		}
		return cmp.Or(cmp.Compare(scores[b.Document], scores[a.Document]), cmp.Compare(b.Latest, a.Latest), cmp.Compare(a.Document, b.Document))
	})
}

// again is what every further document of the same title counts for: the versions of a document should not fill the page.
const again = 0.7

func scoresOf(hits []Hit, words []string) map[int64]float64 {
	scores := make(map[int64]float64, len(hits))
	best := make(map[string]int, len(hits)) // by title, the hit that counts in full
	for i := range hits {
		h := &hits[i]
		scores[h.Document] = score(h, words)
		first, seen := best[h.Title]
		switch {
		case !seen:
			best[h.Title] = i
		case before(scores, h, &hits[first]):
			best[h.Title] = i
			scores[hits[first].Document] *= again
		default:
			scores[h.Document] *= again
		}
	}
	return scores
}

func before(scores map[int64]float64, a, b *Hit) bool {
	return cmp.Or(cmp.Compare(scores[a.Document], scores[b.Document]), cmp.Compare(a.Latest, b.Latest), cmp.Compare(b.Document, a.Document)) > 0
}

// oldest sorts what has no date last.
func oldest(a, b Hit) int {
	if (a.Latest == "") != (b.Latest == "") {
		return cmp.Compare(b.Latest, a.Latest)
	}
	return cmp.Compare(a.Latest, b.Latest)
}

// score says how well a document answers words: first by where they stand in it, then by what it is.
func score(h *Hit, words []string) float64 {
	text := 0.2 + min(h.Weight, 1)
	if h.InTitle {
		text = 2 + titleScore(h.Title, words)
	}
	if h.Phrase {
		text += 0.5
	}
	return text * standing(h)
}

// titleScore says how much of a title is the words: all of it, its beginning, what it is the name or the abbreviation of.
func titleScore(title string, words []string) float64 {
	if len(words) == 0 {
		return 0
	}
	in := plainWords(title)
	score := phraseScore(in, words)
	// "The Transport Layer Security (TLS) Protocol Version 1.3" is of TLS 1.3, as the shorter title would be.
	short, named := shortened(title)
	if named && slices.Contains(words, short[0]) {
		score = max(score, phraseScore(short, words)) + 0.6
	}
	if name, _, ok := strings.Cut(title, ":"); ok && slices.Equal(plainWords(name), words) {
		score += 0.8
	}
	return score
}

func phraseScore(in, words []string) (score float64) {
	in = slices.DeleteFunc(slices.Clone(in), func(word string) bool {
		return (general[word] || isDigits(word)) && !slices.Contains(words, word)
	})
	if len(in) == 0 {
		return 0
	}
	score = float64(min(len(words), len(in))) / float64(len(in))
	at := indexOf(in, words)
	if at >= 0 && len(words) > 1 {
		score += 0.4
	}
	switch {
	case slices.Equal(in, words):
		score += 1.2
	case at == 0:
		score += 0.6
	}
	return score
}

// general are words that say little of what a document is about.
var general = wordSet(`a an the of for and in to on with using standard protocol version specification framework format
	revision edition first second third fourth fifth sixth draft amendment part ieee w3c nist information technology`)

func wordSet(text string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// shortened gives the words of a title that begins with what an abbreviation stands for, with the abbreviation in its place:
// "A Border Gateway Protocol 4 (BGP-4)". A title may be nothing else, and lack the abbreviation.
func shortened(title string) (words []string, ok bool) {
	if initials := Initials(title); initials != "" {
		return []string{initials}, true
	}
	before, rest, ok := strings.Cut(title, "(")
	if !ok {
		return nil, false
	}
	inside, after, ok := strings.Cut(rest, ")")
	abbreviation := plainWords(inside)
	if !ok || len(abbreviation) == 0 || !isDigits(strings.Join(abbreviation[1:], "")) {
		return nil, false
	}
	long := slices.DeleteFunc(plainWords(before), func(word string) bool { return general[word] && word != "protocol" })
	if len(long) < 2 || len(long) > len(abbreviation[0])+2 || !strings.Contains(long[0][:min(2, len(long[0]))], abbreviation[0][:1]) {
		return nil, false
	}
	return append(abbreviation, plainWords(after)...), true
}

// Initials gives those of a title of two to six words that names a protocol, a format or the like, which people know by them: UDP is
// the "User Datagram Protocol". It is empty for all other titles.
func Initials(title string) string {
	in := strings.Fields(title)
	if len(in) < 2 || len(in) > 6 || !nameable[strings.ToLower(in[len(in)-1])] {
		return ""
	}
	var b strings.Builder
	for _, word := range in {
		first := word[0]
		if first < 'A' || first > 'Z' || strings.Trim(word[1:], lowerLetters) != "" {
			return ""
		}
		b.WriteByte(first + 'a' - 'A')
	}
	return b.String()
}

const lowerLetters = "abcdefghijklmnopqrstuvwxyz"

var nameable = wordSet("protocol format language system framework standard service function code")

// indexOf gives the position at which words follow one another in others; -1: nowhere.
func indexOf(in, words []string) int {
	for at := 0; at+len(words) <= len(in); at++ {
		if slices.Equal(in[at:at+len(words)], words) {
			return at
		}
	}
	return -1
}

// standing says how likely a document is wanted, whatever the words: an RFC rather than a registry or a draft, what
// is current rather than obsoleted, what many others name rather than what none does.
func standing(h *Hit) float64 {
	factor := 1.0
	switch h.Kind {
	case KindRFC:
		factor = 1.4
	case KindSubseries:
		factor = 1.3
	case KindRedline:
		factor = 0.5
	case KindRegistry:
		factor = 0.8
	case "technicalReport", "TS":
		factor = 1.2
	}
	switch h.Status {
	case StatusObsoleted:
		factor *= 0.55
	case StatusDraft:
		factor *= 0.5
	case StatusWithdrawn:
		factor *= 0.4
	}
	factor *= 1 + 0.12*math.Log2(1+float64(h.Cited))
	if h.Year > 1970 {
		factor *= 1 + float64(min(h.Year-1970, 60))/400
	}
	return factor
}

// CompareIDs compares identifiers as people sort them: numbers in them by their value.
func CompareIDs(a, b string) int {
	a, b = docid.Normalize(a), docid.Normalize(b)
	for a != "" && b != "" {
		x, y := leading(a), leading(b)
		if isDigits(x) && isDigits(y) {
			m, n := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if c := cmp.Or(cmp.Compare(len(m), len(n)), cmp.Compare(m, n)); c != 0 {
				return c
			}
		} else if c := cmp.Compare(x, y); c != 0 {
			return c
		}
		a, b = a[len(x):], b[len(y):]
	}
	return cmp.Compare(a, b)
}

// leading gives the digits that a text begins with, or what comes before its first digit.
func leading(text string) string {
	digits := isDigits(text[:1])
	for i := range len(text) {
		if isDigits(text[i:i+1]) != digits {
			return text[:i]
		}
	}
	return text
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }
