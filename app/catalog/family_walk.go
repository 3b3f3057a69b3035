package catalog

import (
	"context"
	"slices"
	"strconv"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// step is a relation that leads from a member to an older or a newer one.
type step struct {
	from     int
	to       Relative
	forward  bool
	relation string // from the old to the new
	stated   bool   // by the member that it leads from
	inferred bool
}

// linkMembers finds out the replacements of members.
func (c *Catalog) linkMembers(ctx context.Context, f *Family, members []int) error {
	var docs []*merge.Document
	var at []int
	for _, member := range members {
		if m := &f.Members[member]; m.Document != nil && m.links == nil && !slices.Contains(at, member) {
			docs, at = append(docs, m.Document), append(at, member)
		}
	}
	if len(docs) == 0 {
		return nil
	}
	links, err := c.linksOf(ctx, docs, isReplacement)
	if err != nil {
		return err
	}
	for i := range links {
		links[i], _ = beginning(links[i], maxMembers)
	}
	var known []*merge.Document
	for _, member := range f.Members {
		if member.Document != nil {
			known = append(known, member.Document)
		}
	}
	found, err := c.atEnds(ctx, slices.Concat(links...), known...)
	if err != nil {
		return err
	}
	for i, doc := range docs {
		f.Members[at[i]].links = linked(doc, found, links[i])
	}
	return nil
}

// stepsFrom returns the relations of some types that members have.
func (f *Family) stepsFrom(members []int, kinds map[string]string, forward bool) []step {
	var steps []step
	for _, from := range members {
		links := f.Members[from].links
		if links == nil {
			continue
		}
		for i, relation := range links.Item.Relation {
			if name, leads := kinds[relation.Type]; leads && (relation.Type != hasDraft || f.showsDrafts(from)) {
				if to, ok := relativeOf(relation, links.Related[i]); ok {
					steps = append(steps, step{from, to, forward, name, i < links.Stated, links.Inferred[i]})
				}
			}
		}
	}
	return steps
}

// hasDraft is the relation to a draft of a document.
const hasDraft = "hasDraft"

// showsDrafts reports whether the drafts of a member belong to the family: those of the document itself, and of its drafts. What
// the document replaced had drafts, too, which would hide it.
func (f *Family) showsDrafts(member int) bool {
	return member == 0 || slices.ContainsFunc(f.Replaced, func(r Replacement) bool { return r.Old == member && r.Relation == older[hasDraft] })
}

// relativeOf returns what a relation leads to: the document found for it, else what the relation tells.
func relativeOf(relation relaton.Relation, found *merge.Document) (Relative, bool) {
	target, ok := relation.Target()
	to := Relative{ID: target, Item: relation.Bibitem}
	if found == nil {
		return to, ok
	}
	to.Item, to.Document = found.Item, found
	if id, ok := found.Item.PrimaryID(); ok {
		to.ID = id
	}
	return to, true
}

// take adds what steps lead to, and returns the members from which to go on in each direction. Nobody is visited
// twice in one direction, so that cycles end.
func (f *Family) take(steps []step) (forward, backward []int) {
	for _, s := range steps {
		to, isNew := f.member(s.to)
		if to < 0 {
			f.Cut = true
			continue
		}
		r := Replacement{to, s.from, s.relation, s.inferred}
		if s.forward {
			r = Replacement{s.from, to, s.relation, s.inferred}
		}
		// Publishers call each edition the successor of the one before: that it is, its number tells.
		if r.Old != r.New && (s.stated && s.forward || !f.areEditions(r)) {
			f.replace(r)
		}
		switch {
		case !isNew:
		case s.forward:
			forward = append(forward, to)
		default:
			backward = append(backward, to)
		}
	}
	return forward, backward
}

// member gives the place of a document, which it adds when there is room; -1 when there is none.
func (f *Family) member(relative Relative) (at int, isNew bool) {
	for i := range f.Members {
		if f.Members[i].ID.ID == relative.ID.ID && f.Members[i].ID.Type == relative.ID.Type {
			return i, false
		}
	}
	if len(f.Members) >= maxMembers {
		return -1, false
	}
	f.Members = append(f.Members, relative)
	return len(f.Members) - 1, true
}

// areEditions reports whether a replacement is of one edition of the work by another one.
func (f *Family) areEditions(r Replacement) bool {
	return slices.Contains(f.Editions, r.Old) && slices.Contains(f.Editions, r.New)
}

// replace notes a replacement once. What a source says goes before what numbers tell.
func (f *Family) replace(r Replacement) {
	for i := range f.Replaced {
		known := &f.Replaced[i]
		if known.Old == r.Old && known.New == r.New {
			if known.Relation == successor {
				known.Relation = r.Relation
			}
			known.Inferred = known.Inferred && r.Inferred
			return
		}
	}
	f.Replaced = append(f.Replaced, r)
}

// PublishedOn gives the date to show of a relative: the one to cite, else that of the revision; empty when unknown.
// The records of the IEEE's older standards have the day on which they came to the web: the year in the identifier
// is nearer to the truth.
func (r *Relative) PublishedOn() string {
	date, ok := r.Item.PublicationDate()
	switch {
	case !ok:
		return r.Item.RevDate
	case r.ID.Type == "IEEE" && !r.Edition.IsWork() && date.Year > r.Edition.Order[0]+1:
		return strconv.Itoa(r.Edition.Order[0])
	}
	return date.String()
}
