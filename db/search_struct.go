package db

import (
	"encoding/json"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// containing finds a JSON structure; nothing does when no record can contain it, because it is no object. It
// fails with fault.Invalid when the text is not JSON.
func (d *DB) containing(structure string, limit int) ([]*bun.SelectQuery, error) {
	if !json.Valid([]byte(structure)) {
		return nil, fault.New(fault.Invalid, "The query is not JSON.")
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(structure), &fields) != nil || fields == nil {
		return nil, nil
	}
	words := strings.Join(indexing.Searchable(structure), " ")
	if dates, ok := fields["date"]; ok && words == "" {
		dated := d.records("body -> 'date' @> ?::jsonb AND body @> ?::jsonb", string(dates), structure)
		return one(d.documents().Where("doc.id IN (?)", dated.Column("document_id"))), nil
	}
	marks, complete := indexing.Marks(structure)
	if complete || !storable(words) {
		words = ""
	}
	if words != "" || len(marks) > 0 {
		return d.containingLikely(structure, words, marks, limit), nil
	}
	return d.withRecord("body @> ?::jsonb", structure), nil
}

// ample is how many times more documents are looked at first than are wanted. PostgreSQL can go through all in their
// order until enough match, or put those in order that an index finds; it reckons a fifth of what each one takes in the
// former way, and less when what matches is old. Nothing is lost by it: the former ends with the last one wanted.
const ample = 5

// containingLikely finds a structure by its words and by the marks of its values: whoever contains it has them too, and
// indexes of both are there; one of all structures would take a third of the time of an indexing. What has them is put
// in order before it is looked into, so that this can end with the last document that is wanted. Most that have the
// marks contain the structure as well, so first no more are put in order than are needed then.
func (d *DB) containingLikely(structure, words string, marks []int32, limit int) []*bun.SelectQuery {
	containing := func(most int) *bun.SelectQuery {
		return d.of(d.likely(words, marks).Limit(int64(most))).
			Where("EXISTS (SELECT FROM records WHERE document_id = doc.id AND body @> ?::jsonb)", structure)
	}
	return []*bun.SelectQuery{containing(ample * limit), containing(0)} // 0: no limit
}

// likely gives the documents that have words and marks.
func (d *DB) likely(words string, marks []int32) *bun.SelectQuery {
	likely := d.newest(0)
	if words != "" {
		// A query without any lexeme, of stop words alone, matches nothing and rules out nothing.
		likely.Where("words @@ plainto_tsquery(?0, ?1) OR numnode(plainto_tsquery(?0, ?1)) = 0", textConfig, words)
	}
	if len(marks) > 0 {
		likely.Where("marks @> ?0::integer[] OR marks IS NULL", pgdialect.Array(marks))
	}
	return likely
}
