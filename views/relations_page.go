package views

import "github.com/ietf-tools/bibxml/app/catalog"

// RelationList is a page of the relations of one type that a document has.
type RelationList struct {
	ID          string // of the document
	DocumentURL string
	Title       Phrase
	Label       string // "Includes"
	Relations   []Relation
	Page, Last  int // from 1
	First, All  int // place of the first of these among all, from 1, and the number of all

	docType, kind string
}

// RelationListOf turns a page of relations into the model of its page.
func RelationListOf(page *catalog.RelationPage, kind string) RelationList {
	id := headID(page.Document)
	m := RelationList{
		ID: id.ID, DocumentURL: DocumentURL(id.ID, id.Type), Title: titleOf(page.Item), Label: relationLabel(kind),
		Page: page.Number, Last: page.Last, First: page.First, All: page.All, docType: id.Type, kind: kind,
	}
	for _, group := range relationsOf(page.Document) {
		m.Relations = append(m.Relations, group.Relations...)
	}
	return m
}

func (m RelationList) pageURL(page int) string { return RelationsURL(m.ID, m.docType, m.kind, page) }

// place says which part of the list the page shows.
func (m RelationList) place() string {
	if m.Last == 1 {
		return number(m.All)
	}
	return number(m.First) + " to " + number(min(m.First+len(m.Relations)-1, m.All)) + " of " + number(m.All)
}
