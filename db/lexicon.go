package db

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// textConfig is how PostgreSQL splits texts into words and finds their stems.
	textConfig = "english"
	// sentinel follows each word that PostgreSQL is asked about: its position tells how many the word
	// took. It must be a lexeme of its own, and occur in no text.
	sentinel = "qqzsentinelzqq"
	// maxWords bounds the words that are remembered, to some 50 MB: a source of 92 000 records has half a million, most
	// of them parts of identifiers that never come again. Asking about the others once more costs a tenth of a second.
	maxWords = 1 << 17
	// maxBytes bounds them where they are longer than words are.
	maxBytes = 64 << 20
	// maxPiece bounds what PostgreSQL is asked about as one, in bytes: it refuses what has a megabyte of words.
	maxPiece = 128 << 10
	// maxText bounds the texts that are remembered as a whole, in bytes: every other text is one that many records have,
	// the name of an organisation, say, or the role of an author.
	maxText = 40
)

// lexicon remembers what PostgreSQL makes of each word, and makes vectors of texts by it. Splitting and
// stemming took to_tsvector 90 µs for each document, more than all the rest of storing it; but of the
// seven million words in the real sources 264 000 are different, and what stands between blanks is
// split the same way wherever it stands. The vectors are exactly those of to_tsvector(textConfig, JSON
// array of the texts, each with a blank before it), as checked on all real sources.
type lexicon struct {
	words   map[string]*word
	texts   map[string][]*word // short ones, the end of a text included
	unknown []string           // those of words that PostgreSQL has not been asked about
	bytes   int                // of the words
	lexemes []string           // each once, by number
	titled  []uint32           // by number, that of the same lexeme in a title; 0: it was in none yet
	numbers map[string]uint32
	found   []occurrence // room for the vector being made
}

// word is what stands between two blanks.
type word struct {
	lexemes []occurrence
	width   uint16 // how many positions it takes, stop words counted
}

// occurrence is a lexeme at a position, from 1. It holds no pointer, since sorting them is much of the
// work of making a vector.
type occurrence struct {
	start    uint64 // the first bytes of the lexeme, which nearly always tell two of them apart
	lexeme   uint32 // its number in the lexicon
	position uint16
	weight   uint16
}

func newLexicon() *lexicon {
	l := &lexicon{words: make(map[string]*word), texts: make(map[string][]*word), numbers: make(map[string]uint32)}
	l.number(sentinel) // takes the number 0
	return l
}

// number gives the number of a lexeme.
func (l *lexicon) number(text string) uint32 {
	number, known := l.numbers[text]
	if !known {
		number = uint32(len(l.lexemes)) //nolint:gosec // a few hundred thousand
		text = strings.Clone(text)
		l.lexemes = append(l.lexemes, text)
		l.titled = append(l.titled, 0)
		l.numbers[text] = number
	}
	return number
}

// inTitle gives the number that a lexeme has in titles.
func (l *lexicon) inTitle(number uint32) uint32 {
	if l.titled[number] == 0 {
		l.titled[number] = l.number(titleTag + l.lexemes[number])
	}
	return l.titled[number]
}

// endOfText stands after the words of each text.
var endOfText *word

// split gives the words of texts. What they mean is known after the next learn.
func (l *lexicon) split(texts []string) []*word {
	words := make([]*word, 0, 8*len(texts))
	for _, text := range texts {
		known, met := l.texts[text]
		if met {
			words = append(words, known...)
			continue
		}
		from := len(words)
		for piece := range pieces(text) {
			w := l.words[piece]
			if w == nil {
				w = l.meet(piece)
			}
			words = append(words, w)
		}
		words = append(words, endOfText)
		if len(text) <= maxText {
			l.texts[strings.Clone(text)] = slices.Clone(words[from:])
		}
	}
	return words
}

