package db

import "context"

// What the tests, which stand outside of the package because dbtest imports it, need of its inside.
var (
	Pieces     = pieces
	EachLexeme = eachLexeme
	Serves     = serves
	ServedBy   = servedBy
)

// Niceness is that of sessions that yield.
const Niceness = niceness

// TextConfig is the configuration of text search.
const TextConfig = textConfig

// Vector makes the vector of texts with a lexicon of its own.
func (d *DB) Vector(ctx context.Context, head, body []string) ([]byte, error) {
	l := newLexicon()
	first, rest := l.split(head), l.split(body)
	err := l.learn(ctx, d.pool)
	return l.vector(first, rest), err
}
