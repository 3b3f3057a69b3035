package browse

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// maxKey bounds a key, in bytes.
const maxKey = 1000

// words that the names of files begin with, and their documents' do not: "reference.ISO.8823.1989".
const filePrefix = "reference"

// Key gives what the names of records are sorted by, byte by byte: words and numbers count, what stands between
// them does not, nor do capitals. Numbers are in the order of their values: RFC 2 comes before RFC 10, REL-8/8.9.0 before
// REL-8/8.10.0. The names of a document and of its file have the same key.
func Key(name string) string {
	var key strings.Builder
	for i, part := range parts(name) {
		if i == 0 && part.text == filePrefix || key.Len()+len(part.text) > maxKey {
			continue
		}
		if key.Len() > 0 {
			key.WriteByte(' ') // before all that can be in a part: what is shorter comes first
		}
		key.WriteString(part.key())
	}
	return key.String()
}

// part is a word or a number in a name.
type part struct {
	text   string // in lower case; of a number without the zeros before it
	number bool
	start  int // where it is in the name
	end    int
}

// key of a number has its length first, so that longer ones come later; all of them come before words.
func (p part) key() string {
	switch {
	case !p.number:
		return p.text
	case len(p.text) < 10:
		return strconv.Itoa(len(p.text)) + p.text
	default:
		return fmt.Sprintf(":%02d", min(len(p.text), 99)) + p.text
	}
}

// parts takes a name apart. Between letters and digits it needs no separator: "RFC0020" has the parts of "RFC 20".
func parts(name string) []part {
	var all []part
	kind, start := other, 0
	add := func(end int) {
		if kind == other {
			return
		}
		text := strings.ToLower(name[start:end])
		if kind == digit {
			text = strings.TrimLeft(text, "0")
		}
		all = append(all, part{text, kind == digit, start, end})
	}
	for i, r := range name {
		if now := kindOf(r); now != kind {
			add(i)
			kind, start = now, i
		}
	}
	add(len(name))
	return all
}

type kind int

const (
	other kind = iota
	digit
	letter
)

func kindOf(r rune) kind {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter
	}
	return other
}
