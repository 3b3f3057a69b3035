package db

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/catalog"
)

// People implements catalog.Store.
func (d *DB) People(ctx context.Context, words []string, limit int) ([]catalog.Suggestion, error) {
	if len(words) == 0 || !storable(strings.Join(words, " ")) {
		return nil, nil
	}
	query := bun.SafeQuery("SELECT name, documents FROM people WHERE true")
	for _, word := range words {
		query = bun.SafeQuery("? AND words LIKE ?", query, "% "+likeBeginning(word))
	}
	rows, err := d.searches.QueryContext(ctx, "? ORDER BY documents DESC, name LIMIT ?", query, limit)
	return collectAsked(rows, err, "look for people", func(s *catalog.Suggestion) []any {
		s.Kind = catalog.SuggestedPerson
		return []any{&s.Text, &s.Count}
	})
}
