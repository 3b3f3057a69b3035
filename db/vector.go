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
	start    uint64 // the first bytes of the lexeme, which nearly always tell two of them apart
	lexeme   string
	position int
}

func (o occurrence) compare(other occurrence) int {
	if o.start != other.start {
		return cmp.Compare(o.start, other.start)
	}
	if o.lexeme != other.lexeme {
		return strings.Compare(o.lexeme, other.lexeme)
	}
	return cmp.Compare(o.position, other.position)
}

// startOf gives the first eight bytes as a number that sorts as they do.
func startOf(text string) uint64 {
	var first [8]byte
	copy(first[:], text)
	return binary.BigEndian.Uint64(first[:])
}

// vector makes the vector of the words of texts, in PostgreSQL's binary form (see readWord). A position
// stays free after each text, so that a phrase is not found across two of them.
func vector(words []*word) []byte {
	found := make([]occurrence, 0, 2*len(words))
	position, before := 0, 0
	for _, w := range words {
		if w == endOfText {
			if len(found) > before {
				position++
			}
			before = len(found)
			continue
		}
		for _, x := range w.lexemes {
			found = append(found, occurrence{startOf(x.text), x.text, min(position+x.position, maxPosition)})
		}
		position += w.width
	}
	slices.SortFunc(found, occurrence.compare)
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
