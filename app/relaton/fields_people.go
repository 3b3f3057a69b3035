package relaton

import "github.com/ietf-tools/bibxml/app/yamltree"

// contributor reads a person or an organization with what they did.
func (r *reader) contributor(n *yamltree.Node) (Contributor, bool) {
	if n.Kind != yamltree.Mapping {
		r.problem(n, "a contributor must be a mapping of role and person or organization")
		return Contributor{}, false
	}
	var c Contributor
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "role":
			c.Role = list(r, key, v, (*reader).role)
		case "person":
			c.Person = one(r, key, v, (*reader).person)
		case "organization":
			c.Organization = one(r, key, v, (*reader).organization)
		}
	}
	if c.Person == nil && c.Organization == nil {
		r.problem(n, "the contributor is neither a person nor an organization")
		return Contributor{}, false
	}
	return c, true
}

func (r *reader) person(n *yamltree.Node) (Person, bool) {
	var p Person
	if n.Kind != yamltree.Mapping {
		name, ok := r.name(n)
		return Person{Name: name}, ok
	}
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "name":
			if name := one(r, key, v, (*reader).name); name != nil {
				p.Name = *name
			}
		case "affiliation":
			p.Affiliation = list(r, key, v, (*reader).affiliation)
		case "identifier":
			p.Identifier = list(r, key, v, (*reader).identifier)
		default:
			p.Contact = r.contactField(p.Contact, key, v)
		}
	}
	return p, true
}

func (r *reader) organization(n *yamltree.Node) (Organization, bool) {
	var o Organization
	if n.Kind != yamltree.Mapping {
		name, ok := r.text(n)
		return Organization{Name: []Text{name}}, ok
	}
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "name":
			o.Name = list(r, key, v, (*reader).text)
		case "url":
			o.URL = r.webAddress(key, v)
		case "abbreviation":
			o.Abbreviation = one(r, key, v, (*reader).text)
		case "identifier":
			o.Identifier = list(r, key, v, (*reader).identifier)
		case "subdivision":
			o.Subdivision = list(r, key, v, (*reader).subdivision)
		default:
			o.Contact = r.contactField(o.Contact, key, v)
		}
	}
	if o.URL == "" {
		o.URL, o.Contact = takeURI(o.Contact)
	}
	return o, true
}

// identifier reads an identifier of a person or an organization: {type, id} in 1.x, {type, content} in 2.x.
func (r *reader) identifier(n *yamltree.Node) (Identifier, bool) {
	if n.Kind != yamltree.Mapping {
		s := r.plain(n)
		return Identifier{ID: s}, s != ""
	}
	var id Identifier
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "type":
			id.Type = r.str(key, v)
		case "id", "content":
			id.ID = r.str(key, v)
		}
	}
	return id, id.ID != ""
}

// subdivision reads the name of a unit of an organization: a text in 1.x, {name, identifier} in 2.x.
func (r *reader) subdivision(n *yamltree.Node) (Text, bool) {
	for _, key := range []string{"name", "identifier"} {
		if v := n.Get(key); v != nil {
			if name := one(r, key, v, (*reader).text); name != nil && name.Content != "" {
				return *name, true
			}
		}
	}
	name, ok := r.text(n)
	return name, ok && name.Content != ""
}

// affiliation reads the organization that a person belongs to. A mapping without one is taken for
// the organization itself, as is a mere text.
func (r *reader) affiliation(n *yamltree.Node) (Affiliation, bool) {
	v := n.Get("organization")
	if v == nil {
		o, ok := r.organization(n)
		return Affiliation{Organization: &o}, ok
	}
	o := one(r, "organization", v, (*reader).organization)
	return Affiliation{Organization: o}, o != nil
}

// contactField adds the ways to reach a contributor that stand under a key: contact in 1.x, the rest
// in 2.x. No key means one thing in one generation and another in the other.
func (r *reader) contactField(contacts []Contact, key string, n *yamltree.Node) []Contact {
	switch key {
	case "contact":
		return append(contacts, list(r, key, n, (*reader).contact)...)
	case "address":
		return append(contacts, list(r, key, n, (*reader).addressContact)...)
	case "uri":
		r.enter(key)
		for _, s := range r.strs(key, n) {
			r.checkAddress(n, s)
			contacts = append(contacts, contactOf(key, s))
		}
		r.leave()
	case "phone", "email":
		for _, s := range r.strs(key, n) {
			contacts = append(contacts, contactOf(key, s))
		}
	}
	return contacts
}

// contactOf makes a contact of one kind. An unknown kind gives an empty one.
func contactOf(kind, value string) Contact {
	switch kind {
	case "phone":
		return Contact{Phone: value}
	case "email":
		return Contact{Email: value}
	case "uri", "url":
		return Contact{URI: value}
	}
	return Contact{}
}
