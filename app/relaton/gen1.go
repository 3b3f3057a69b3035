package relaton

import (
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// gen1Field reads a field of Relaton 1.x, whose shape is the model's own:
//
//	docid:       [{id, type, primary, scope}]
//	link:        [{content, type}]
//	date:        [{value, type}]
//	contributor: [{role: [{type}], organization: {name, url, contact: [{address, phone, email, uri}]}}]
//	version:     [{draft}]
//	docstatus:   {stage: {value}}
//
// The shapes that its files have beside these are in gen1_adapter.go.
func gen1Field(r *reader, it *Item, key string, n *yamltree.Node) bool {
	switch key {
	case "docid":
		it.DocID = list(r, key, n, (*reader).gen1DocID)
	case "link":
		it.Link = list(r, key, n, (*reader).link)
	case "date":
		it.Date = list(r, key, n, (*reader).gen1Date)
	case "doctype":
		it.DocType = r.docType(key, n)
	default:
		return r.commonField(it, key, n)
	}
	return true
}

func (r *reader) gen1DocID(n *yamltree.Node) (docid.ID, bool) { return r.docID(n, "id") }

// docID reads an identifier whose value stands under the given key. One without a value is none.
func (r *reader) docID(n *yamltree.Node, valueKey string) (docid.ID, bool) {
	var id docid.ID
	if n.Kind != yamltree.Mapping {
		id.ID = r.plain(n)
		return id, id.ID != ""
	}
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case valueKey:
			id.ID = r.str(key, v)
		case "type":
			id.Type = r.str(key, v)
		case "scope":
			id.Scope = r.str(key, v)
		case "primary":
			id.Primary = r.boolean(key, v)
		}
	}
	if id.ID == "" {
		r.problem(n, "the identifier has no "+valueKey)
	}
	return id, id.ID != ""
}

func (r *reader) boolean(key string, n *yamltree.Node) bool {
	switch s := r.str(key, n); s {
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE", "":
	default:
		r.enter(key)
		r.problem(n, "true or false expected, found "+short(s))
		r.leave()
	}
	return false
}

// link reads a link; generation 2.x has the same under the name of source. An address that no reference may have is
// reported, and kept for those who look at the record.
func (r *reader) link(n *yamltree.Node) (Link, bool) {
	if n.Kind != yamltree.Mapping {
		s := r.plain(n)
		r.checkAddress(n, s)
		return Link{Content: s}, s != ""
	}
	var l Link
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "content":
			l.Content = r.webAddress(key, v)
		case "type":
			l.Type = r.str(key, v)
		}
	}
	return l, true
}

// webAddress reads an address under a key.
func (r *reader) webAddress(key string, n *yamltree.Node) string {
	s := r.str(key, n)
	r.enter(key)
	r.checkAddress(n, s)
	r.leave()
	return s
}

func (r *reader) checkAddress(n *yamltree.Node, s string) {
	if s == "" {
		return
	}
	if _, fault, ok := WebAddress(s); !ok {
		r.problem(n, fault+": "+short(s))
	}
}

// gen1Date reads a date. Older files have on, from and to in place of value; of a period its beginning counts.
func (r *reader) gen1Date(n *yamltree.Node) (Date, bool) {
	return r.date(n, "value", "on", "at", "from", "to")
}

// date reads a date whose value stands under the first of the given keys that there is.
func (r *reader) date(n *yamltree.Node, valueKeys ...string) (Date, bool) {
	var d Date
	if n.Kind != yamltree.Mapping {
		d.Value = r.normalDate(n, r.plain(n))
	}
	if v := n.Get("type"); v != nil {
		d.Type = r.str("type", v)
	}
	for _, key := range valueKeys {
		if v := n.Get(key); v != nil && v.Kind != yamltree.Null {
			d.Value = r.dateText(key, v)
			break
		}
	}
	if d.Value == "" {
		r.problem(n, "the date has no "+valueKeys[0])
	} else if d.Type == "" {
		r.problem(n, "the date has no type")
	}
	return d, d.Value != ""
}
