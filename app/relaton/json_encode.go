package relaton

import "github.com/ietf-tools/bibxml/app/docid"

// AppendJSON writes the item as a JSON object. The full form is the answer of the API: every field of
// the model, null where unknown, and dates for people to read ("July 2021"; compatibility, section
// 6). The other form is the one that is stored: no nulls, and dates as Date.Value has them. Fields that
// the model does not have stand beside its own in both. DecodeJSON reads both.
func (it *Item) AppendJSON(dst []byte, full bool) []byte {
	dst = append(dst, '{')
	dst = it.AppendFields(dst, full, nil)
	return append(dst, '}')
}

// AppendFields is AppendJSON without the braces, for callers that add fields of their own. The
// function bibitem writes what relation i points to, in place of the item that it has; nil leaves
// that as it is.
func (it *Item) AppendFields(dst []byte, full bool, bibitem func(dst []byte, i int) []byte) []byte {
	w := jsonWriter{b: dst, full: full, start: len(dst)}
	w.text("formattedref", it.FormattedRef)
	writeList(&w, "docid", it.DocID, (*jsonWriter).docID)
	w.str("docnumber", it.DocNumber)
	w.strs("language", it.Language)
	w.str("type", it.Type)
	w.str("doctype", it.DocType)
	w.strs("script", it.Script)
	writeList(&w, "date", it.Date, (*jsonWriter).date)
	writeList(&w, "link", it.Link, (*jsonWriter).link)
	w.relations(it.Relation, bibitem)
	writeList(&w, "version", it.Version, (*jsonWriter).version)
	writeList(&w, "title", it.Title, (*jsonWriter).title)
	w.edition("edition", it.Edition)
	writeList(&w, "abstract", it.Abstract, (*jsonWriter).textObject)
	w.dateText("fetched", it.Fetched)
	w.dateText("revdate", it.RevDate)
	writeList(&w, "biblionote", it.BiblioNote, (*jsonWriter).note)
	writeList(&w, "contributor", it.Contributor, (*jsonWriter).contributor)
	w.places(it.Place)
	writeList(&w, "series", it.Series, (*jsonWriter).series)
	writeList(&w, "keyword", it.Keyword, (*jsonWriter).keyword)
	writeList(&w, "copyright", it.Copyright, (*jsonWriter).copyright)
	writeList(&w, "extent", it.Extent, (*jsonWriter).locality)
	w.extra(it.Extra)
	return w.b
}

// MarshalJSON implements json.Marshaler by the full form.
func (it *Item) MarshalJSON() ([]byte, error) { return it.AppendJSON(nil, true), nil }

func (w *jsonWriter) relations(relations []Relation, bibitem func([]byte, int) []byte) {
	if len(relations) == 0 {
		w.null("relation")
		return
	}
	w.key("relation")
	w.open('[')
	for i := range relations {
		w.comma()
		w.open('{')
		w.str("type", relations[i].Type)
		w.key("bibitem")
		switch target := relations[i].Bibitem; {
		case bibitem != nil:
			w.b = bibitem(w.b, i)
		case target != nil:
			w.b = target.AppendJSON(w.b, w.full)
		default:
			w.b = append(w.b, "null"...)
		}
		w.text("description", relations[i].Description)
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) docID(id *docid.ID) {
	w.str("id", id.ID)
	w.str("type", id.Type)
	if id.Primary {
		w.key("primary")
		w.b = append(w.b, "true"...)
	} else {
		w.null("primary")
	}
	w.str("scope", id.Scope)
}

func (w *jsonWriter) date(d *Date) {
	w.dateText("value", d.Value)
	w.str("type", d.Type)
}

func (w *jsonWriter) link(l *Link) {
	w.str("content", l.Content)
	w.str("type", l.Type)
}

func (w *jsonWriter) version(v *Version) {
	w.str("draft", v.Draft)
	if v.RevisionDate != "" {
		w.dateText("revision_date", v.RevisionDate)
	}
}

func (w *jsonWriter) title(t *Title) {
	w.textObject(&t.Text)
	w.str("type", t.Type)
}

// textObject writes the fields of a text. Its content is the one text that is written when empty.
func (w *jsonWriter) textObject(t *Text) {
	if w.full || t.Content != "" {
		w.key("content")
		w.b = AppendString(w.b, t.Content)
	}
	w.textDetails(t)
}

func (w *jsonWriter) textDetails(t *Text) {
	w.str("format", t.Format)
	w.strs("script", t.Script)
	w.strs("language", t.Language)
}

func (w *jsonWriter) edition(key string, e *Edition) {
	if e == nil {
		w.null(key)
		return
	}
	w.key(key)
	w.open('{')
	w.str("content", e.Content)
	w.str("number", e.Number)
	w.close('}')
}

func (w *jsonWriter) places(places []any) {
	if len(places) == 0 {
		w.null("place")
		return
	}
	w.key("place")
	w.any(places)
}

func (w *jsonWriter) note(n *Note) {
	w.str("content", n.Content)
	w.str("type", n.Type)
}

func (w *jsonWriter) series(s *Series) {
	w.text("formattedref", s.FormattedRef)
	w.text("title", s.Title)
	w.text("abbrev", s.Abbrev)
	w.str("place", s.Place)
	w.str("number", s.Number)
	w.str("organization", s.Organization)
	w.str("run", s.Run)
	w.str("partnumber", s.PartNumber)
	w.str("type", s.Type)
}

func (w *jsonWriter) keyword(k *Keyword) { w.str("content", k.Content) }

// copyright leaves out an unknown end even in the full form: the API has never had it.
func (w *jsonWriter) copyright(c *Copyright) {
	if c.From != 0 {
		w.number("from", c.From)
	} else {
		w.null("from")
	}
	if c.To != 0 {
		w.number("to", c.To)
	}
	writeList(w, "owner", c.Owner, (*jsonWriter).organizationObject)
}

func (w *jsonWriter) locality(l *Locality) {
	w.str("type", l.Type)
	w.str("reference_from", l.ReferenceFrom)
	w.str("reference_to", l.ReferenceTo)
}
