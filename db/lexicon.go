package db

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// textConfig is how PostgreSQL splits texts into words and finds their stems.
	textConfig = "english"
	// sentinel follows each word that PostgreSQL is asked about: its position tells how many the word
	// took. It must be a lexeme of its own, and occur in no text.
	sentinel = "qqzsentinelzqq"
	// maxWords bounds the words that are remembered, to some 100 MB.
	maxWords = 1 << 20
)

// lexicon remembers what PostgreSQL makes of each word, and makes vectors of texts by it. Splitting and
// stemming took to_tsvector 90 µs for each document, more than all the rest of storing it; but of the
// seven million words in the real sources 264 000 are different, and what stands between blanks is
// split the same way wherever it stands. The vectors are exactly those of to_tsvector(textConfig, JSON
// array of the texts, each with a blank before it), as checked on all real sources.
type lexicon struct {
	words   map[string]*word
	unknown []string // those of words that PostgreSQL has not been asked about
}

// word is what stands between two blanks.
type word struct {
	lexemes []lexeme
	width   int // how many positions it takes, stop words counted
}

type lexeme struct {
	text     string
	position int // in the word, from 1
}

func newLexicon() *lexicon { return &lexicon{words: make(map[string]*word)} }

// endOfText stands after the words of each text.
var endOfText *word

// split gives the words of texts. What they mean is known after the next learn.
func (l *lexicon) split(texts []string) []*word {
	words := make([]*word, 0, 8*len(texts))
	for _, text := range texts {
		for piece := range pieces(text) {
			w := l.words[piece]
			if w == nil {
				w = new(word)
				l.words[piece] = w
				l.unknown = append(l.unknown, piece)
			}
			words = append(words, w)
		}
		words = append(words, endOfText)
	}
	return words
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
		w, err := readWord(vector)
		*l.words[l.unknown[i]] = w
		i++
		return err
	})
	l.unknown = l.unknown[:0]
	if len(l.words) > maxWords {
		clear(l.words) // whoever has split a text keeps the words of it
	}
	return err
}

// pieces gives the parts of a text that PostgreSQL's parser splits independently of one another:
// nothing that it takes for a token goes beyond a blank, apart from a tag with attributes. A text with
// one is a piece as a whole.
func pieces(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		if strings.IndexByte(text, '<') >= 0 {
			plain := withoutTags(text)
			if strings.IndexByte(plain, '<') >= 0 {
				yield(text)
				return
			}
			text = plain
		}
		start := -1
		for i := 0; i < len(text); i++ {
			switch blank := text[i] == ' ' || text[i] >= '\t' && text[i] <= '\r'; {
			case blank && start >= 0:
				if !yield(text[start:i]) {
					return
				}
				start = -1
			case !blank && start < 0:
				start = i
			}
		}
		if start >= 0 {
			yield(text[start:])
		}
	}
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

// readWord reads a vector in PostgreSQL's binary form: the number of lexemes; of each the text, ended by
// a NUL, the number of its positions, and the positions.
func readWord(vector []byte) (word, error) {
	var w word
	malformed := errors.New("a vector that cannot be read")
	if len(vector) < 4 {
		return w, malformed
	}
	count := binary.BigEndian.Uint32(vector)
	rest := vector[4:]
	for range count {
		end := slices.Index(rest, 0)
		if end < 0 || len(rest) < end+3 {
			return w, malformed
		}
		text := string(rest[:end])
		positions := int(binary.BigEndian.Uint16(rest[end+1:]))
		rest = rest[end+3:]
		if len(rest) < 2*positions {
			return w, malformed
		}
		for i := range positions {
			position := int(binary.BigEndian.Uint16(rest[2*i:]) & maxPosition)
			if text == sentinel {
				w.width = position - 1
			} else {
				w.lexemes = append(w.lexemes, lexeme{text, position})
			}
		}
		rest = rest[2*positions:]
	}
	return w, nil
}
