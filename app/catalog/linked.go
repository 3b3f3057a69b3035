package catalog

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// maxReferring bounds the relations of a document that other documents state. What lies beyond is left out, the oldest first.
const maxReferring = 10_000

// Linked is a document with its relations in the index as a whole: those that its records state, in whatever spelling, and the
// inverses of those that other documents state. Each relation is there once, and none leads to the document itself. Related holds
// what is indexed of the targets.
type Linked struct {
	*merge.Document
	// Stated is how many of them records of the document state; these come first.
	Stated int
	// Inferred are the places of relations that nobody states: they follow from titles, dates and authors (app/drafts).
	Inferred map[int]bool
}

// Reference is a relation from one document to another, which a record or the Datatracker states, or which is inferred.
type Reference struct {
	From     int64
	Type     string
	To       int64
	Inferred bool
}

// Linked returns a document with the first of its relations of each type in the index as a whole.
func (c *Catalog) Linked(ctx context.Context, doc *merge.Document) (*Linked, error) {
	all, err := c.linksOf(ctx, []*merge.Document{doc}, anyType)
	if err != nil {
		return nil, err
	}
	kept, leftOut := beginning(all[0], shownRelations)
	found, err := c.atEnds(ctx, kept)
	if err != nil {
		return nil, err
	}
	linked := linked(doc, found, kept)
	linked.LeftOut = leftOut
	return linked, c.markStates(ctx, linked)
}

// RelationPage is a part of the relations of one type that a document has.
type RelationPage struct {
	*Linked     // with these relations only
	Number  int // of the page, from 1
	Last    int // number of the last page
	First   int // place of the first relation among all, from 1
	All     int // relations of the type
}

// Related returns a page of the relations of one type. It fails with fault.NotFound when the document has no such page.
func (c *Catalog) Related(ctx context.Context, id, docType, kind string, number int) (*RelationPage, error) {
	doc, err := c.ByDocID(ctx, id, docType, NoRelations)
	if err != nil {
		return nil, err
	}
	all, err := c.linksOf(ctx, []*merge.Document{doc}, func(t string) bool { return t == kind })
	if err != nil {
		return nil, err
	}
	page := RelationPage{Number: number, First: (number-1)*shownRelations + 1, All: len(all[0])}
	if page.First > page.All {
		return nil, fault.New(fault.NotFound, "%s has no page %d of relations of the type %q", id, number, kind)
	}
	page.Last = (page.All + shownRelations - 1) / shownRelations
	section := all[0][page.First-1 : min(page.First-1+shownRelations, page.All)]
	found, err := c.atEnds(ctx, section)
	if err != nil {
		return nil, err
	}
	page.Linked = linked(doc, found, section)
	return &page, c.markStates(ctx, page.Linked)
}

// link is a relation of a document, which a record states or which follows from another document.
type link struct {
	relaton.Relation       // without a target when it follows from another document
	to               int64 // key of the document at its other end; 0 when that is not indexed
	inferred         bool  // nobody states it
}

// inferredFrom is the remark on a relation that nobody states.
var inferredFrom = relaton.Text{Content: "Inferred: same title and authors."}

func anyType(string) bool { return true }

// linksOf returns the relations of some types that documents have in the index as a whole: those that records state in their order,
// then those that follow from others, the oldest first.
func (c *Catalog) linksOf(ctx context.Context, docs []*merge.Document, chosen func(kind string) bool) ([][]link, error) {
	var wanted []docid.ID
	for _, doc := range docs {
		for _, relation := range doc.Item.Relation {
			if target, ok := relation.Target(); ok && chosen(relation.Type) {
				wanted = append(wanted, target)
			}
		}
	}
	keyOf := make(map[docid.ID]int64)
	if len(wanted) > 0 {
		var err error
		if keyOf, err = c.store.Targets(ctx, wanted); err != nil {
			return nil, err
		}
	}
	references, err := c.store.Referring(ctx, carriersOf(docs), inversesOf(chosen), maxReferring)
	if err != nil {
		return nil, err
	}
	slices.Reverse(references)
	all := make([][]link, len(docs))
	for i, doc := range docs {
		l := linker{of: doc, known: make(map[place]int)}
		for _, relation := range doc.Item.Relation {
			if target, _ := relation.Target(); chosen(relation.Type) {
				l.add(link{Relation: relation, to: keyOf[target]}, target.ID)
			}
		}
		for _, r := range references {
			if inverse, _ := relaton.Inverse(r.Type); r.To == doc.Key && chosen(inverse) {
				one := link{Relation: relaton.Relation{Type: inverse}, to: r.From, inferred: r.Inferred}
				if r.Inferred {
					one.Description = &inferredFrom
				}
				l.add(one, "")
			}
		}
		all[i] = l.links
	}
	return all, nil
}

