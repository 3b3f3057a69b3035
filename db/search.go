package db

import (
	"cmp"
	"context"
	"fmt"
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
	query, err := d.found(q)
	if err != nil || query == nil {
		return nil, 0, err
	}
	var all []int64
	err = query.OrderExpr(newestFirst).Limit(int64(cmp.Or(q.Cap, search.Cap))).Scan(ctx, &all)
	switch {
	case err == nil:
		return page(all, q), len(all), nil
	case sqlState(err) == codeQueryCanceled:
		return nil, 0, fault.Wrap(fault.Invalid, fmt.Errorf("%w: %w", search.ErrCutOff, err),
			"The search took too long and was cut off. Please ask for something more particular.")
	case isRefused(err):
		return nil, 0, fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	return nil, 0, failure("search", err)
}

func page(all []int64, q search.Query) []int64 {
	limit := max(q.Limit, 0)
	offset := min(max(q.Offset, 0), len(all))
	if q.Last && limit > 0 {
		offset = max(len(all)-1, 0) / limit * limit
	}
	return all[offset : offset+min(limit, len(all)-offset)]
}

// found gives the documents that match; nil when none can.
func (d *DB) found(q search.Query) (*bun.SelectQuery, error) {
	text := strings.TrimSpace(q.Text)
	if !storable(text) || text == "" {
		return nil, nil //nolint:nilnil // no query finds nothing
	}
	switch q.Format {
	case search.DocIDRegex:
		return d.withIdentifier(text), nil
	case search.WebSearch:
		return d.documents().Where("doc.words @@ websearch_to_tsquery(?, ?)", textConfig, text), nil
	case search.JSONStruct:
		return d.containing(text)
	case search.JSONPath:
		return d.withRecord("body @@ ?::jsonpath", text), nil
	case search.JSONRepr:
		return d.withText(text), nil
	}
	return nil, fault.New(fault.Invalid, "There is no query format %q.", q.Format)
}

// withIdentifier finds a part of an identifier. The index of trigrams serves LIKE; the regular expression is
// written so that it does not, since few rows are left for it.
func (d *DB) withIdentifier(text string) *bun.SelectQuery {
	like, expression := search.Identifier(text)
	identifiers := d.web.NewSelect().Table("docids").Column("document_id").Where("norm LIKE ?", like)
	if expression != "" {
		identifiers.Where("(norm ~ ?) IS TRUE", expression)
	}
	return d.documents().Where("doc.id IN (?)", identifiers)
}

// withText finds words in the JSON of a record. Only ASCII letters lose their case quickly.
func (d *DB) withText(text string) *bun.SelectQuery {
	words := search.Words(text)
	if words == "" {
		return nil
	}
	condition := `lower(body::text COLLATE "C") LIKE ?`
	if strings.IndexFunc(words, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		condition = "lower(body::text) LIKE ?"
	}
	return d.withRecord(condition, words)
}

func (d *DB) documents() *bun.SelectQuery {
	return d.web.NewSelect().TableExpr("documents AS doc").Column("doc.id")
}

// withRecord finds the documents that have a record of a certain kind.
func (d *DB) withRecord(condition string, params ...any) *bun.SelectQuery {
	return d.documents().Where("doc.id IN (?)", d.web.NewSelect().Table("records").Column("document_id").Where(condition, params...))
}

// storable says whether a text can be in the database at all.
func storable(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}
