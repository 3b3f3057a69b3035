package views

import (
	"slices"

	"github.com/ietf-tools/bibxml/app/catalog"
)

// draftOf is the relation of a draft to the RFC that it became.
const draftOf = "draftOf"

// inferredFrom is the remark on such a relation when nobody states it.
const inferredFrom = "same title and authors"

// Published is the RFC that a draft became, which is to be cited in its place.
type Published struct {
	Relation
	Inferred bool
}

// before is what stands before the RFC's name, and after what follows it.
func (p Published) before() string {
	if p.Inferred {
		return "Probably published as "
	}
	return "Published as "
}

func (p Published) after() string {
	if p.Inferred {
		return " (" + inferredFrom + "): check, and cite the RFC instead."
	}
	return ": cite the RFC instead."
}

// publishedAs returns the RFCs that a draft became.
func publishedAs(family *catalog.Family) []Published {
	var all []Published
	for _, s := range family.Successors() {
		if s.Relation == draftOf {
			all = append(all, Published{relativeOf(&family.Members[s.Member]), s.Inferred})
		}
	}
	return all
}

// publishedNotice tells of the RFC that a draft became, and returns what took the draft's place before: its newer versions.
func publishedNotice(family *catalog.Family, chain []catalog.Successor) (notice Notice, before []catalog.Successor, ok bool) {
	at := slices.IndexFunc(chain, func(s catalog.Successor) bool { return s.Relation == draftOf })
	if at < 0 {
		return notice, chain, false
	}
	notice = Notice{Warning: true, Lead: "A draft.", Text: "Published as"}
	if chain[at].Inferred {
		notice.Text, notice.Remark = "Probably published as", inferredFrom
	}
	for _, s := range chain[at:] {
		if s.Relation == draftOf {
			notice.Links = append(notice.Links, relativeOf(&family.Members[s.Member]))
		}
	}
	if last := chain[len(chain)-1]; last.Step > chain[at].Step {
		notice.Chain = stepsOf(family, chain)
	}
	before = slices.DeleteFunc(slices.Clone(chain), func(s catalog.Successor) bool { return s.Step >= chain[at].Step })
	return notice, before, true
}
