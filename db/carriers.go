package db

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/search"
)

const (
	carrierColumns = `i.document_id, i.id, i.type, i.is_primary, i.scope, doc.primary_id, doc.primary_type, doc.kind, ` + statusNow + `,
		coalesce(doc.latest_date::text, '')`
	carrierTables = `JOIN documents AS doc ON doc.id = i.document_id LEFT JOIN standing AS s ON s.document_id = doc.id`
	// maxBeginning bounds the documents that the beginning of an identifier finds.
	maxBeginning = 400
)

func carrierFields(c *search.Carrier) []any {
	return []any{
		&c.Document, &c.Found.ID, &c.Found.Type, &c.Found.Primary, &c.Found.Scope, &c.Primary.ID, &c.Primary.Type, &c.Kind, &c.Status, &c.Latest,
	}
}

// Carriers implements catalog.Store.
func (d *DB) Carriers(ctx context.Context, ids []string, isbn string) ([]search.Carrier, error) {
	norms := make([]string, 0, len(ids))
	for _, id := range ids {
		if storable(id) {
			norms = append(norms, docid.Normalize(id))
		}
	}
	query := bun.SafeQuery("SELECT * FROM docids WHERE norm = ANY (?)", pgdialect.Array(norms))
	if isbn != "" && storable(isbn) {
		query = bun.SafeQuery("? UNION ALL SELECT * FROM docids WHERE type = 'ISBN' AND replace(norm, '.', '') = ANY (?)",
			query, pgdialect.Array(isbnForms(isbn)))
	}
	rows, err := d.web.QueryContext(ctx, `SELECT `+carrierColumns+` FROM (?) AS i `+carrierTables+` LIMIT ?`, query, maxCandidates)
	return collect(rows, err, "look up identifiers", carrierFields)
}

// isbnForms gives an ISBN with 13 digits, and with the nine of them that the one with ten shares.
func isbnForms(isbn string) []string {
	forms := []string{isbn}
	if nine, ok := strings.CutPrefix(isbn, "978"); ok && len(nine) == 10 {
		for _, check := range "0123456789x" {
			forms = append(forms, nine[:9]+string(check))
		}
	}
	return forms
}

// Beginning implements catalog.Store.
func (d *DB) Beginning(ctx context.Context, id string) ([]search.Carrier, error) {
	norm := docid.Normalize(id)
	if !storable(id) || strings.Trim(norm, ".") == "" {
		return nil, nil
	}
	rows, err := d.web.QueryContext(ctx, `
		SELECT `+carrierColumns+` FROM (SELECT * FROM docids WHERE norm LIKE ? AND is_primary AND scope = '' ORDER BY norm LIMIT ?) AS i `+carrierTables,
		norm+"%", maxBeginning)
	return collect(rows, err, "look up "+id, carrierFields)
}

// Nearest implements catalog.Store. A tilde sorts after everything in a normalised identifier; the LIMITs have PostgreSQL
// look each beginning up.
func (d *DB) Nearest(ctx context.Context, id string) ([]search.Carrier, error) {
	const beginsSo = `norm >= beginning AND norm < beginning || '~' AND is_primary AND scope = ''`
	norm := docid.Normalize(id)
	rows, err := d.searches.QueryContext(ctx, `
		SELECT `+carrierColumns+` FROM (
			SELECT found.* FROM (
				SELECT beginning FROM generate_series(greatest(3, ?::int), ?::int) AS length
					CROSS JOIN LATERAL (SELECT left(?, length) COLLATE "C" AS beginning) AS cut
					CROSS JOIN LATERAL (SELECT 1 FROM docids WHERE `+beginsSo+` LIMIT 1) AS one
				ORDER BY length DESC LIMIT 1) AS nearest
			CROSS JOIN LATERAL (SELECT * FROM docids WHERE `+beginsSo+` ORDER BY norm LIMIT ?) AS found) AS i `+carrierTables,
		len(norm)/2, len(norm)-1, norm, maxBeginning)
	return collectAsked(rows, err, "look up what is like "+id, carrierFields)
}

// Spellings implements catalog.Store: it finds what one mistake makes of a word, and what has most of its parts.
func (d *DB) Spellings(ctx context.Context, words []string) ([]search.Spelling, error) {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return !storable(w) || len(w) > 40 })
	if len(words) == 0 {
		return nil, nil
	}
	queries := make([]any, 0, len(words))
	for _, word := range words {
		queries = append(queries, bun.SafeQuery(`
			SELECT ?::text AS written, word, documents FROM (
				(SELECT word, documents FROM vocabulary WHERE word = ANY (?))
				UNION (SELECT word, documents FROM vocabulary WHERE word % ? ORDER BY similarity(word, ?) DESC, documents DESC LIMIT 30)) AS near`,
			word, pgdialect.Array(append(search.Misspelt(word), word)), word, word))
	}
	rows, err := d.searches.QueryContext(ctx, strings.TrimSuffix(strings.Repeat("(?) UNION ALL ", len(words)), " UNION ALL "), queries...)
	return collectAsked(rows, err, "look for spellings", spellingFields)
}

// Completions implements catalog.Store.
func (d *DB) Completions(ctx context.Context, beginning string, limit int) ([]search.Spelling, error) {
	if !storable(beginning) || beginning == "" {
		return nil, nil
	}
	rows, err := d.searches.QueryContext(ctx, `
		SELECT ?::text, word, documents FROM vocabulary WHERE starts_with(word, ?) AND word LIKE ? ORDER BY documents DESC LIMIT ?`,
		beginning, beginning, likeBeginning(beginning), limit)
	return collectAsked(rows, err, "complete "+beginning, spellingFields)
}

func spellingFields(s *search.Spelling) []any { return []any{&s.Written, &s.Word, &s.Documents} }

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// likeBeginning is a pattern of LIKE for texts that begin so.
func likeBeginning(text string) string { return likeEscapes.Replace(text) + "%" }
