package relaton

import (
	"slices"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// addNew adds what is not in the list yet.
func addNew[T comparable](have, more []T) []T {
	if len(have) == 0 {
		return more
	}
	for _, v := range more {
		if !slices.Contains(have, v) {
			have = append(have, v)
		}
	}
	return have
}

// gen1Names gives a value of the fields status and ext with the names that 1.x has for the same:
// schema-version, and {type} for a doctype, {value} for a stage.
func gen1Names(n *yamltree.Node) any {
	v := n.Any()
	m, ok := v.(map[string]any)
	if !ok {
		return v
	}
	rename(m, "schema_version", "schema-version")
	if doctype, ok := m["doctype"].(map[string]any); ok {
		rename(doctype, "content", "type")
	}
	for _, part := range []string{"stage", "substage"} {
		if stage, ok := m[part].(map[string]any); ok {
			rename(stage, "content", "value")
		}
	}
	return m
}

// rename gives a value another key, unless there is one under that already.
func rename(m map[string]any, from, to string) {
	v, ok := m[from]
	if _, taken := m[to]; !ok || taken {
		return
	}
	delete(m, from)
	m[to] = v
}

// gen2Contributor reads a contributor, but for the committees: 1.x has these as editorial groups,
// and an organization that is an author there wrote the document itself.
func (r *reader) gen2Contributor(n *yamltree.Node) (Contributor, bool) {
	if isCommittee(n) {
		return Contributor{}, false
	}
	c, ok := r.contributor(n)
	if c.Person != nil {
		c.Person.Name = inOrder(c.Person.Name)
	}
	if c.Organization != nil {
		c.Organization.Name = mostSpecificFirst(c.Organization.Name)
	}
	return c, ok
}

// isCommittee says whether a contributor stands for a committee: its role is described as that, and
// the committee is named as a subdivision of the organization.
func isCommittee(n *yamltree.Node) bool {
	if n.Get("organization").Get("subdivision") == nil {
		return false
	}
	for _, role := range listed(n.Get("role")) {
		for _, description := range listed(role.Get("description")) {
			if content := description.Get("content"); content != nil && content.Value == "committee" || description.Value == "committee" {
				return true
			}
		}
	}
	return false
}

// committees returns the editorial groups that the contributors name, as 1.x writes them: [{name}]. The acronym of a
// group stands beside its name, or in its place where the record has no name.
func committees(contributors *yamltree.Node) []any {
	var groups []any
	for _, n := range listed(contributors) {
		if !isCommittee(n) {
			continue
		}
		for _, division := range listed(n.Get("organization").Get("subdivision")) {
			name, acronym := firstContent(division.Get("name")), firstContent(division.Get("identifier"))
			if acronym == "" {
				acronym = firstContent(division.Get("abbreviation"))
			}
			if division.Kind == yamltree.Scalar || division.Get("content") != nil {
				name = firstContent(division)
			}
			switch {
			case name == "" && acronym == "":
			case name == "" || acronym == "":
				groups = append(groups, map[string]any{"name": name + acronym})
			default:
				groups = append(groups, map[string]any{"name": name, "identifier": acronym})
			}
		}
	}
	return groups
}

// firstContent returns the text of the first value that has one.
func firstContent(n *yamltree.Node) string {
	for _, one := range listed(n) {
		for _, key := range []string{"content", "id"} {
			if v := one.Get(key); v != nil {
				one = v
				break
			}
		}
		if one.Value != "" {
			return one.Value
		}
	}
	return ""
}

func (it *Item) addEditorialGroups(groups []any) {
	if len(groups) == 0 {
		return
	}
	if known, ok := it.Extra["editorialgroup"].([]any); ok {
		groups = append(known, groups...)
	}
	it.setExtra("editorialgroup", groups)
}

// listed gives the values of a list, or a single value as a list of one.
func listed(n *yamltree.Node) []*yamltree.Node {
	if n == nil || n.Kind == yamltree.Null {
		return nil
	}
	if n.Kind != yamltree.Sequence {
		return []*yamltree.Node{n}
	}
	out := make([]*yamltree.Node, len(n.Nodes))
	for i := range n.Nodes {
		out[i] = &n.Nodes[i]
	}
	return out
}

func (r *reader) addressContact(n *yamltree.Node) (Contact, bool) {
	a, ok := r.address(n)
	if !ok {
		return Contact{}, false
	}
	return Contact{Address: &a}, true
}

// takeURI takes the first contact that is nothing but an address on the web out of the contacts of
// an organization: 2.x writes uri where 1.x writes organization.url.
func takeURI(contacts []Contact) (string, []Contact) {
	for i, c := range contacts {
		if c.URI != "" && c == (Contact{URI: c.URI}) {
			rest := append(contacts[:i:i], contacts[i+1:]...)
			if len(rest) == 0 {
				rest = nil
			}
			return c.URI, rest
		}
	}
	return "", contacts
}
