package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// lines writes the relations of a document as "updates RFC 1", those that are not indexed with a question mark, and those that follow
// from other documents in brackets.
func lines(doc *Linked) string {
	stated := doc.Records[0].Item.Relation
	var all []string
	for i, relation := range doc.Item.Relation {
		target, _ := relation.Target()
		line := relation.Type + " " + target.ID
		if found := doc.Related[i]; found == nil {
			line += "?"
		} else if found.Primary.ID != target.ID {
			line += "=" + found.Primary.ID
		}
		if !slices.ContainsFunc(stated, func(r relaton.Relation) bool { return r.Type == relation.Type && r.Bibitem == relation.Bibitem }) {
			line = "(" + line + ")"
		}
		all = append(all, line)
	}
	return strings.Join(all, ", ")
}

func TestLinked(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		of    string
		want  string
	}{
		{"another spelling", []string{"RFC 793; obsoletedBy=RFC9293", "RFC 9293"}, "RFC 793", "obsoletedBy RFC9293=RFC 9293"},
		{"the inverse of another spelling", []string{"RFC 793; obsoletedBy=RFC9293", "RFC 9293"}, "RFC 9293", "(obsoletes RFC 793)"},
		{"lower case and zeros", []string{"RFC 1; updates=rfc0793; updates=bcp014", "RFC 793", "BCP 14"}, "RFC 1", "updates rfc0793=RFC 793, updates bcp014=BCP 14"},
		{"inverses of all kinds", []string{
			"RFC 1", "RFC 2; updates=RFC1", "RFC 3; obsoletes=RFC0001", "BCP 4; includes=rfc1", "RFC 5; hasDraft=RFC 1", "RFC 6; mergedInto=RFC 1",
			"RFC 7; translatedFrom=RFC 1", "RFC 8; successorOf=RFC 1", "RFC 9; adoptedFrom=RFC 1", "RFC 10; related=RFC 1",
		}, "RFC 1", "(updatedBy RFC 2), (obsoletedBy RFC 3), (includedIn BCP 4), (draftOf RFC 5), (merges RFC 6), (hasTranslation RFC 7), (hasSuccessor RFC 8), (adoptedAs RFC 9)"},
		{"what both state is stated", []string{"RFC 1; obsoletedBy=RFC2", "RFC 2; obsoletes=RFC 1"}, "RFC 1", "obsoletedBy RFC2=RFC 2"},
		{"two spellings of one target", []string{"RFC 1; updates=RFC2; updates=RFC 2; updates=rfc 2", "RFC 2"}, "RFC 1", "updates RFC2=RFC 2"},
		{"two spellings of one that is not indexed", []string{"RFC 1; updates=RFC2; updates=RFC 0002; obsoletes=RFC 2"}, "RFC 1", "updates RFC2?, obsoletes RFC 2?"},
		{"to itself", []string{"RFC 1; obsoletes=RFC1; updatedBy=RFC 0001; updates=RFC 2", "RFC 2"}, "RFC 1", "updates RFC 2"},
		{"stated by two relations of one document", []string{"RFC 1", "RFC 2; updates=RFC 1; updates=RFC1"}, "RFC 1", "(updatedBy RFC 2)"},
		{"an instance by its former name", []string{"RFC 1; instance=RFC 2", "RFC 2; instanceOf=RFC 1"}, "RFC 1", "instance RFC 2"},
		{"no relation", []string{"RFC 1"}, "RFC 1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := shelve("IETF", c.lines...)
			if got := lines(linkedOf(t, s, c.of)); got != c.want {
				t.Errorf("relations: %s\nwant: %s", got, c.want)
			}
		})
	}
}

// The document as its records have it is what tools get.
func TestLinkingLeavesTheDocumentAsItIs(t *testing.T) {
	s := shelve("IETF", "RFC 1; updates=RFC1; updates=RFC2; updates=RFC 2", "RFC 2", "RFC 3; updates=RFC 1")
	doc, err := New(s).ByDocID(t.Context(), "RFC 1", "", AllRelations)
	if err != nil {
		t.Fatal(err)
	}
	before, related := len(doc.Item.Relation), len(doc.Related)
	if _, err := New(s).Linked(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Item.Relation) != before || len(doc.Related) != related {
		t.Errorf("%d relations, %d related, were %d and %d", len(doc.Item.Relation), len(doc.Related), before, related)
	}
}

func TestRemarksOnTheSameRelationAreKept(t *testing.T) {
	s := shelve("IETF", "RFC 1; updates=RFC2; updates=RFC 2", "RFC 2")
	s.records[0].Item.Relation[1].Description = &relaton.Text{Content: "in part"}
	doc := linkedOf(t, s, "RFC 1")
	if got := doc.Item.Relation; len(got) != 1 || got[0].Description == nil {
		t.Errorf("relations: %+v", got)
	}
}

// Pages say of related documents whether they still hold.
func TestRelatedDocumentsTellTheirState(t *testing.T) {
	s := shelve("IETF", "RFC 1; updates=RFC2", "RFC 2", "RFC 3; obsoletes=RFC2")
	types := func(of string) (all []string) {
		for _, relation := range linkedOf(t, s, of).Related[0].Item.Relation {
			all = append(all, relation.Type)
		}
		return all
	}
	if got := types("RFC 1"); fmt.Sprint(got) != "[obsoletedBy]" {
		t.Errorf("RFC 2, seen from RFC 1: %v", got)
	}
	if got := types("RFC 3"); fmt.Sprint(got) != "[updatedBy]" {
		t.Errorf("RFC 2, seen from RFC 3: %v", got)
	}
}

