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
			s.Place = r.placeName(key, v)
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

// placeName reads the place of a series, which generation 2.x writes as an object.
func (r *reader) placeName(key string, n *yamltree.Node) string {
	for _, part := range []string{"formatted_place", "city"} {
		if v := n.Get(part); v != nil {
			return r.str(part, v)
		}
	}
	return r.str(key, n)
}

// keywords reads keywords: each a text, {content}, or the {vocab, taxon, vocabid} of generation 2.x, in which vocab
// is one keyword and every step of the taxon another.
func (r *reader) keywords(key string, n *yamltree.Node) []Keyword {
	var words []Keyword
	add := func(word string) {
		if word != "" {
			words = append(words, Keyword{Content: word})
		}
	}
	list(r, key, n, func(r *reader, n *yamltree.Node) (struct{}, bool) {
		vocab, taxon, term := n.Get("vocab"), n.Get("taxon"), n.Get("vocabid")
		if vocab == nil && taxon == nil && term == nil {
			add(r.plain(n))
		}
		if vocab != nil {
			add(r.str("vocab", vocab))
		}
		if taxon != nil {
			for _, step := range r.strs("taxon", taxon) {
				add(step)
			}
		}
		if term != nil && vocab == nil && taxon == nil {
			for _, known := range list(r, "vocabid", term, (*reader).vocabularyTerm) {
				add(known)
			}
		}
		return struct{}{}, true
	})
	return words
}

// vocabularyTerm reads the term of a controlled vocabulary, or its code where there is no term.
func (r *reader) vocabularyTerm(n *yamltree.Node) (string, bool) {
	for _, key := range []string{"term", "code"} {
		if v := n.Get(key); v != nil {
			s := r.str(key, v)
			return s, s != ""
		}
	}
	return "", false
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
	if revised := n.Get("revision_date"); revised != nil {
		v.RevisionDate = r.dateText("revision_date", revised)
	}
	return v, v != (Version{})
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

// owner reads an organization, which generation 2.x and some files of 1.x wrap as a contributor is. A person who
// owns a copyright stands there by name.
func (r *reader) owner(n *yamltree.Node) (Organization, bool) {
	if v := n.Get("person"); v != nil {
		if p := one(r, "person", v, (*reader).person); p != nil {
			return Organization{Name: []Text{{Content: p.DisplayName()}}}, p.DisplayName() != ""
		}
		return Organization{}, false
	}
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
