package db

import (
	"encoding/json"
	"strings"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// containing finds a JSON structure; nothing does when no record can contain it, because it is no object. It
// fails with fault.Invalid when the text is not JSON.
func (d *DB) containing(structure string) ([]*bun.SelectQuery, error) {
	if !json.Valid([]byte(structure)) {
		return nil, fault.New(fault.Invalid, "The query is not JSON.")
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(structure), &fields) != nil || fields == nil {
		return nil, nil
	}
	if words := strings.Join(indexing.Searchable(structure), " "); words != "" && storable(words) {
		return one(d.containingWords(structure, words)), nil
	}
	if dates, ok := fields["date"]; ok {
		dated := d.records("body -> 'date' @> ?::jsonb AND body @> ?::jsonb", string(dates), structure)
		return one(d.documents().Where("doc.id IN (?)", dated.Column("document_id"))), nil
	}
	return d.withRecord("body @> ?::jsonb", structure), nil
}

// containingWords finds a structure by its words: whoever contains it has them too, and an index of words is there
// already; one of all structures would take a third of the time of an indexing. What has the words is put in
// order before it is looked into, so that this can end with the last document that is wanted.
func (d *DB) containingWords(structure, words string) *bun.SelectQuery {
	likely := d.web.NewSelect().TableExpr("documents AS doc").Column("id", "latest_date").
		// A query without any lexeme, of stop words alone, matches nothing and rules out nothing.
		Where("words @@ plainto_tsquery(?0, ?1) OR numnode(plainto_tsquery(?0, ?1)) = 0", textConfig, words).
		OrderExpr(newestFirst)
	return d.web.NewSelect().TableExpr("(?) AS doc", likely).Column("doc.id").
		Where("EXISTS (SELECT FROM records WHERE document_id = doc.id AND body @> ?::jsonb)", structure)
}
