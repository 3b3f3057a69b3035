package relaton

import (
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// item reads a record, or the item that a relation points to. Fields that the model does not have
// are kept as they are.
func (r *reader) item(n *yamltree.Node) *Item {
	it := &Item{}
	for i, key := range n.Keys {
		if v := &n.Nodes[i]; !r.field(r, it, key, v) {
			it.setExtra(key, r.any(v))
		}
	}
	for i := range it.Version {
		if it.RevDate == "" {
			it.RevDate = it.Version[i].RevisionDate
		}
	}
	return it
}

func (it *Item) setExtra(key string, value any) {
	if it.Extra == nil {
		it.Extra = make(map[string]any, 4) // id, schema-version, ext and docstatus, as a rule
	}
	it.Extra[key] = value
}

// commonField reads the fields that both generations spell alike.
func (r *reader) commonField(it *Item, key string, n *yamltree.Node) bool {
	switch key {
	case "title":
		it.Title = list(r, key, n, (*reader).title)
	case "abstract":
		it.Abstract = list(r, key, n, (*reader).text)
	case "contributor":
		it.Contributor = list(r, key, n, (*reader).contributor)
	case "relation":
		it.Relation = list(r, key, n, (*reader).relation)
	case "series":
		it.Series = list(r, key, n, (*reader).series)
	case "keyword":
		it.Keyword = r.keywords(key, n)
	case "version":
		it.Version = list(r, key, n, (*reader).version)
	case "biblionote":
		it.BiblioNote = list(r, key, n, (*reader).note)
	case "copyright":
		it.Copyright = list(r, key, n, (*reader).copyright)
	case "place":
		it.Place = list(r, key, n, (*reader).place)
	case "edition":
		it.Edition = one(r, key, n, (*reader).edition)
	case "formattedref":
		it.FormattedRef = one(r, key, n, (*reader).text)
	case "extent":
		r.enter(key)
		it.Extent = r.localities(nil, n)
		r.leave()
	default:
		return r.plainField(it, key, n)
	}
	return true
}

// plainField reads the fields that are mere texts or dates.
func (r *reader) plainField(it *Item, key string, n *yamltree.Node) bool {
	switch key {
	case "docnumber":
		it.DocNumber = r.str(key, n)
	case "language":
		it.Language = r.strs(key, n)
	case "script":
		it.Script = r.strs(key, n)
	case "type":
		it.Type = r.str(key, n)
	case "fetched":
		it.Fetched = r.dateText(key, n)
	case "revdate":
		it.RevDate = r.dateText(key, n)
	default:
		return false
	}
	return true
}

// dateText reads a date under a key, in the form that Date.Value has.
func (r *reader) dateText(key string, n *yamltree.Node) string {
	s := r.str(key, n)
	if _, ok := parseNumeric(s); ok {
		return s // nearly all
	}
	r.enter(key)
	defer r.leave()
	return r.normalDate(n, s)
}

// normalDate gives the form that Date.Value has. What is no date is kept as it is.
func (r *reader) normalDate(n *yamltree.Node, s string) string {
	d, ok := ParseDate(s)
	if !ok {
		if s != "" {
			r.problem(n, "not a date: "+short(s))
		}
		return s
	}
	return d.String()
}

// relation reads a relation. One that points to nothing is no relation.
func (r *reader) relation(n *yamltree.Node) (Relation, bool) {
	if n.Kind != yamltree.Mapping {
		r.problem(n, "a relation must be a mapping of type and bibitem")
		return Relation{}, false
	}
	var rel Relation
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "type":
			rel.Type = r.str(key, v)
		case "description":
			rel.Description = one(r, key, v, (*reader).text)
		case "bibitem":
			if bibitem := one(r, key, v, (*reader).bibitem); bibitem != nil {
				rel.Bibitem = *bibitem
			}
		}
	}
	if rel.Bibitem == nil {
		r.problem(n, "the relation points to nothing: it has no bibitem")
		return Relation{}, false
	}
	return rel, true
}

// bibitem reads the target of a relation. A mere text is its reference as it would be printed.
func (r *reader) bibitem(n *yamltree.Node) (*Item, bool) {
	if n.Kind == yamltree.Mapping {
		return r.item(n), true
	}
	s := r.plain(n)
	return &Item{FormattedRef: &Text{Content: s}}, s != ""
}

// place reads a place: a text, or an object that is kept as it is.
func (r *reader) place(n *yamltree.Node) (any, bool) {
	if n.Kind == yamltree.Mapping {
		return r.any(n), true
	}
	s := r.plain(n)
	return s, s != ""
}