// inversesOf returns the types of which the inverse is one of some.
func inversesOf(chosen func(string) bool) []string {
	return slices.DeleteFunc(relaton.Invertible(), func(kind string) bool {
		inverse, _ := relaton.Inverse(kind)
		return !chosen(inverse)
	})
}

// carriersOf returns the normalised identifiers by which relations name documents of the index.
func carriersOf(docs []*merge.Document) map[int64][]string {
	carriers := make(map[int64][]string, len(docs))
	for _, doc := range docs {
		for _, id := range doc.Item.DocID {
			if named := id.ID != "" && id.Scope == "" && (id.Primary || id.Type == "DOI"); named && doc.Key != 0 {
				carriers[doc.Key] = append(carriers[doc.Key], docid.Normalize(id.ID))
			}
		}
	}
	return carriers
}

// linker makes the list of relations of one document.
type linker struct {
	of    *merge.Document
	links []link
	known map[place]int // places of the links
}

// place is where a relation leads: to a document of the index, or to what carries an identifier.
type place struct {
	kind string
	key  int64
	id   string
}

// add adds a relation, unless it leads to the document itself or is there already; then a remark on it is kept.
func (l *linker) add(one link, target string) {
	p := place{kind: one.Type, key: one.to}
	if p.kind == "instance" { // a former name
		p.kind = "hasInstance"
	}
	if p.key == 0 {
		p.id = docid.Canonical(target)
	}
	own := l.of.Primary.ID
	if p.key != 0 && p.key == l.of.Key || p.id != "" && own != "" && p.id == docid.Canonical(own) {
		return
	}
	at, known := l.known[p]
	switch {
	case !known || p.key == 0 && p.id == "":
		l.known[p] = len(l.links)
		l.links = append(l.links, one)
	case l.links[at].Description == nil && !one.inferred:
		l.links[at].Description = one.Description
	}
}

// beginning returns the first links of each type, and how many of each type it leaves out; nil when none.
func beginning(all []link, most int) (kept []link, leftOut map[string]int) {
	counts := make(map[string]int)
	for _, one := range all {
		if counts[one.Type]++; counts[one.Type] <= most {
			kept = append(kept, one)
			continue
		}
		if leftOut == nil {
			leftOut = make(map[string]int)
		}
		leftOut[one.Type]++
	}
	return kept, leftOut
}

// atEnds reads the documents that links lead to, those that are known aside, and returns all of them by their keys.
func (c *Catalog) atEnds(ctx context.Context, links []link, known ...*merge.Document) (map[int64]*merge.Document, error) {
	found := make(map[int64]*merge.Document, len(known)+len(links))
	for _, doc := range known {
		found[doc.Key] = doc
	}
	delete(found, 0)
	var wanted []int64
	for _, one := range links {
		if one.to != 0 && found[one.to] == nil {
			wanted = append(wanted, one.to)
		}
	}
	slices.Sort(wanted)
	for some := range slices.Chunk(slices.Compact(wanted), resolvedAtOnce) {
		read, err := c.plain(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, other := range read {
			found[other.Key] = other
		}
	}
	return found, nil
}

// linked returns a document with links, and what was found at their other ends. A link that follows from a document which is not
// found is left out.
func linked(doc *merge.Document, found map[int64]*merge.Document, links []link) *Linked {
	out, item := *doc, *doc.Item
	item.Relation, out.Related, out.LeftOut = nil, make(map[int]*merge.Document), nil
	left, inferred := maxExpanded, make(map[int]bool)
	stated := 0
	for _, one := range links {
		if one.Bibitem != nil {
			stated++
		}
		other := found[one.to]
		if other != nil && other.Size() <= left {
			left -= other.Size()
			out.Related[len(item.Relation)] = other
			one.Bibitem = cmp.Or(one.Bibitem, other.Item)
		}
		if one.Bibitem != nil {
			if one.inferred {
				inferred[len(item.Relation)] = true
			}
			item.Relation = append(item.Relation, one.Relation)
		}
	}
	out.Item = &item
	return &Linked{&out, stated, inferred}
}

// markStates adds to the targets of a document's relations, when other documents than this one replaced or updated them, a relation
// that says so.
func (c *Catalog) markStates(ctx context.Context, linked *Linked) error {
	related := slices.Collect(maps.Values(linked.Related))
	if len(related) == 0 {
		return nil
	}
	referred, err := c.store.ReferredTo(ctx, carriersOf(related), []string{"obsoletes", "merges", "updates"}, linked.Key)
	if err != nil {
		return err
	}
	for i, doc := range linked.Related {
		if kinds := referred[doc.Key]; len(kinds) > 0 {
			marked, item := *doc, *doc.Item
			item.Relation = slices.Clip(item.Relation)
			for _, kind := range kinds {
				inverse, _ := relaton.Inverse(kind)
				item.Relation = append(item.Relation, relaton.Relation{Type: inverse, Bibitem: &relaton.Item{}})
			}
			marked.Item = &item
			linked.Related[i] = &marked
		}
	}
	return nil
}