func TestManyReferencesAreShownInPages(t *testing.T) {
	docs := []string{"RFC 1"}
	for i := range 250 {
		docs = append(docs, fmt.Sprintf("RFC %d; updates=RFC1", i+2))
	}
	s := shelve("IETF", docs...)
	doc := linkedOf(t, s, "RFC 1")
	if len(doc.Related) != shownRelations || doc.LeftOut["updatedBy"] != 150 || s.queries > 6 {
		t.Errorf("%d relations and %v more by %d queries", len(doc.Related), doc.LeftOut, s.queries)
	}
	page, err := New(s).Related(t.Context(), "RFC 1", "", "updatedBy", 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Related) != 50 || page.All != 250 || page.Last != 3 || page.First != 201 {
		t.Errorf("page %+v with %d relations", page, len(page.Related))
	}
}

// A group finds its members in any spelling.
func TestMembersInAnySpelling(t *testing.T) {
	s := shelve("IETF", "BCP 14; includes=RFC2119; includes=rfc08174; includes=RFC 9", "RFC 2119", "RFC 8174")
	doc, err := New(s).ByDocID(t.Context(), "BCP 14", "", Includes)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Related) != 2 || doc.Related[0].Key != 2 || doc.Related[1].Key != 3 {
		t.Errorf("members: %v", doc.Related)
	}
}

func TestFamilyFollowsWhatOthersState(t *testing.T) {
	s := shelve("IETF", "RFC 2068; obsoletedBy=RFC2616", "RFC 2616", "RFC 7230; obsoletes=RFC2616; obsoletedBy=RFC9110", "RFC 9110", "RFC 7235; obsoletes=RFC 2616")
	f, err := New(s).Family(t.Context(), linkedOf(t, s, "RFC 2616"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(f, f.Successors()), "1 obsoletedBy RFC 7230, 1 obsoletedBy RFC 7235, 2 obsoletedBy RFC 9110"; got != want {
		t.Errorf("successors: %s, want %s", got, want)
	}
	if got, want := told(f, f.Predecessors()), "1 obsoletedBy RFC 2068"; got != want {
		t.Errorf("predecessors: %s, want %s", got, want)
	}
	if f.Members[1].ID != (docid.ID{ID: "RFC 7230", Type: "IETF", Primary: true}) {
		t.Errorf("member %v", f.Members[1].ID)
	}
}

// inferring is a shelf of which some references are inferred.
type inferring struct {
	*shelf
	references []Reference
}

func (s inferring) Referring(_ context.Context, carriers map[int64][]string, types []string, _ int) (all []Reference, err error) {
	for _, r := range s.references {
		if carriers[r.To] != nil && slices.Contains(types, r.Type) {
			all = append(all, r)
		}
	}
	return all, nil
}

func TestInferredRelationsAreMarked(t *testing.T) {
	s := inferring{shelve("IETF", "RFC 9", "draft-a-00"), []Reference{{From: 1, Type: "hasDraft", To: 2, Inferred: true}, {From: 2, Type: "draftOf", To: 1, Inferred: true}}}
	catalog := New(s)
	doc, err := catalog.ByDocID(t.Context(), "draft-a-00", "", NoRelations)
	if err != nil {
		t.Fatal(err)
	}
	linked, err := catalog.Linked(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	if got := linked.Item.Relation; len(got) != 1 || got[0].Type != "draftOf" || !linked.Inferred[0] || got[0].Description.Content != "Inferred: same title and authors." {
		t.Errorf("relations: %+v", got)
	}
	f, err := catalog.Family(t.Context(), linked)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Successors(); len(got) != 1 || !got[0].Inferred || got[0].Relation != "draftOf" {
		t.Errorf("successors: %+v", got)
	}
	s.references[0].Inferred = false
	if linked, err = catalog.Linked(t.Context(), doc); err != nil || len(linked.Inferred) != 0 || linked.Item.Relation[0].Description != nil {
		t.Errorf("what is reported is not inferred: %+v, %v", linked.Item.Relation, err)
	}
}

func TestDraftsOfPredecessorsAreLeftOut(t *testing.T) {
	s := shelve("IETF", "RFC 1; hasDraft=d-1", "d-1", "RFC 2; obsoletes=RFC 1; hasDraft=d-2", "d-2; hasDraft=d-3", "d-3")
	f, err := New(s).Family(t.Context(), linkedOf(t, s, "RFC 2"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(f, f.Predecessors()), "1 obsoletedBy RFC 1, 1 draftOf d-2, 2 draftOf d-3"; got != want {
		t.Errorf("predecessors: %s, want %s", got, want)
	}
	if f, err = New(s).Family(t.Context(), linkedOf(t, s, "d-1")); err != nil {
		t.Fatal(err)
	}
	if got, want := told(f, f.Successors()), "1 draftOf RFC 1, 2 obsoletedBy RFC 2"; got != want {
		t.Errorf("successors: %s, want %s", got, want)
	}
}
