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
	hitQuery    = `SELECT ` + hitColumns + ` FROM (?) AS doc LEFT JOIN standing AS s ON s.document_id = doc.id`
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
	return d.take(ctx, stepsOf(m, r), r)
}

// Matches implements catalog.Store.
func (d *DB) Matches(ctx context.Context, r search.Request) (hits []search.Hit, more bool, err error) {
	m, err := d.matcher(ctx, r)
	if err != nil {
		return nil, false, refusal("count", err)
	}
	var steps []any
	if len(r.Pinned) > 0 {
		steps = append(steps, pinned(matcher{filter: m.filter}, r))
	}
	if query := both(either(m.title, m.all), m.filter); query != "" || statusChosen(r) {
		steps = append(steps, step(matcher{}, r, bun.SafeQuery("true"), query, false))
	}
	return d.take(ctx, steps, r)
}

// take gives the documents of steps, one step after the other, until there are enough, and says whether there are more.
func (d *DB) take(ctx context.Context, steps []any, r search.Request) (hits []search.Hit, more bool, err error) {
	if len(steps) == 0 {
		return nil, false, nil
	}
	query := strings.TrimSuffix(strings.Repeat("(?) UNION ALL ", len(steps)), " UNION ALL ") + " LIMIT ?"
	all := bun.SafeQuery(query, append(steps, search.MostRanked+1+len(r.Pinned))...)
	rows, err := d.web.QueryContext(ctx, hitQuery, all)
	if err != nil {
		return nil, false, refusal("find", err)
	}
	hits, err = collect(rows, nil, "find", hitFields)
	if err != nil {
		return nil, false, refusal("find", err)
	}
	hits = onceEach(hits)
	if more = len(hits) > search.MostRanked; more {
		hits = hits[:search.MostRanked]
	}
	return hits, more, nil
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
	if r.Sort != search.ByRelevance && r.Sort != "" {
		query := both(either(m.title, m.all), m.filter)
		if query == "" && !statusChosen(r) {
			return steps
		}
		return append(steps, bun.SafeQuery("SELECT * FROM (? ORDER BY "+sortOrder[r.Sort]+" LIMIT ?) AS sorted",
			step(m, r, bun.SafeQuery("true"), query, false), search.MostRanked+1))
	}
	if m.all == "" && m.filter == "" && !statusChosen(r) {
		return steps
	}
	tiers := []string{
		quoteLexeme(tierTag(search.Foremost)), quoteLexeme(tierTag(search.Published)),
		"!" + quoteLexeme(tierTag(search.Foremost)) + "&!" + quoteLexeme(tierTag(search.Published)),
	}
	if m.title != "" {
		for _, tier := range tiers {
			steps = append(steps, step(m, r, bun.SafeQuery("true"), both("("+m.title+")", m.filter, tier), true))
		}
	}
	rest := ""
	if m.title != "" {
		rest = "!(" + m.title + ")"
	}
	for _, tier := range tiers {
		if m.all == "" || m.title != m.all {
			steps = append(steps, step(m, r, bun.SafeQuery("true"), both(m.all, rest, m.filter, tier), false))
		}
	}
	return steps
}

func pinned(m matcher, r search.Request) any {
	return step(m, r, bun.SafeQuery("doc.id = ANY (?)", pgdialect.Array(r.Pinned)), m.filter, true)
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

// step is a query for documents whose vectors match a query; an empty one matches all.
func step(m matcher, r search.Request, condition any, query string, inTitle bool) any {
	phrase, weight, where := bun.SafeQuery("false"), bun.SafeQuery("0::real"), bun.SafeQuery("true")
	if m.phrase != "" {
		phrase = bun.SafeQuery("doc.words @@ ?::tsquery", m.phrase)
	}
	if !inTitle && m.all != "" {
		weight = bun.SafeQuery("ts_rank(?, doc.words, ?::tsquery)", weights, m.all)
	}
	if query != "" {
		where = bun.SafeQuery("doc.words @@ ?::tsquery", query)
	}
	for _, chosen := range [][]string{r.Chosen[search.FacetStatus], r.Reading.Chosen[search.FacetStatus]} {
		if len(chosen) > 0 {
			where = bun.SafeQuery("? AND (SELECT "+statusNow+" FROM (SELECT doc.id) AS one LEFT JOIN standing AS s ON s.document_id = one.id) = ANY (?)",
				where, pgdialect.Array(chosen))
		}
	}
	return bun.SafeQuery("SELECT "+stepColumns+", ? AS in_title, ? AS phrase, ? AS weight FROM documents AS doc WHERE ? AND ?",
		inTitle && m.title != "", phrase, weight, condition, where)
}

// Sample implements catalog.Store: of how many documents that match it takes one, and those.
func (d *DB) Sample(ctx context.Context, r search.Request) (hits []search.Hit, of int, err error) {
	m, err := d.matcher(ctx, r)
	if err != nil {
		return nil, 0, refusal("sample", err)
	}
	query := both(either(m.title, m.all), m.filter, quoteLexeme(sampleTag))
	rows, err := d.web.QueryContext(ctx, hitQuery, step(matcher{}, r, bun.SafeQuery("true"), query, false))
	if err != nil {
		return nil, 0, refusal("sample", err)
	}
	hits, err = collect(rows, nil, "sample", hitFields)
	return hits, sampleOf, refusal("sample", err)
}
