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
	known := make(map[kindOfRelation]bool, len(doc.Item.Relation))
	var groups []RelationGroup
	self := headID(doc)
	for i, relation := range doc.Item.Relation {
		line, ok := relationOf(relation, doc.Related[i], self)
		if !ok {
			continue
		}
		at, begun := byKind[relation.Type]
		if !begun {
			at = len(groups)
			byKind[relation.Type] = at
			groups = append(groups, groupOf(doc, relation.Type))
		}
		if entry := (kindOfRelation{relation.Type, line}); !known[entry] {
			known[entry] = true
			groups[at].Relations = append(groups[at].Relations, line)
		}
	}
	slices.SortStableFunc(groups, func(a, b RelationGroup) int { return cmp.Compare(relationRank(a.Kind), relationRank(b.Kind)) })
	return groups
}

// kindOfRelation is a relation with its type, to tell each once.
type kindOfRelation struct {
	kind string
	Relation
}

// groupOf begins the group of one type. Where relations were left out it leads to the list of all.
func groupOf(doc *merge.Document, kind string) RelationGroup {
	group := RelationGroup{Kind: kind, Label: relationLabel(kind), More: doc.LeftOut[kind]}
	if id := headID(doc); group.More > 0 && id.ID != "" {
		group.URL = RelationsURL(id.ID, id.Type, kind, 1)
	}
	return group
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