// meet gives the word for a piece that was not met before.
func (l *lexicon) meet(piece string) *word {
	piece = strings.Clone(piece) // or all of its record would be kept
	l.bytes += len(piece)
	plain := plainWord(piece)
	w := l.words[plain]
	if w == nil {
		w = new(word)
		l.words[plain] = w
		l.unknown = append(l.unknown, plain)
	}
	l.words[piece] = w
	return w
}

// plainWord gives the one word or number that PostgreSQL makes of a piece, in lower case, where no more than the usual
// punctuation stands around it; else the piece as it is. A quarter of all pieces are such spellings of another one.
func plainWord(piece string) string {
	core := strings.TrimRight(strings.TrimLeft(piece, `("'[`), `,.;:)"'!?]`)
	letters, digits := 0, 0
	for i := range len(core) {
		switch c := core[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		case '0' <= c && c <= '9':
			digits++
		}
	}
	if core == "" || letters < len(core) && digits < len(core) || strings.Contains(piece, "..") { // which is a token
		return piece
	}
	return strings.ToLower(core)
}

// learn asks PostgreSQL about the words that are not known yet.
func (l *lexicon) learn(ctx context.Context, pool *pgxpool.Pool) error {
	if len(l.unknown) == 0 {
		return nil
	}
	rows, err := pool.Query(ctx, `
		SELECT to_tsvector('`+textConfig+`', ' ' || word || ' `+sentinel+`')
		FROM unnest($1::text[]) WITH ORDINALITY AS unknown (word, n) ORDER BY n`, l.unknown)
	if err != nil {
		return err
	}
	i := 0
	var vector []byte
	_, err = pgx.ForEachRow(rows, []any{&vector}, func() error {
		w := l.words[l.unknown[i]]
		i++
		return eachLexeme(vector, func(lexeme []byte, position uint16) {
			if string(lexeme) == sentinel {
				w.width = position - 1
				return
			}
			if !utf8.Valid(lexeme) { // of what gets longer in lower case PostgreSQL has cut it, within a character
				return
			}
			w.lexemes = append(w.lexemes, occurrence{
				start: startOf(lexeme), lexeme: l.number(string(lexeme)), position: position,
			})
		})
	})
	l.unknown = l.unknown[:0]
	return err
}

// forget makes room when too much is remembered.
func (l *lexicon) forget() {
	if len(l.words) > maxWords || len(l.texts) > maxWords || l.bytes > maxBytes {
		*l = *newLexicon()
	}
}

// pieces gives the parts of a text that PostgreSQL's parser splits independently of one another:
// nothing that it takes for a token goes beyond a blank, apart from a tag with attributes. A text with
// one is a piece as a whole, unless it is too long for that. What is too long without a blank is cut off.
func pieces(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if strings.IndexByte(text, '<') >= 0 {
			plain := withoutTags(text)
			if strings.IndexByte(plain, '<') >= 0 && len(text) <= maxPiece {
				yield(text)
				return
			}
			text = plain
		}
		start := -1
		for i := range len(text) {
			switch blank := text[i] == ' ' || text[i] >= '\t' && text[i] <= '\r'; {
			case blank && start >= 0:
				if !yield(cut(text[start:i])) {
					return
				}
				start = -1
			case !blank && start < 0:
				start = i
			}
		}
		if start >= 0 {
			yield(cut(text[start:]))
		}
	}
}

func cut(piece string) string {
	if len(piece) <= maxPiece {
		return piece
	}
	return strings.ToValidUTF8(piece[:maxPiece], "")
}

// withoutTags replaces simple tags such as <p> and </p> by blanks: they are no words, and end the one
// before them.
func withoutTags(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, ">")
		if closed && isTagName(strings.TrimPrefix(name, "/")) {
			b.WriteByte(' ')
			text = after
			continue
		}
		b.WriteByte('<')
		text = rest
	}
}

func isTagName(name string) bool {
	for i := range len(name) {
		if c := name[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return name != ""
}
