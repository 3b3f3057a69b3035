package db

import "context"

// What the tests, which stand outside of the package because dbtest imports it, need of its inside.
var (
	Pieces   = pieces
	ReadWord = readWord
)

// TextConfig is the configuration of text search.
const TextConfig = textConfig

// Vector makes the vector of texts with a lexicon of its own.
func (d *DB) Vector(ctx context.Context, texts []string) ([]byte, error) {
	l := newLexicon()
	words := l.split(texts)
	err := l.learn(ctx, d.pool)
	return vector(words), err
}
