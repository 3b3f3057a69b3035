package relaton

import (
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// gen2Field reads a field of Relaton 2.x (schema version 1.4 and later), where it differs from 1.x:
//
//	schema_version: v1.5.6
//	docidentifier:  [{content, type, primary, scope}]
//	source:         [{content, type}]
//	date:           [{at, type}] or [{from, to, type}]
//	status:         {stage: {content}}
//	note:           [{content, type}]
//	contributor:    [{role: [{type, description: [{content}]}], organization: {name, uri: [{content}],
//	                address: […], subdivision: [{name, type}]}}]
//	ext:            {schema_version, doctype: {content}, …}
//
// What it makes of them is in gen2_adapter.go. A field that only 1.x has is read as in 1.x, beside its
// successor: files in the middle of a conversion have both, and may say the same in both.
func gen2Field(r *reader, it *Item, key string, n *yamltree.Node) bool {
	switch key {
	case "docidentifier", "docid":
		it.DocID = addNew(it.DocID, list(r, key, n, (*reader).gen2DocID))
	case "source", "link":
		it.Link = addNew(it.Link, list(r, key, n, (*reader).link))
	case "date":
		it.Date = list(r, key, n, (*reader).gen2Date)
	case "series":
		it.Series = list(r, key, n, (*reader).gen2Series)
	case "note", "biblionote":
		it.BiblioNote = addNew(it.BiblioNote, list(r, key, n, (*reader).note))
	case "contributor":
		it.Contributor = list(r, key, n, (*reader).gen2Contributor)
		it.addEditorialGroups(committees(n))
	case "status":
		it.setExtra("docstatus", gen1Names(n))
	case "ext":
		it.setExtra(key, gen1Names(n))
	case "schema_version":
		it.setExtra("schema-version", n.Any())
	default:
		return gen1Field(r, it, key, n)
	}
	return true
}

func (r *reader) gen2DocID(n *yamltree.Node) (docid.ID, bool) {
	key := "content"
	if n.Get("id") != nil && n.Get("content") == nil {
		key = "id"
	}
	id, ok := r.docID(n, key)
	id.ID = fullDOI(id)
	return id, ok
}

// gen2Date reads a date. Of a period only its beginning has a place in the model.
func (r *reader) gen2Date(n *yamltree.Node) (Date, bool) {
	return r.date(n, "at", "from", "to", "on", "value", "text")
}
