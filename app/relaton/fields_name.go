package relaton

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// name reads the name of a person; a mere text is the complete name. Forenames stand under given in
// 1.x and beside the surname in 2.x (and in some files of 1.x).
func (r *reader) name(n *yamltree.Node) (PersonName, bool) {
	var name PersonName
	if n.Kind != yamltree.Mapping {
		t, ok := r.text(n)
		return PersonName{CompleteName: &t}, ok
	}
	var given givenFields
	for i, key := range n.Keys {
		switch v := &n.Nodes[i]; key {
		case "given":
			r.enter(key)
			r.given(&given, v)
			r.leave()
		case "prefix":
			name.Prefix = list(r, key, v, (*reader).text)
		case "surname":
			name.Surname = one(r, key, v, (*reader).text)
		case "completename":
			name.CompleteName = one(r, key, v, (*reader).text)
		case "addition":
			name.Addition = list(r, key, v, (*reader).text)
		default:
			r.givenField(&given, key, v)
		}
	}
	name.Given = given.result(name.CompleteName)
	return name, true
}

// givenFields is what a name says of forenames, wherever it says it.
type givenFields struct {
	GivenName
	initials []Text // of the field initial, which 1.x has beside given or in its place
	stated   bool   // the name has a mapping given, or forenames
}

func (r *reader) given(g *givenFields, n *yamltree.Node) {
	switch n.Kind {
	case yamltree.Mapping:
		g.stated = true
		for i, key := range n.Keys {
			r.givenField(g, key, &n.Nodes[i])
		}
	case yamltree.Scalar, yamltree.Sequence: // the forenames themselves
		g.Forename = append(g.Forename, r.forenames(n)...)
		g.stated = true
	}
}

func (r *reader) givenField(g *givenFields, key string, n *yamltree.Node) {
	switch key {
	case "forename":
		r.enter(key)
		g.Forename = append(g.Forename, r.forenames(n)...)
		r.leave()
		g.stated = true
	case "formatted_initials":
		g.FormattedInitials = one(r, key, n, (*reader).text)
		g.stated = true
	case "initial":
		g.initials = list(r, key, n, (*reader).text)
	}
}

func (r *reader) forenames(n *yamltree.Node) []Forename {
	if n.Kind == yamltree.Sequence {
		return items(r, n, (*reader).forename)
	}
	if f, ok := r.forename(n); ok {
		return []Forename{f}
	}
	return nil
}

func (r *reader) forename(n *yamltree.Node) (Forename, bool) {
	var f Forename
	if n.Kind != yamltree.Mapping {
		f.Content = r.plain(n)
		return f, f.Content != ""
	}
	for i, key := range n.Keys {
		if v := &n.Nodes[i]; key == "initial" {
			f.Initial = r.str(key, v)
		} else {
			r.textField(&f.Text, key, v)
		}
	}
	return f, true
}

// result makes the given name. A list of initials becomes the formatted initials unless the name has
// these already. It is left out when it stands beside a complete name and nothing else: the API has
// never answered with it then, nor do the references for such people show initials (RFC 9000 and
// half of all other RFCs), and the complete name repeats it.
func (g *givenFields) result(complete *Text) *GivenName {
	if len(g.initials) > 0 && g.FormattedInitials == nil && (g.stated || complete == nil) {
		g.FormattedInitials = formatInitials(g.initials)
		g.stated = true
	}
	if !g.stated {
		return nil
	}
	given := g.GivenName
	return &given
}

// formatInitials joins initials as the sources do: J and P are J.P.
func formatInitials(initials []Text) *Text {
	t := initials[0]
	var b strings.Builder
	for _, initial := range initials {
		letters := strings.TrimSpace(initial.Content)
		b.WriteString(letters)
		if letters != "" && !strings.HasSuffix(letters, ".") {
			b.WriteByte('.')
		}
	}
	t.Content = b.String()
	return &t
}
