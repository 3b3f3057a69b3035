package db

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// Limits of PostgreSQL's vectors.
const (
	maxPosition  = 1<<14 - 1 // later ones count as this
	maxPositions = 255       // of one lexeme
	maxVector    = 900 << 10 // bytes; PostgreSQL refuses a megabyte
)

// occurrence is a lexeme at a position of a document.
type occurrence struct {
	lexeme   string
	position int
}

// vector makes the vector of texts whose words are all known, in PostgreSQL's binary form (see readWord).
// A position stays free after each text, so that a phrase is not found across two of them.
func (l *lexicon) vector(texts []string) []byte {
	found := make([]occurrence, 0, 16*len(texts))
	position := 0
	for _, text := range texts {
		before := len(found)
		for piece := range pieces(text) {
			w := l.words[piece]
			for _, x := range w.lexemes {
				found = append(found, occurrence{x.text, min(position+x.position, maxPosition)})
			}
			position += w.width
		}
		if len(found) > before {
			position++
		}
	}
	slices.SortFunc(found, func(a, b occurrence) int {
		if a.lexeme == b.lexeme {
			return cmp.Compare(a.position, b.position)
		}
		return strings.Compare(a.lexeme, b.lexeme)
	})
	return encodeVector(found)
}

// encodeVector writes sorted occurrences, each lexeme once. Of a text that is too long for a vector,
// the lexemes that sort last are left out.
func encodeVector(found []occurrence) []byte {
	out := make([]byte, 4, 4+16*len(found))
	count := uint32(0)
	for i := 0; i < len(found) && len(out) < maxVector; {
		same := i + 1
		for same < len(found) && found[same].lexeme == found[i].lexeme {
			same++
		}
		out = append(out, found[i].lexeme...)
		out = append(out, 0)
		out = appendPositions(out, found[i:same])
		count++
		i = same
	}
	binary.BigEndian.PutUint32(out, count)
	return out
}

func appendPositions(out []byte, found []occurrence) []byte {
	at := len(out)
	out = append(out, 0, 0)
	count, last := 0, -1
	for _, f := range found {
		if f.position == last || count == maxPositions {
			continue
		}
		out = binary.BigEndian.AppendUint16(out, uint16(f.position)) //nolint:gosec // at most maxPosition
		count, last = count+1, f.position
	}
	binary.BigEndian.PutUint16(out[at:], uint16(count)) //nolint:gosec // at most maxPositions
	return out
}
