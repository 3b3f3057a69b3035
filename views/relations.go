package views

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// shownRelations is how many relations of a kind are shown before the rest is folded.
const shownRelations = 12

// relationOrder lists the kinds that a reader wants first: whether the document still holds.
var relationOrder = []string{"obsoletedBy", "updatedBy", "obsoletes", "updates", "includes", "partOf"}

// relationsOf groups the relations of a document by their kind.
func relationsOf(doc *merge.Document) []RelationGroup {
	byKind := make(map[string]int)
	var groups []RelationGroup
	for i, relation := range doc.Item.Relation {
		line, ok := relationOf(relation, doc.Related[i], headID(doc))
		if !ok {
			continue
		}
		at, known := byKind[relation.Type]
		if !known {
			at = len(groups)
			byKind[relation.Type] = at
			groups = append(groups, RelationGroup{Kind: relation.Type, Label: relationLabel(relation.Type)})
		}
		if !slices.Contains(groups[at].Relations, line) {
			groups[at].Relations = append(groups[at].Relations, line)
		}
	}
	slices.SortStableFunc(groups, func(a, b RelationGroup) int { return cmp.Compare(relationRank(a.Kind), relationRank(b.Kind)) })
	return groups
}

func relationRank(kind string) int {
	if at := slices.Index(relationOrder, kind); at >= 0 {
		return at
	}
	return len(relationOrder)
}

func relationLabel(kind string) string {
	if kind == "" {
		return "Related"
	}
	return humanize(kind)
}

// relationOf says where a relation of a document leads: to the document found for it, else only what its source said.
func relationOf(relation relaton.Relation, found *merge.Document, of docid.ID) (Relation, bool) {
	line := Relation{}
	if relation.Description != nil {
		line.Note = relation.Description.Content
	}
	switch {
	case found != nil:
		id := headID(found)
		line.ID, line.URL = id.ID, DocumentURL(id.ID, id.Type)
		line.Title = titleOf(found.Item)
		line.Date = mainDate(found.Item)
		line.State = stateOf(found.Item, of)
	case relation.Bibitem != nil:
		line.ID = statedID(relation.Bibitem)
		line.Title = titleOf(relation.Bibitem)
		line.Date = mainDate(relation.Bibitem)
	}
	if bare(line.Title.Text) == bare(line.ID) {
		line.Title = Phrase{}
	}
	return line, line.ID != "" || line.Title.Text != ""
}

// bare gives the letters and digits of an identifier, to see that RFC3329 tells no more than RFC 3329.
func bare(id string) string { return strings.ReplaceAll(docid.Normalize(id), ".", "") }

func statedID(item *relaton.Item) string {
	if id := headOf(item); id.ID != "" {
		return id.ID
	}
	if item.FormattedRef != nil {
		return strings.TrimSpace(item.FormattedRef.Content)
	}
	return ""
}
