package relaton

import (
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// docType reads the kind of document from the top level, where older files have it: {type}, or a
// text. Generation 2.x writes {content}.
func (r *reader) docType(key string, n *yamltree.Node) string {
	r.enter(key)
	defer r.leave()
	if v := n.Get("type"); v != nil {
		return r.str("type", v)
	}
	return r.plain(n)
}

// role reads what a contributor did: a mere text is its type, and what is neither a text nor {type,
// description} is kept as its description (section 1, "Relaxed input").
func (r *reader) role(n *yamltree.Node) (Role, bool) {
	if n.Kind == yamltree.Scalar {
		return Role{Type: n.Value}, n.Value != ""
	}
	if n.Get("type") == nil && n.Get("description") == nil {
		return strangeRole(n)
	}
	var role Role
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "type":
			role.Type = r.str(key, v)
		case "description":
			role.Description = list(r, key, v, (*reader).text)
		}
	}
	return role, role.Type != "" || role.Description != nil
}

func strangeRole(n *yamltree.Node) (Role, bool) {
	words := scalars(nil, n)
	if len(words) == 0 {
		return Role{}, false
	}
	return Role{Description: []Text{{Content: strings.Join(words, ", ")}}}, true
}

// scalars adds all texts of a tree, in order.
func scalars(out []string, n *yamltree.Node) []string {
	if n.Kind == yamltree.Scalar && n.Value != "" {
		return append(out, n.Value)
	}
	for i := range n.Nodes {
		out = scalars(out, &n.Nodes[i])
	}
	return out
}

// contact reads a way to reach a contributor: {address: {…}}, {phone}, {email} or {uri}; also {type,
// value}, and an address without its own mapping (section 1, "Relaxed input").
func (r *reader) contact(n *yamltree.Node) (Contact, bool) {
	if n.Kind != yamltree.Mapping {
		r.problem(n, "a contact must be a mapping of address, phone, email or uri")
		return Contact{}, false
	}
	if value := n.Get("value"); value != nil {
		return r.typedContact(n, r.str("value", value))
	}
	var c Contact
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "address":
			c.Address = one(r, key, v, (*reader).address)
		case "phone":
			c.Phone = r.str(key, v)
		case "email":
			c.Email = r.str(key, v)
		case "uri", "url":
			c.URI = r.webAddress(key, v)
		}
	}
	if c.Address == nil {
		if loose, _ := r.address(n); !loose.empty() {
			c.Address = &loose
		}
	}
	return c, true
}

func (r *reader) typedContact(n *yamltree.Node, value string) (Contact, bool) {
	var kind string
	if v := n.Get("type"); v != nil {
		kind = r.str("type", v)
	}
	c := contactOf(kind, value)
	if c == (Contact{}) && value != "" {
		r.problem(n, "unknown type of contact: "+short(kind))
	}
	return c, c != (Contact{})
}

func (r *reader) address(n *yamltree.Node) (Address, bool) {
	var a Address
	if n.Kind != yamltree.Mapping {
		a.Street = addressLines(r.plain(n))
		return a, a.Street != nil
	}
	for i, key := range n.Keys {
		r.addressField(&a, key, &n.Nodes[i])
	}
	if v := n.Get("formatted_address"); v != nil && a.empty() {
		a.Street = addressLines(r.str("formatted_address", v))
	}
	return a, true
}

var lineBreak = regexp.MustCompile(`(?i)<br\s*/?>|[\r\n]+`)

// addressLines splits a formatted address. It is the address where the record does not tell its parts, else it
// repeats them.
func addressLines(formatted string) []string {
	var lines []string
	for _, line := range lineBreak.Split(formatted, -1) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func (r *reader) addressField(a *Address, key string, n *yamltree.Node) {
	switch key {
	case "street":
		a.Street = r.strs(key, n)
	case "city":
		a.City = r.str(key, n)
	case "country":
		a.Country = r.str(key, n)
	case "state":
		a.State = r.str(key, n)
	case "postcode":
		a.Postcode = r.str(key, n)
	}
}

func (a *Address) empty() bool {
	return a.Street == nil && a.City == "" && a.Country == "" && a.State == "" && a.Postcode == ""
}
