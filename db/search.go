package db

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// newestFirst is the order of what a search finds, which is that of an index.
const newestFirst = "doc.latest_date DESC NULLS LAST, doc.id"

// Search implements catalog.Store: it gives one page of what was found, newest first. A query that PostgreSQL
// refuses is of kind fault.Invalid, and so is one that takes longer than the timeout; that one has
// search.ErrCutOff in its chain.
func (d *DB) Search(ctx context.Context, q search.Query) (hits []int64, total int, err error) {
	q.Cap = cmp.Or(q.Cap, search.Cap)
	queries, err := d.found(q)
	if err != nil {
		return nil, 0, err
	}
	all, err := d.newestOf(ctx, queries, q.Cap)
	if err != nil {
		return nil, 0, refusal("search", err)
	}
	return page(all, q), len(all), nil
}

// newestOf returns the newest documents, as many as the limit, of the first query that finds so many, else of the last.
func (d *DB) newestOf(ctx context.Context, queries []*bun.SelectQuery, limit int) (all []int64, err error) {
	for _, query := range queries {
		all = nil
		err = query.Conn(d.searches.DB).OrderExpr(newestFirst).Limit(int64(limit)).Scan(ctx, &all)
		if err != nil || len(all) == limit {
			break
		}
	}
	return all, err
}

func page(all []int64, q search.Query) []int64 {
	limit := max(q.Limit, 0)
	offset := min(max(q.Offset, 0), len(all))
	if q.Last && limit > 0 {
		offset = max(len(all)-1, 0) / limit * limit
	}
	return all[offset : offset+min(limit, len(all)-offset)]
}

// found gives the query for the documents that match; nothing when none can. There are two where a quick look at
// some comes before one at all.
func (d *DB) found(q search.Query) ([]*bun.SelectQuery, error) {
	text := strings.TrimSpace(q.Text)
	if !storable(text) || text == "" {
		return nil, nil
	}
	switch q.Format {
	case search.DocIDRegex:
		return one(d.withIdentifier(text)), nil
	case search.WebSearch:
		return one(d.documents().Where("doc.words @@ websearch_to_tsquery(?, ?)", textConfig, text)), nil
	case search.JSONStruct:
		return d.containing(text, q.Cap)
	case search.JSONPath:
		return d.withRecord("body @@ ?::jsonpath", text), nil
	case search.JSONRepr:
		return d.withText(text), nil
	}
	return nil, fault.New(fault.Invalid, "There is no query format %q.", q.Format)
}

func one(query *bun.SelectQuery) []*bun.SelectQuery { return []*bun.SelectQuery{query} }

// maxTrigrams is how long a regular expression may be for PostgreSQL to look up its trigrams: it takes long to find
// those of a long one.
const maxTrigrams = 200

// withIdentifier finds a part of an identifier. Identifiers stand in an index in the order in which documents are
// shown, and in one of trigrams; PostgreSQL takes the former for what many have and the latter for what few have.
func (d *DB) withIdentifier(text string) *bun.SelectQuery {
	like, expression := search.Identifier(text)
	identifiers := d.web.NewSelect().TableExpr("(SELECT document_id AS id, document_date AS latest_date, norm FROM docids) AS doc").
		Column("doc.id").Where("norm LIKE ?", like).GroupExpr("doc.latest_date, doc.id")
	switch {
	case expression == "":
	case len(expression) <= maxTrigrams:
		identifiers.Where("norm ~ ?", expression)
	default:
		identifiers.Where("(norm ~ ?) IS TRUE", expression) // a condition that no index serves
	}
	return identifiers
}

// withText finds words in the JSON of a record. Making a text of it takes more time than all the rest, so the longest
// of the words has to be in the file that the record was made of. Only ASCII letters lose their case quickly.
func (d *DB) withText(text string) []*bun.SelectQuery {
	words, longest := search.Words(text)
	if words == "" {
		return nil
	}
	condition, params := "lower(body::text) LIKE ?", []any{words}
	if search.IsASCII(words) {
		condition = `lower(body::text COLLATE "C") LIKE ?`
	}
	if longest != "" {
		condition, params = `lower(original COLLATE "C") LIKE ? AND `+condition, []any{longest, words}
	}
	return d.withRecord(condition, params...)
}

func (d *DB) documents() *bun.SelectQuery {
	return d.web.NewSelect().TableExpr("documents AS doc").Column("doc.id")
}

// recent is how many documents are looked at before all are. That takes a hundredth of the time, and finds enough
// where every fifth document matches.
const recent = 2000

// withRecord finds the documents that have a record of a certain kind, which no index knows. The records are read
// in the order in which they are stored; the OFFSET keeps PostgreSQL from reading them in that of the documents, which
// takes twice as long.
func (d *DB) withRecord(condition string, params ...any) []*bun.SelectQuery {
	records := d.records(condition, params...).Column("document_id")
	return []*bun.SelectQuery{
		d.of(d.newest(recent)).Where("EXISTS (?)", d.records(condition, params...).ColumnExpr("1").Where("document_id = doc.id")),
		d.documents().Where("doc.id IN (? OFFSET 0)", records),
	}
}

// newest gives the newest documents.
func (d *DB) newest(limit int) *bun.SelectQuery {
	return d.documents().Column("doc.latest_date").OrderExpr(newestFirst).Limit(int64(limit))
}

// of takes documents out of what a query gives.
func (d *DB) of(query *bun.SelectQuery) *bun.SelectQuery {
	return d.web.NewSelect().TableExpr("(?) AS doc", query).Column("doc.id")
}

func (d *DB) records(condition string, params ...any) *bun.SelectQuery {
	return d.web.NewSelect().Table("records").Where(condition, params...)
}

// storable says whether a text can be in the database at all.
func storable(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}
