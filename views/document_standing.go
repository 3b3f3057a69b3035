package views

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Notice says at the head of a page what a reader should know before citing the document.
type Notice struct {
	Warning bool   // the document should hardly be cited any more
	Lead    string // "Obsolete."
	Text    string // what goes before the links: "Replaced by"
	Links   []Relation
	Remark  string        // on the link, in brackets
	More    int           // links that are left out; they are among the relations
	Chain   [][]ChainLink // from the document to what holds today, step by step; empty when the links say it all
}

// ChainLink is a document in a chain of replacements.
type ChainLink struct {
	Relation
	Self bool // the document of the page
	More int  // further documents of the step, which are left out
}

const (
	// shownInStep is how many documents a step of a chain names.
	shownInStep = 4
	// shownUpdates is how many updates a notice names.
	shownUpdates = 8
)

// noticesOf says whether the document still holds: what replaced it, its newer versions, its withdrawal, its
// updates; the gravest first.
func noticesOf(m *Document, family *catalog.Family) []Notice {
	var notices []Notice
	chain := shownSuccessors(family)
	if published, before, ok := publishedNotice(family, chain); ok {
		notices, chain = append(notices, published), before
	}
	if len(chain) > 0 {
		notices = append(notices, replacedNotice(family, chain))
	} else if text, ok := withdrawn[strings.ToLower(m.Status)]; ok {
		notices = append(notices, Notice{Warning: true, Lead: m.Status + ".", Text: text})
	}
	if newest, ok := newestByDate(family); ok {
		notices = append(notices, newest)
	}
	for _, group := range m.Relations {
		if group.Kind == "updatedBy" {
			links := group.Relations[:min(len(group.Relations), shownUpdates)]
			notices = append(notices, Notice{Lead: "Updated by", Links: links, More: len(group.Relations) - len(links) + group.More})
		}
	}
	return notices
}

// withdrawn are the states in which a document has no successor, but is not in force either.
var withdrawn = map[string]string{
	"withdrawn":           "Its publisher has withdrawn it.",
	"superseded":          "Its publisher says that it is superseded; the sources do not tell by what.",
	"inactive":            "Its publisher no longer maintains it.",
	"obsolete":            "Its publisher calls it obsolete; the sources do not tell what takes its place.",
	"superseded document": "Its publisher says that it is superseded; the sources do not tell by what.",
}

// replacedNotice tells of what took the document's place.
func replacedNotice(family *catalog.Family, chain []catalog.Successor) Notice {
	first, last := chain[0], chain[len(chain)-1]
	ends := linksOfStep(family, chain, last.Step)
	notice := Notice{Warning: true, Lead: "Obsolete.", Text: "Replaced by", Links: ends}
	switch first.Relation {
	case "hasEdition":
		notice = Notice{Lead: "All editions.", Text: "The latest is", Links: ends}
		if family.Members[0].ID.Type == "Internet-Draft" {
			notice.Lead = "All versions."
		}
	case "hasSuccessor":
		notice.Lead, notice.Text = "Not the newest version.", newestInWords(family)
	}
	if last.Step > first.Step {
		notice.Chain = stepsOf(family, chain)
		if first.Relation == "obsoletedBy" {
			notice.Text = "Replaced, in the end, by"
		}
	}
	if len(notice.Links) > shownUpdates {
		notice.More = len(notice.Links) - shownUpdates
		notice.Links = notice.Links[:shownUpdates]
	}
	return notice
}

// shownSuccessors leaves out the versions between: of those that only numbers tell of, the newest is shown, and the
// newest of the document's own branch.
func shownSuccessors(family *catalog.Family) []catalog.Successor {
	all := family.Successors()
	branch := family.Members[0].Edition.Branch
	newestOfBranch := 0
	for _, edition := range family.Editions {
		if branch != "" && family.Members[edition].Edition.Branch == branch {
			newestOfBranch = edition
		}
	}
	return slices.DeleteFunc(all, func(s catalog.Successor) bool {
		return s.Relation == "hasSuccessor" && s.Member != family.Latest && s.Member != newestOfBranch
	})
}

// stepsOf writes a chain of replacements, the document itself first.
func stepsOf(family *catalog.Family, chain []catalog.Successor) [][]ChainLink {
	steps := [][]ChainLink{{{Relation: relativeOf(&family.Members[0]), Self: true}}}
	at := 0
	for _, s := range chain {
		link := ChainLink{Relation: relativeOf(&family.Members[s.Member])}
		last := &steps[len(steps)-1]
		switch {
		case s.Step != at:
			steps, at = append(steps, []ChainLink{link}), s.Step
		case len(*last) < shownInStep:
			*last = append(*last, link)
		default:
			(*last)[shownInStep-1].More++
		}
	}
	return steps
}

// afterLink returns what stands after a name in a notice: the date of a single document, a remark, and the sign that goes on.
func afterLink(notice Notice, at int) string {
	var remarks []string
	if date := notice.Links[at].Date; len(notice.Links) == 1 && year(date) != "" {
		remarks = append(remarks, dateText(date))
	}
	if notice.Remark != "" {
		remarks = append(remarks, notice.Remark)
	}
	after := ""
	if len(remarks) > 0 {
		after = " (" + strings.Join(remarks, "; ") + ")"
	}
	switch {
	case at < len(notice.Links)-1:
		return after + ","
	case notice.More > 0:
		return after
	}
	return after + "."
}

func linksOfStep(family *catalog.Family, chain []catalog.Successor, step int) []Relation {
	var links []Relation
	for _, s := range chain {
		if s.Step == step {
			links = append(links, relativeOf(&family.Members[s.Member]))
		}
	}
	return links
}

// relativeOf describes a member of a family; without a page here it has no address.
func relativeOf(r *catalog.Relative) Relation {
	line := Relation{ID: r.ID.ID, Title: titleOf(r.Item), Date: r.PublishedOn()}
	if r.Document != nil {
		line.URL = DocumentURL(r.ID.ID, r.ID.Type)
	}
	if bare(line.Title.Text) == bare(line.ID) {
		line.Title = Phrase{}
	}
	return line
}

// stateOf says in a word what a reader of the page of another document should know of one; empty when it is in
// force. That the other document itself replaced or updated it goes without saying there.
func stateOf(item *relaton.Item, except docid.ID) string {
	updated := false
	for _, relation := range item.Relation {
		if relation.Bibitem != nil && except.ID != "" && headOf(relation.Bibitem).ID == except.ID {
			continue
		}
		switch relation.Type {
		case "obsoletedBy":
			return "Obsolete"
		case "updatedBy":
			updated = true
		}
	}
	if status := statusOf(item); withdrawn[strings.ToLower(status)] != "" {
		return status
	}
	if updated {
		return "Updated"
	}
	return ""
}
