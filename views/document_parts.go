package views

import "strings"

func documentTitle(m Document) string {
	title := m.Titles[0].Text
	if m.ID.ID == "" || m.ID.ID == title {
		return title
	}
	return m.ID.ID + ": " + title
}

func roleLine(person Person) string { return strings.Join(person.Roles, ", ") }

func identifierLabel(id Identifier) string {
	label := id.Type
	if label == "" {
		label = "Untyped"
	}
	if id.Scope != "" {
		label += ", " + id.Scope
	}
	if id.Primary {
		label += ", primary"
	}
	return label
}

func firstRelations(group RelationGroup) []Relation {
	if len(otherRelations(group)) == 0 {
		return group.Relations
	}
	return group.Relations[:shownRelations]
}

// otherRelations are those to fold away; nothing is folded for the sake of two or three.
func otherRelations(group RelationGroup) []Relation {
	const worthFolding = 4
	if len(group.Relations) < shownRelations+worthFolding {
		return nil
	}
	return group.Relations[shownRelations:]
}
