package db

import (
	"context"

	"github.com/maypok86/otter/v2"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// maxStems bounds the bytes of the phrases that are remembered.
const maxStems = 4 << 20

// newStems remembers what PostgreSQL reads in phrases. It is the same in every state of the index, and one answer of the
// search box needs it several times: for finding, for sampling, and for each facet that something is chosen of.
func newStems() *otter.Cache[string, *string] {
	return otter.Must(&otter.Options[string, *string]{
		MaximumWeight: maxStems,
		Weigher:       func(text string, stem *string) uint32 { return uint32(len(text) + len(*stem)) }, //nolint:gosec // addresses are short
	})
}

// stem gives the phrases of texts as PostgreSQL reads them, as texts of type tsquery.
func (d *DB) stem(ctx context.Context, texts []string) ([]string, error) {
	known := map[string]string{"": ""}
	var unknown []string
	for _, text := range texts {
		if _, ok := known[text]; ok {
			continue
		}
		if stem, ok := d.stems.GetIfPresent(text); ok {
			known[text] = *stem
			continue
		}
		known[text] = ""
		unknown = append(unknown, text)
	}
	if len(unknown) > 0 {
		rows, err := d.searches.QueryContext(ctx, `
			SELECT phraseto_tsquery(?, text)::text FROM unnest(?::text[]) WITH ORDINALITY AS t (text, n) ORDER BY n`,
			textConfig, pgdialect.Array(unknown))
		stems, err := collect(rows, err, "read a query", func(s *string) []any { return []any{s} })
		if err != nil {
			return nil, err
		}
		for i, stem := range stems {
			known[unknown[i]] = stem
			d.stems.Set(unknown[i], &stem)
		}
	}
	stemmed := make([]string, len(texts))
	for i, text := range texts {
		stemmed[i] = known[text]
	}
	return stemmed, nil
}
