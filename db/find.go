package db

import (
	"context"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/search"
)

// hitColumns are those that a search.Hit is made of, of what steps give. What other documents say of them is joined to those
// few that are taken: joined in each step, it would be read as a whole each time.
const hitColumns = `doc.id, doc.primary_id, doc.primary_type, doc.title, doc.kind, ` + statusNow + `, doc.groups, doc.datasets,
	coalesce(doc.year, 0), coalesce(doc.latest_date::text, ''), coalesce(s.cited, 0), doc.in_title, doc.phrase, doc.weight`

// statusNow is the status of a document when others are asked too.
const statusNow = `CASE WHEN s.obsoleted AND doc.status <> '` + search.StatusWithdrawn + `' THEN '` + search.StatusObsoleted + `' ELSE doc.status END`

// hitTables are documents with what others say of them.
const hitTables = `FROM documents AS doc LEFT JOIN standing AS s ON s.document_id = doc.id`

const (
	stepColumns = `doc.id, doc.primary_id, doc.primary_type, doc.title, doc.kind, doc.status, doc.groups, doc.datasets, doc.year, doc.latest_date`
	// Of few documents each is looked up; the LIMIT keeps PostgreSQL from reading all that is known of others instead, which
	// takes a millisecond for each 16 000.
	hitQuery = `SELECT ` + hitColumns + ` FROM (?) AS doc
		LEFT JOIN LATERAL (SELECT * FROM standing WHERE document_id = doc.id LIMIT 1) AS s ON true`
)

func hitFields(h *search.Hit) []any {
	return []any{
		&h.Document, &h.ID.ID, &h.ID.Type, &h.Title, &h.Kind, &h.Status, pgdialect.Array(&h.Groups), pgdialect.Array(&h.Datasets),
		&h.Year, &h.Latest, &h.Cited, &h.InTitle, &h.Phrase, &h.Weight,
	}
}

// Find implements catalog.Store. It takes documents step by step until there are enough: those that have the words in
// their titles before all others, and by their tiers; so what is left out is what was least likely wanted.
func (d *DB) Find(ctx context.Context, r search.Request) (hits []search.Hit, more bool, err error) {
	m, err := d.matcher(ctx, r)
	if err != nil {
		return nil, false, refusal("find", err)
	}
	steps := stepsOf(m, r)
	if len(steps) == 0 {
		return nil, false, nil
	}
	all := bun.SafeQuery("? LIMIT ?", oneAfterTheOther(steps), search.MostRanked+1+len(r.Pinned))
	rows, err := d.searches.QueryContext(ctx, hitQuery, all)
	hits, err = collectAsked(rows, err, "find", hitFields)
	if err != nil {
		return nil, false, err
	}
	hits = onceEach(hits)
	if more = len(hits) > search.MostRanked; more {
		hits = hits[:search.MostRanked]
	}
	return hits, more, nil
}

func oneAfterTheOther(steps []any) any {
	return bun.SafeQuery(strings.TrimSuffix(strings.Repeat("(?) UNION ALL ", len(steps)), " UNION ALL "), steps...)
}

// onceEach keeps the first hit of each document: what is pinned may be found by its words, too.
func onceEach(hits []search.Hit) []search.Hit {
	seen := make(map[int64]bool, len(hits))
	return slices.DeleteFunc(hits, func(h search.Hit) bool {
		again := seen[h.Document]
		seen[h.Document] = true
		return again
	})
}

