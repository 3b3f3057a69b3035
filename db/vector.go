package db

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Limits of PostgreSQL's vectors.
const (
	maxPosition  = 1<<14 - 1 // later ones count as this
	maxPositions = 255       // of one lexeme
	maxVector    = 900 << 10 // bytes; PostgreSQL refuses a megabyte
	maxLexeme    = 1<<11 - 1 // bytes

	// Beside the position, by where a word stands.
	weightA = 3 << 14 // titles, identifiers, keywords
	weightB = 2 << 14 // people
	weightC = 1 << 14 // abstracts
)

// eachLexeme reads a vector in PostgreSQL's binary form: the number of lexemes; of each the text, ended
// by a NUL, the number of its positions, and the positions with their weights.
func eachLexeme(vector []byte, do func(lexeme []byte, position uint16)) error {
	malformed := errors.New("a vector that cannot be read")
	if len(vector) < 4 {
		return malformed
	}
	count := binary.BigEndian.Uint32(vector)
	rest := vector[4:]
	for range count {
		end := bytes.IndexByte(rest, 0)
		if end < 0 || len(rest) < end+3 {
			return malformed
		}
		lexeme := rest[:end]
		positions := int(binary.BigEndian.Uint16(rest[end+1:]))
		rest = rest[end+3:]
		if len(rest) < 2*positions {
			return malformed
		}
		for i := range positions {
			do(lexeme, binary.BigEndian.Uint16(rest[2*i:])&maxPosition)
		}
		rest = rest[2*positions:]
	}
	return nil
}

// startOf gives the first eight bytes of a lexeme as a number that sorts as they do.
func startOf(lexeme []byte) uint64 {
	var first [8]byte
	copy(first[:], lexeme)
	return binary.BigEndian.Uint64(first[:])
}

// split are the words of the texts of a document.
type split struct {
	titles, heads, people, abstracts, rest []*word
	apart                                  []*word // of titles, as they are looked for: see namesOf
	tags                                   []string
}

// split gives the words of the texts of a document. What they mean is known after the next learn.
func (l *lexicon) splitAll(t indexing.Texts, tags []string) split {
	s := split{
		titles: l.split(t.Titles), heads: l.split(t.Heads), people: l.split(t.People),
		abstracts: l.split(t.Abstracts), rest: l.split(t.Rest), tags: tags,
	}
	s.apart = s.titles
	if named := namesOf(t.Titles); len(named) > 0 {
		s.apart = l.split(named)
	}
	return s
}

// vector makes the vector of a document, in PostgreSQL's binary form (see eachLexeme): the words of its texts,
// with a weight by where they stand, then those of titles once more with their tag, and the tags. A position stays free after each
// text, so that a phrase is not found across two of them.
func (l *lexicon) vector(s split) []byte {
	l.found = l.found[:0]
	position := l.place(s.titles, 0, weightA)
	position = l.place(s.heads, position, weightA)
	position = l.place(s.people, position, weightB)
	position = l.place(s.abstracts, position, weightC)
	l.place(s.rest, position, 0)
	from := len(l.found)
	l.place(s.apart, 0, weightA)
	for i, o := range l.found[from:] {
		l.found[from+i] = l.occurrence(l.inTitle(o.lexeme), o.position, o.weight)
	}
	for _, tag := range s.tags {
		l.found = append(l.found, l.occurrence(l.number(tag), 1, 0))
	}
	slices.SortFunc(l.found, l.compare)
	return l.encode()
}

func (l *lexicon) occurrence(lexeme uint32, position, weight uint16) occurrence {
	return occurrence{start: startOf([]byte(l.lexemes[lexeme])), lexeme: lexeme, position: position, weight: weight}
}

// place adds the lexemes of words, of which the first follows a position, and gives the position that
// they end at.
func (l *lexicon) place(words []*word, position int, weight uint16) int {
	before := len(l.found)
	for _, w := range words {
		if w == endOfText {
			if len(l.found) > before {
				position++
			}
			before = len(l.found)
			continue
		}
		for _, o := range w.lexemes {
			o.position = uint16(min(position+int(o.position), maxPosition)) //nolint:gosec // 14 bits
			o.weight = weight
			l.found = append(l.found, o)
		}
		position += int(w.width)
	}
	return position
}

func (l *lexicon) compare(a, b occurrence) int {
	switch {
	case a.start != b.start:
		return cmp.Compare(a.start, b.start)
	case a.lexeme != b.lexeme:
		return strings.Compare(l.lexemes[a.lexeme], l.lexemes[b.lexeme])
	}
	return cmp.Compare(a.position, b.position)
}

// encode writes what was found, sorted, each lexeme once, apart from those that are too long. Of a text that is too long for
// a vector, the lexemes that sort last are left out.
func (l *lexicon) encode() []byte {
	out := make([]byte, 4, 4+12*len(l.found))
	count := uint32(0)
	for rest := l.found; len(rest) > 0 && len(out) < maxVector; {
		same := 1
		for same < len(rest) && rest[same].lexeme == rest[0].lexeme {
			same++
		}
		if lexeme := l.lexemes[rest[0].lexeme]; len(lexeme) <= maxLexeme {
			out = append(append(out, lexeme...), 0)
			out = appendPositions(out, rest[:same])
			count++
		}
		rest = rest[same:]
	}
	binary.BigEndian.PutUint32(out, count)
	return out
}

func appendPositions(out []byte, found []occurrence) []byte {
	at := len(out)
	out = append(out, 0, 0)
	count, last := uint16(0), uint16(0)
	for _, f := range found {
		if f.position == last || count == maxPositions {
			continue
		}
		out = binary.BigEndian.AppendUint16(out, f.position|f.weight)
		count, last = count+1, f.position
	}
	binary.BigEndian.PutUint16(out[at:], count)
	return out
}
