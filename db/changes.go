package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
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
	queries := one(d.changes(ask).ColumnExpr(changeColumns))
	if ask.Search != nil {
		matching, err := d.matching(*ask.Search)
		if err != nil || matching == nil {
			return nil, err
		}
		queries = []*bun.SelectQuery{
			d.web.NewSelect().TableExpr("(?) AS change", d.changes(ask).Limit(newestChanges)).ColumnExpr(changeColumns).Where("(?) IS TRUE", matching),
			d.changes(ask).ColumnExpr(changeColumns).Where("(?)", matching),
		}
	}
	var found []catalog.Change
	for _, query := range queries {
		rows, err := query.OrderExpr("change.id DESC").Limit(int64(ask.Limit)).Rows(ctx)
		stored, err := collect(rows, err, "list changes", (*storedChange).columns)
		if err != nil {
			return nil, searchFailure(err)
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
func (d *DB) matching(q search.Query) (any, error) {
	documents, err := d.found(q)
	if err != nil || documents == nil {
		return nil, err
	}
	all := documents[len(documents)-1]
	removed := d.wasFound(q)
	return d.web.NewRaw("change.document_id IN (?) OR change.kind = 'removed' AND ?", all, removed), nil
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

// searchFailure tells apart what the author of a search can mend.
func searchFailure(err error) error {
	switch {
	case sqlState(err) == codeQueryCanceled:
		return fault.Wrap(fault.Invalid, fmt.Errorf("%w: %w", search.ErrCutOff, err),
			"The search took too long and was cut off. Please ask for something more particular.")
	case isRefused(err):
		return fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	return err
}
