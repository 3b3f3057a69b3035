package db

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

// Limits of PostgreSQL's vectors.
const (
	maxPosition  = 1<<14 - 1 // later ones count as this
	maxPositions = 255       // of one lexeme
	maxVector    = 900 << 10 // bytes; PostgreSQL refuses a megabyte

	weightA = 3 << 14 // beside the position, of what stands in the head of a document
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

// vector makes the vector of the words of texts, in PostgreSQL's binary form (see eachLexeme). Those of
// the head come first, and have weight A. A position stays free after each text, so that a phrase is
// not found across two of them.
func (l *lexicon) vector(head, body []*word) []byte {
	l.found = l.found[:0]
	position := l.place(head, 0, weightA)
	l.place(body, position, 0)
	slices.SortFunc(l.found, l.compare)
	return l.encode()
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

// encode writes what was found, sorted, each lexeme once. Of a text that is too long for a vector, the
// lexemes that sort last are left out.
func (l *lexicon) encode() []byte {
	out := make([]byte, 4, 4+12*len(l.found))
	count := uint32(0)
	for rest := l.found; len(rest) > 0 && len(out) < maxVector; count++ {
		same := 1
		for same < len(rest) && rest[same].lexeme == rest[0].lexeme {
			same++
		}
		out = append(out, l.lexemes[rest[0].lexeme]...)
		out = append(out, 0)
		out = appendPositions(out, rest[:same])
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
