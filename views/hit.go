package views

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

const (
	// abstractInHit is how many bytes of an abstract a search result shows.
	abstractInHit = 150
	// supersededBy is how many of the documents that have taken the place of one are named.
	supersededBy = 3
)

// HitOf turns a document into a search result.
func HitOf(doc *merge.Document) Hit { return hitOf(doc, nil) }

// hitOf makes a result of which the abstract is shown where it has one of the words.
func hitOf(doc *merge.Document, words stems) Hit {
	id := headID(doc)
	hit := Hit{
		ID:         identifierOf(id),
		Title:      titlesOf(doc)[0].Phrase,
		URL:        DocumentURL(id.ID, id.Type),
		Date:       mainDate(doc.Item),
		Status:     statusOf(doc.Item),
		Kind:       kindLabel(doc.Item.DocTypeName()),
		Superseded: successorsOf(doc.Item),
	}
	if hit.People = creatorsOf(doc.Item.Contributor); len(hit.People) > namedInHit {
		hit.People, hit.More = hit.People[:namedInHit], len(hit.People)-namedInHit
	}
	if abstracts := passagesOf(doc.Item.Abstract); len(abstracts) > 0 {
		whole := strings.Join(abstracts[0].Paragraphs, " ")
		hit.Abstract = Phrase{Text: words.excerpt(whole, abstractInHit), Lang: abstracts[0].Lang}
	}
	for _, record := range doc.Records {
		if !slices.Contains(hit.Datasets, record.Dataset) {
			hit.Datasets = append(hit.Datasets, record.Dataset)
		}
	}
	return hit
}

// successorsOf names the documents that have taken the place of one.
func successorsOf(item *relaton.Item) []string {
	var ids []string
	for _, relation := range item.Relation {
		if relation.Type != "obsoletedBy" || relation.Bibitem == nil {
			continue
		}
		if id := statedID(relation.Bibitem); id != "" && !slices.Contains(ids, id) && len(ids) < supersededBy {
			ids = append(ids, id)
		}
	}
	return ids
}
