package catalog

import "slices"

// Successor is a member of a family that took the place of the document, at once or in the end.
type Successor struct {
	Member   int    // index in Family.Members
	Relation string // by which it was reached, of the Relaton model: obsoletedBy, hasSuccessor, hasEdition, …
	Inferred bool   // the relation follows from titles, dates and authors; nobody states it
	Step     int    // from 1: as many replacements lie between the document and it, by the longest way
}

// Successors gives everything that took the document's place, to the end of the chain: by steps, in one step in the
// order in which it was found. Where replacements go in a circle, each member is there once.
func (f *Family) Successors() []Successor {
	return f.chain(func(r Replacement) (int, int) { return r.Old, r.New })
}

// Predecessors gives everything whose place the document took, the nearest first.
func (f *Family) Predecessors() []Successor {
	return f.chain(func(r Replacement) (int, int) { return r.New, r.Old })
}

func (f *Family) chain(ends func(Replacement) (from, to int)) []Successor {
	order := f.walk(ends)
	step := make([]int, len(f.Members))
	by := make([]Replacement, len(f.Members))
	for at, member := range order {
		for _, r := range f.Replaced {
			from, to := ends(r)
			// What comes later in the order is further away; the rest closes a circle.
			if from != member || slices.Index(order, to) <= at {
				continue
			}
			if step[member]+1 > step[to] {
				step[to], by[to] = step[member]+1, r
			}
		}
	}
	var all []Successor
	for _, member := range order[1:] {
		all = append(all, Successor{member, by[member].Relation, by[member].Inferred, step[member]})
	}
	slices.SortStableFunc(all, func(a, b Successor) int {
		if a.Step != b.Step {
			return a.Step - b.Step
		}
		return a.Member - b.Member
	})
	return all
}

// walk gives the members that can be reached from the document in an order in which each comes before those that it
// leads to, circles aside.
func (f *Family) walk(ends func(Replacement) (from, to int)) []int {
	visited := make([]bool, len(f.Members))
	var order []int
	var visit func(int)
	visit = func(member int) {
		visited[member] = true
		for _, r := range f.Replaced {
			if from, to := ends(r); from == member && !visited[to] {
				visit(to)
			}
		}
		order = append(order, member)
	}
	visit(0)
	slices.Reverse(order)
	return order
}
