package relaton

import "github.com/ietf-tools/bibxml/app/yamltree"

// text reads a text: a mere string, or a mapping of content, format, script and language.
func (r *reader) text(n *yamltree.Node) (Text, bool) {
	var t Text
	if n.Kind != yamltree.Mapping {
		t.Content = r.plain(n)
		return t, n.Kind == yamltree.Scalar || t.Content != ""
	}
	for i, key := range n.Keys {
		r.textField(&t, key, &n.Nodes[i])
	}
	return t, true
}

func (r *reader) textField(t *Text, key string, n *yamltree.Node) {
	switch key {
	case "content":
		t.Content = r.str(key, n)
	case "format":
		t.Format = r.str(key, n)
	case "script":
		t.Script = r.strs(key, n)
	case "language":
		t.Language = r.strs(key, n)
	}
}

func (r *reader) title(n *yamltree.Node) (Title, bool) {
	if n.Kind != yamltree.Mapping {
		t, ok := r.text(n)
		return Title{Text: t}, ok
	}
	var t Title
	for i, key := range n.Keys {
		if v := &n.Nodes[i]; key == "type" {
			t.Type = r.str(key, v)
		} else {
			r.textField(&t.Text, key, v)
		}
	}
	return t, true
}

// series reads a series. One whose type is not stated is the main one, as the API has always had it.
func (r *reader) series(n *yamltree.Node) (Series, bool) {
	s := Series{Type: "main"}
	if n.Kind != yamltree.Mapping {
		t, ok := r.text(n)
		s.Title = &t
		return s, ok
	}
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "formattedref":
			s.FormattedRef = one(r, key, v, (*reader).text)
		case "title":
			s.Title = one(r, key, v, (*reader).text)
		case "abbrev":
			s.Abbrev = one(r, key, v, (*reader).text)
		case "place":
			s.Place = r.str(key, v)
		case "number":
			s.Number = r.str(key, v)
		case "organization":
			s.Organization = r.str(key, v)
		case "run":
			s.Run = r.str(key, v)
		case "partnumber":
			s.PartNumber = r.str(key, v)
		case "type":
			if kind := r.str(key, v); kind != "" {
				s.Type = kind
			}
		}
	}
	return s, true
}

// keyword reads a keyword: a text, {content}, or the {vocab} and {taxon} of generation 2.x.
func (r *reader) keyword(n *yamltree.Node) (Keyword, bool) {
	if n.Kind == yamltree.Mapping {
		for _, key := range []string{"vocab", "taxon"} {
			if v := n.Get(key); v != nil {
				s := r.str(key, v)
				return Keyword{Content: s}, s != ""
			}
		}
	}
	s := r.plain(n)
	return Keyword{Content: s}, s != ""
}

func (r *reader) note(n *yamltree.Node) (Note, bool) {
	if n.Kind != yamltree.Mapping {
		s := r.plain(n)
		return Note{Content: s}, s != ""
	}
	var note Note
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "content":
			note.Content = r.str(key, v)
		case "type":
			note.Type = r.str(key, v)
		}
	}
	return note, true
}

// version reads a version: a mere text is that of a draft (section 1, "Relaxed input").
func (r *reader) version(n *yamltree.Node) (Version, bool) {
	v := Version{}
	if n.Kind != yamltree.Mapping {
		v.Draft = r.plain(n)
	} else if draft := n.Get("draft"); draft != nil {
		v.Draft = r.str("draft", draft)
	} else if content := n.Get("content"); content != nil {
		v.Draft = r.str("content", content)
	}
	return v, v.Draft != ""
}

// edition reads an edition: a mere text is its content (section 1, "Relaxed input").
func (r *reader) edition(n *yamltree.Node) (Edition, bool) {
	if n.Kind != yamltree.Mapping {
		s := r.plain(n)
		return Edition{Content: s}, s != ""
	}
	var e Edition
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "content":
			e.Content = r.str(key, v)
		case "number":
			e.Number = r.str(key, v)
		}
	}
	return e, true
}

// localities adds the localities of an extent: one, a list, or those inside the locality and
// locality_stack of generation 2.x.
func (r *reader) localities(out []Locality, n *yamltree.Node) []Locality {
	switch n.Kind {
	case yamltree.Sequence:
		for i := range n.Nodes {
			r.enterItem(i)
			out = r.localities(out, &n.Nodes[i])
			r.leave()
		}
	case yamltree.Mapping:
		for _, key := range []string{"locality", "locality_stack"} {
			if v := n.Get(key); v != nil {
				r.enter(key)
				out = r.localities(out, v)
				r.leave()
				return out
			}
		}
		out = append(out, r.locality(n))
	case yamltree.Scalar:
		r.problem(n, "an extent must be a mapping of type and reference_from")
	}
	return out
}

func (r *reader) locality(n *yamltree.Node) Locality {
	var l Locality
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "type":
			l.Type = r.str(key, v)
		case "reference_from":
			l.ReferenceFrom = r.str(key, v)
		case "reference_to":
			l.ReferenceTo = r.str(key, v)
		}
	}
	return l
}

func (r *reader) copyright(n *yamltree.Node) (Copyright, bool) {
	if n.Kind != yamltree.Mapping {
		r.problem(n, "a copyright must be a mapping of owner and from")
		return Copyright{}, false
	}
	var c Copyright
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "from":
			c.From = r.year(key, v)
		case "to":
			c.To = r.year(key, v)
		case "owner":
			c.Owner = list(r, key, v, (*reader).owner)
		}
	}
	return c, true
}

// owner reads an organization, which generation 2.x and some files of 1.x wrap as a contributor is.
func (r *reader) owner(n *yamltree.Node) (Organization, bool) {
	if v := n.Get("organization"); v != nil {
		if o := one(r, "organization", v, (*reader).organization); o != nil {
			return *o, true
		}
		return Organization{}, false
	}
	return r.organization(n)
}

func (r *reader) year(key string, n *yamltree.Node) int {
	s := r.str(key, n)
	if s == "" {
		return 0
	}
	d, ok := ParseDate(s)
	if !ok {
		r.enter(key)
		r.problem(n, "not a year: "+short(s))
		r.leave()
	}
	return d.Year
}
