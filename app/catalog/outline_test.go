package catalog

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// newGroupShelf has a group of so many members, each of which takes some bytes.
func newGroupShelf(count, size int) *shelf {
	s := &shelf{}
	var relations []relaton.Relation
	for i := range count {
		id := fmt.Sprintf("RFC %d", i+1)
		member := record(int64(i+1), id, "IETF", "Member "+id)
		member.Size = size
		s.records = append(s.records, member)
		relations = append(relations, relation("includes", id), relation("updates", "RFC 99999"))
	}
	s.records = append(s.records, record(int64(count+1), "BCP 14", "IETF", "Group", relations...))
	return s
}

func TestOutline(t *testing.T) {
	catalog := New(newGroupShelf(250, 0))
	whole, err := catalog.ByDocID(t.Context(), "BCP 14", "", NoRelations)
	require.NoError(t, err)
	doc, err := catalog.Outline(t.Context(), whole)
	require.NoError(t, err)
	require.Len(t, doc.Item.Relation, 2*shownRelations)
	require.Len(t, doc.Related, shownRelations)
	require.Equal(t, map[string]int{"includes": 150, "updates": 150}, doc.LeftOut)
}

func TestRelated(t *testing.T) {
	catalog := New(newGroupShelf(250, 0))
	for number, want := range map[int][]string{1: {"RFC 1", "RFC 100"}, 2: {"RFC 101", "RFC 200"}, 3: {"RFC 201", "RFC 250"}} {
		page, err := catalog.Related(t.Context(), "BCP 14", "", "includes", number)
		require.NoError(t, err)
		last := len(page.Item.Relation) - 1
		require.Equal(t, want, []string{page.Related[0].Primary.ID, page.Related[last].Primary.ID})
		require.Equal(t, []int{number, 3, 100*(number-1) + 1, 250}, []int{page.Number, page.Last, page.First, page.All})
	}
	for _, c := range []struct {
		id, kind string
		number   int
	}{{"BCP 14", "includes", 4}, {"BCP 14", "obsoletes", 1}, {"BCP 15", "includes", 1}} {
		_, err := catalog.Related(t.Context(), c.id, "", c.kind, c.number)
		require.True(t, fault.Is(err, fault.NotFound), "%v: %v", c, err)
	}
}

// What relations lead to is bounded by bytes, also where one document is named again and again.
func TestExpandedIsBounded(t *testing.T) {
	const size = maxExpanded / 100
	shelf := newGroupShelf(2500, size)
	doc, err := New(shelf).ByDocID(t.Context(), "BCP 14", "", Includes)
	require.NoError(t, err)
	require.Len(t, doc.Related, 100)
	require.Equal(t, 4, shelf.queries, "no more is read than is needed")

	same := make([]relaton.Relation, 300)
	for i := range same {
		same[i] = relation("includes", "RFC 1")
	}
	shelf.records = []merge.Record{shelf.records[0], record(2, "BCP 14", "IETF", "Group", same...)}
	doc, err = New(shelf).ByDocID(t.Context(), "BCP 14", "", Includes)
	require.NoError(t, err)
	require.Len(t, doc.Related, 100)
}

func TestOutlineLeavesTheDocument(t *testing.T) {
	c := New(newShelf())
	group, err := c.ByDocID(t.Context(), "BCP 14", "IETF", NoRelations)
	if err != nil {
		t.Fatal(err)
	}
	outline, err := c.Outline(t.Context(), group)
	if err != nil || len(outline.Related) != 2 {
		t.Errorf("%d members are expanded, %v; want 2", len(outline.Related), err)
	}
	if group.Related != nil {
		t.Error("the document was changed")
	}
}
