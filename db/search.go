package db

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/search"
)

// defaultCap is how many documents a search finds at most (compatibility, section 6).
const defaultCap = 400

// Search implements catalog.Store: it gives one page of what was found, newest first. A query that
// PostgreSQL cannot make sense of is of kind fault.Invalid, but for a wrong SQL/JSON path, which finds
// nothing (compatibility, section 6).
func (d *DB) Search(ctx context.Context, q search.Query) (hits []int64, total int, err error) {
	query, err := d.found(q)
	if err != nil || query == nil {
		return nil, 0, err
	}
	limit := q.Cap
	if limit <= 0 {
		limit = defaultCap
	}
	var all []int64
	err = query.OrderExpr("doc.latest_date DESC NULLS LAST, doc.id").Limit(int64(limit)).Scan(ctx, &all)
	switch {
	case err == nil:
		return page(all, q.Offset, q.Limit), len(all), nil
	case sqlState(err) == codeQueryCanceled:
		return nil, 0, fault.Wrap(fault.Invalid, err, "The search takes too long. Please ask for something more particular.")
	case isRefused(err) && q.Format == search.JSONPath:
		return nil, 0, nil
	case isRefused(err):
		return nil, 0, fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	return nil, 0, failure("search", err)
}

func page(all []int64, offset, limit int) []int64 {
	offset = min(max(offset, 0), len(all))
	return all[offset : offset+min(max(limit, 0), len(all)-offset)]
}

// found gives the documents that match; nil when none can.
func (d *DB) found(q search.Query) (*bun.SelectQuery, error) {
	text := strings.TrimSpace(q.Text)
	if !storable(text) || text == "" {
		return nil, nil //nolint:nilnil // no query finds nothing
	}
	documents := d.web.NewSelect().TableExpr("documents AS doc").Column("doc.id")
	switch q.Format {
	case search.DocIDRegex:
		return d.withIdentifier(documents, text), nil
	case search.WebSearch, search.JSONRepr:
		return documents.Where("doc.words @@ websearch_to_tsquery(?, ?)", textConfig, text), nil
	case search.JSONStruct:
		return d.containing(documents, text), nil
	case search.JSONPath:
		return documents.Where("doc.id IN (?)", d.recordsWhere("body @@ ?::jsonpath", text)), nil
	}
	return nil, fault.New(fault.Invalid, "There is no query format %q.", q.Format)
}

// withIdentifier finds a part of an identifier, any character that is no letter or digit standing for
// any other; at the ends of the query they stand for nothing.
func (d *DB) withIdentifier(documents *bun.SelectQuery, text string) *bun.SelectQuery {
	part := strings.Trim(docid.Normalize(text), ".")
	if part == "" {
		return nil
	}
	return documents.Where("doc.id IN (?)",
		d.web.NewSelect().Table("docids").Column("document_id").Where("norm LIKE ?", "%"+part+"%"))
}

// containing finds a JSON structure. Whoever contains it has its words too, and an index of words is
// there already: one for structures would take a third of the time of an indexing.
func (d *DB) containing(documents *bun.SelectQuery, structure string) *bun.SelectQuery {
	words := strings.Join(indexing.Searchable(structure), " ")
	if words == "" || !storable(words) {
		return documents.Where("doc.id IN (?)", d.recordsWhere("body @> ?::jsonb", structure))
	}
	likely := d.web.NewSelect().Table("documents").Column("id", "latest_date").
		// A query without any lexeme, of stop words alone, matches nothing and rules out nothing.
		Where("words @@ plainto_tsquery(?0, ?1) OR numnode(plainto_tsquery(?0, ?1)) = 0", textConfig, words)
	return d.web.NewSelect().WithQuery(bun.NewWithQuery("doc", likely).Materialized()).TableExpr("doc").Column("doc.id").
		Where("EXISTS (SELECT FROM records WHERE document_id = doc.id AND body @> ?::jsonb)", structure)
}

// storable says whether a text can be in the database at all.
func storable(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}

func (d *DB) recordsWhere(condition string, params ...any) *bun.SelectQuery {
	return d.web.NewSelect().Table("records").Column("document_id").Where(condition, params...)
}