// steps gives the queries that find documents, the likeliest first.
func stepsOf(m matcher, r search.Request) (steps []any) {
	if len(r.Pinned) > 0 {
		steps = append(steps, pinned(m, r))
	}
	if !asksAnything(m, r) {
		return steps
	}
	if r.Sort != search.ByRelevance && r.Sort != "" {
		return append(steps, bun.SafeQuery("SELECT * FROM (? ORDER BY "+sortOrder[r.Sort]+" LIMIT ?) AS sorted",
			step(m, r, anything, m.narrowed(either(m.title, m.all)), false), search.MostRanked+1))
	}
	tiers := []string{
		quoteLexeme(tierTag(search.Foremost)), quoteLexeme(tierTag(search.Published)),
		"!" + quoteLexeme(tierTag(search.Foremost)) + "&!" + quoteLexeme(tierTag(search.Published)),
	}
	if m.title != "" {
		for _, tier := range tiers {
			steps = append(steps, step(m, r, anything, m.narrowed(both("("+m.title+")", tier)), true))
		}
	}
	rest := ""
	if m.title != "" {
		rest = "!(" + m.title + ")"
	}
	for _, tier := range tiers {
		if m.all == "" || m.title != m.all {
			steps = append(steps, step(m, r, anything, m.narrowed(both(m.all, rest, tier)), false))
		}
	}
	return steps
}

func pinned(m matcher, r search.Request) any {
	return step(m, r, isPinned(r), m.filter, true)
}

func isPinned(r search.Request) any {
	return bun.SafeQuery("doc.id = ANY (?)", pgdialect.Array(r.Pinned))
}

// anything is the condition that all documents meet.
var anything = bun.SafeQuery("true")

// narrowed gives conditions by words and tags together with those by what was chosen.
func (m matcher) narrowed(conditions ...string) []string {
	return append(slices.DeleteFunc(conditions, func(c string) bool { return c == "" }), m.filter...)
}

// asksAnything says whether there is anything that documents could be found by, beside what is pinned.
func asksAnything(m matcher, r search.Request) bool {
	return m.title+m.all != "" || len(m.filter) > 0 || statusChosen(r)
}

func statusChosen(r search.Request) bool {
	return len(r.Chosen[search.FacetStatus])+len(r.Reading.Chosen[search.FacetStatus]) > 0
}

func either(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "((" + a + ")|(" + b + "))"
}

// sortOrder are the orders in which the first of very many are taken.
var sortOrder = map[search.Sort]string{
	search.ByNewest:     "doc.latest_date DESC NULLS LAST, doc.id",
	search.ByOldest:     "doc.latest_date, doc.id",
	search.ByIdentifier: "doc.primary_id, doc.id",
}

// weights of where a word stands, for what has not all words in its title: D, C, B, A.
const weights = "{0, 0.3, 0.5, 1}"

// step is a query for documents that meet a condition and whose vectors match all of some queries.
func step(m matcher, r search.Request, condition any, queries []string, inTitle bool) any {
	phrase, weight := bun.SafeQuery("false"), bun.SafeQuery("0::real")
	if m.phrase != "" {
		phrase = bun.SafeQuery("doc.words @@ ?::tsquery", m.phrase)
	}
	if !inTitle && m.all != "" {
		weight = bun.SafeQuery("ts_rank(?, doc.words, ?::tsquery)", weights, m.all)
	}
	return bun.SafeQuery("SELECT "+stepColumns+", ? AS in_title, ? AS phrase, ? AS weight FROM documents AS doc WHERE ?",
		inTitle && m.title != "", phrase, weight, where(r, condition, queries))
}

// where is the condition that documents meet a condition, match all of some queries and are of a chosen status.
func where(r search.Request, condition any, queries []string) any {
	for _, query := range queries {
		condition = bun.SafeQuery("? AND doc.words @@ ?::tsquery", condition, query)
	}
	for _, chosen := range [][]string{r.Chosen[search.FacetStatus], r.Reading.Chosen[search.FacetStatus]} {
		if len(chosen) > 0 {
			condition = bun.SafeQuery("? AND (SELECT "+statusNow+" FROM (SELECT doc.id) AS one LEFT JOIN standing AS s ON s.document_id = one.id) = ANY (?)",
				condition, pgdialect.Array(chosen))
		}
	}
	return condition
}
