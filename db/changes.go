package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/search"
)

// newestChanges are looked at before all are, when a search asks for those of documents that match. Where every tenth change
// is of such a document, that is enough for a feed.
const newestChanges = 1000

// storedChange is a change as the columns hold it.
type storedChange struct {
	catalog.Change
	fields []byte
}

func (c *storedChange) columns() []any {
	return []any{
		&c.Number, &c.Dataset, &c.Ref, &c.Kind, &c.At, &c.Commit, &c.Document, &c.DocID.ID, &c.DocID.Type, &c.Title, &c.fields, &c.More,
	}
}

const changeColumns = "id, dataset, ref, kind, at, commit_hash, document_id, docid, docid_type, title, fields, more"

// Changes implements catalog.Store.
func (d *DB) Changes(ctx context.Context, ask catalog.ChangeQuery) ([]catalog.Change, error) {
	if !storable(ask.Dataset) || !storable(ask.Ref) {
		return nil, nil
	}
	conns, queries := d.web, one(d.changes(ask).ColumnExpr(changeColumns))
	if ask.Search != nil || ask.Request != nil {
		matching, err := d.matching(ctx, ask)
		if err != nil || matching == nil {
			return nil, err
		}
		conns, queries = d.searches, []*bun.SelectQuery{
			d.web.NewSelect().TableExpr("(?) AS change", d.changes(ask).Limit(newestChanges)).ColumnExpr(changeColumns).Where("(?) IS TRUE", matching),
			d.changes(ask).ColumnExpr(changeColumns).Where("(?)", matching),
		}
	}
	var found []catalog.Change
	for _, query := range queries {
		rows, err := query.Conn(conns.DB).OrderExpr("change.id DESC").Limit(int64(ask.Limit)).Rows(ctx)
		stored, err := collectAsked(rows, err, "list changes", (*storedChange).columns)
		if err != nil {
			return nil, err
		}
		if found, err = decodeChanges(stored); err != nil || len(found) == ask.Limit {
			return found, err
		}
	}
	return found, nil
}

func decodeChanges(stored []storedChange) ([]catalog.Change, error) {
	changes := make([]catalog.Change, len(stored))
	for i := range stored {
		changes[i] = stored[i].Change
		changes[i].At = changes[i].At.UTC()
		if stored[i].fields == nil {
			continue
		}
		if err := json.Unmarshal(stored[i].fields, &changes[i].Fields); err != nil {
			return nil, fmt.Errorf("stored change %d: %w", changes[i].Number, err)
		}
	}
	return changes, nil
}

// changes is a query for changes without regard to a search.
func (d *DB) changes(ask catalog.ChangeQuery) *bun.SelectQuery {
	query := d.web.NewSelect().TableExpr("record_changes AS change").OrderExpr("change.id DESC")
	if ask.Dataset != "" {
		query.Where("change.dataset = ?", strings.ToLower(ask.Dataset))
	}
	if ask.Ref != "" {
		query.Where("lower(change.ref) = lower(?)", ask.Ref)
	}
	if ask.Before > 0 {
		query.Where("change.id < ?", ask.Before)
	}
	return query
}

// matching is the condition that a change is of a document that matches a search, or of a record that did when it was
// removed; nil when nothing can match.
func (d *DB) matching(ctx context.Context, ask catalog.ChangeQuery) (any, error) {
	documents, removed, err := d.exactly(ask.Search)
	if ask.Request != nil {
		documents, removed, err = d.asked(ctx, *ask.Request)
	}
	if err != nil || documents == nil {
		return nil, err
	}
	return bun.SafeQuery("change.document_id IN (?) OR change.kind = 'removed' AND ?", documents, removed), nil
}

// exactly gives the query for the documents that match one of the exact languages, and the condition for records that are gone.
func (d *DB) exactly(q *search.Query) (documents, removed any, err error) {
	if q == nil {
		return nil, nil, nil
	}
	queries, err := d.found(*q)
	if err != nil || queries == nil {
		return nil, nil, err
	}
	return queries[len(queries)-1], d.wasFound(*q), nil
}

// asked is exactly for the one box.
func (d *DB) asked(ctx context.Context, r search.Request) (documents, removed any, err error) {
	m, err := d.matcher(ctx, r)
	if err != nil {
		return nil, nil, refusal("list changes", err)
	}
	query := both(either(m.title, m.all), both(m.filter...))
	found, removed := bun.SafeQuery("false"), bun.SafeQuery("false")
	if query != "" {
		found, removed = bun.SafeQuery("doc.words @@ ?::tsquery", query), bun.SafeQuery("change.words @@ ?::tsquery", query)
	}
	if len(r.Pinned) > 0 {
		named := isPinned(r)
		if len(m.filter) > 0 {
			named = bun.SafeQuery("? AND doc.words @@ ?::tsquery", named, both(m.filter...))
		}
		found = bun.SafeQuery("(? OR ?)", found, named)
	}
	for _, chosen := range []map[search.Facet][]string{r.Chosen, r.Reading.Chosen} {
		if status := chosen[search.FacetStatus]; len(status) > 0 {
			found = bun.SafeQuery("? AND "+statusNow+" = ANY (?)", found, pgdialect.Array(status))
		}
	}
	return bun.SafeQuery("SELECT doc.id "+hitTables+" WHERE ?", found), removed, nil
}

// wasFound is the condition that a record which was removed matches a search by what it said then.
func (d *DB) wasFound(q search.Query) any {
	text := strings.TrimSpace(q.Text)
	switch q.Format {
	case search.DocIDRegex:
		like, expression := search.Identifier(text)
		identifiers := d.web.NewSelect().TableExpr("unnest(change.norms) AS norm").Where("norm LIKE ?", like)
		if expression != "" {
			identifiers.Where("norm ~ ?", expression)
		}
		return d.web.NewRaw("EXISTS (?)", identifiers)
	case search.WebSearch:
		return d.web.NewRaw("change.words @@ websearch_to_tsquery(?, ?)", textConfig, text)
	case search.JSONStruct:
		return d.web.NewRaw("change.body @> ?::jsonb", text)
	case search.JSONPath:
		return d.web.NewRaw("change.body @@ ?::jsonpath", text)
	}
	words, _ := search.Words(text)
	return d.web.NewRaw("lower(change.body::text) LIKE ?", words)
}
