package catalog

import (
	"context"
	"maps"
	"strconv"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// step is a relation that leads from a member to an older or a newer one.
type step struct {
	from     int
	at       int // of the relation
	target   docid.ID
	forward  bool
	relation string // from the old to the new
}

// stepsFrom gives the relations of some kinds that members have.
func (f *Family) stepsFrom(members []int, kinds map[string]string, forward bool) []step {
	var steps []step
	for _, from := range members {
		if f.Members[from].Document == nil {
			continue
		}
		for i, relation := range f.Members[from].Item.Relation {
			name, leads := kinds[relation.Type]
			if target, ok := targetOf(relation, AllRelations); ok && leads {
				steps = append(steps, step{from, i, target, forward, name})
			}
		}
	}
	return steps
}

// targets finds the documents that steps lead to, those that are expanded already without asking.
func (c *Catalog) targets(ctx context.Context, f *Family, steps []step) (map[docid.ID]*merge.Document, error) {
	found := make(map[docid.ID]*merge.Document, len(steps))
	var wanted []docid.ID
	for _, s := range steps {
		if related := f.Members[s.from].Document.Related; related != nil {
			if doc := related[s.at]; doc != nil {
				found[s.target] = doc
			}
		} else {
			wanted = append(wanted, s.target)
		}
	}
	if len(wanted) == 0 {
		return found, nil
	}
	others, err := c.carrying(ctx, wanted)
	maps.Copy(found, others)
	return found, err
}

// take adds what steps lead to, and gives the members from which to go on in each direction. Nobody is visited
// twice in one direction, so that cycles end.
func (f *Family) take(steps []step, found map[docid.ID]*merge.Document) (forward, backward []int) {
	for _, s := range steps {
		relative := Relative{ID: s.target, Item: f.Members[s.from].Item.Relation[s.at].Bibitem}
		if doc := found[s.target]; doc != nil {
			relative.Item, relative.Document = doc.Item, doc
			if id, ok := doc.Item.PrimaryID(); ok {
				relative.ID = id
			}
		}
		to, isNew := f.member(relative)
		if to < 0 {
			f.Cut = true
			continue
		}
		r := Replacement{to, s.from, s.relation}
		if s.forward {
			r = Replacement{s.from, to, s.relation}
		}
		if r.Old != r.New {
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

// replace notes a replacement once. What a source says goes before what numbers tell.
func (f *Family) replace(r Replacement) {
	for i := range f.Replaced {
		known := &f.Replaced[i]
		if known.Old == r.Old && known.New == r.New {
			if known.Relation == successor {
				known.Relation = r.Relation
			}
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
