package relaton

func (w *jsonWriter) contributor(c *Contributor) {
	writeList(w, "role", c.Role, (*jsonWriter).role)
	if c.Person == nil {
		w.null("person")
	} else {
		w.key("person")
		w.person(c.Person)
	}
	w.organization("organization", c.Organization)
}

func (w *jsonWriter) role(r *Role) {
	w.str("type", r.Type)
	writeList(w, "description", r.Description, (*jsonWriter).textObject)
}

func (w *jsonWriter) person(p *Person) {
	w.open('{')
	w.key("name")
	w.open('{')
	writeList(w, "prefix", p.Name.Prefix, (*jsonWriter).textObject)
	w.given(p.Name.Given)
	w.text("surname", p.Name.Surname)
	w.text("completename", p.Name.CompleteName)
	writeList(w, "addition", p.Name.Addition, (*jsonWriter).textObject)
	w.close('}')
	writeList(w, "affiliation", p.Affiliation, (*jsonWriter).affiliation)
	writeList(w, "contact", p.Contact, (*jsonWriter).contact)
	w.identifiers(p.Identifier)
	w.close('}')
}

func (w *jsonWriter) given(g *GivenName) {
	if g == nil {
		w.null("given")
		return
	}
	w.key("given")
	w.open('{')
	writeList(w, "forename", g.Forename, (*jsonWriter).forename)
	w.text("formatted_initials", g.FormattedInitials)
	w.close('}')
}

func (w *jsonWriter) forename(f *Forename) {
	w.str("content", f.Content)
	w.textDetails(&f.Text)
	w.str("initial", f.Initial)
}

func (w *jsonWriter) affiliation(a *Affiliation) { w.organization("organization", a.Organization) }

func (w *jsonWriter) organization(key string, o *Organization) {
	if o == nil {
		w.null(key)
		return
	}
	w.key(key)
	w.open('{')
	w.organizationObject(o)
	w.close('}')
}

func (w *jsonWriter) organizationObject(o *Organization) {
	writeList(w, "name", o.Name, (*jsonWriter).textObject)
	writeList(w, "contact", o.Contact, (*jsonWriter).contact)
	w.str("url", o.URL)
	w.text("abbreviation", o.Abbreviation)
	if len(o.Subdivision) > 0 {
		writeList(w, "subdivision", o.Subdivision, (*jsonWriter).textObject)
	}
	w.identifiers(o.Identifier)
}

// identifiers leaves out an empty list even in the full form, as subdivisions are left out: the recorded API has both
// only where the record has them.
func (w *jsonWriter) identifiers(list []Identifier) {
	if len(list) > 0 {
		writeList(w, "identifier", list, (*jsonWriter).identifier)
	}
}

func (w *jsonWriter) identifier(id *Identifier) {
	w.str("type", id.Type)
	w.str("id", id.ID)
}

func (w *jsonWriter) contact(c *Contact) {
	if c.Address == nil {
		w.null("address")
	} else {
		w.key("address")
		w.open('{')
		w.strs("street", c.Address.Street)
		w.str("city", c.Address.City)
		w.str("country", c.Address.Country)
		w.str("state", c.Address.State)
		w.str("postcode", c.Address.Postcode)
		w.close('}')
	}
	w.str("phone", c.Phone)
	if w.full && *c == (Contact{}) {
		// What such contacts are in the sources: an e-mail address that is empty. The API says so.
		w.key("email")
		w.b = append(w.b, '"', '"')
	} else {
		w.str("email", c.Email)
	}
	w.str("uri", c.URI)
}
