package views

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func groupOfMembers(count int) *merge.Document {
	item := &relaton.Item{DocID: []docid.ID{{ID: "BCP 14", Type: "IETF", Primary: true}}}
	for i := range count {
		item.Relation = append(item.Relation, relaton.Relation{Type: "includes", Bibitem: &relaton.Item{FormattedRef: &relaton.Text{Content: fmt.Sprintf("M %d", i)}}})
	}
	return &merge.Document{Item: item, Primary: item.DocID[0]}
}

// A long group is folded, tells the number of all, and leads to the list of them.
func TestRelationsThatAreLeftOut(t *testing.T) {
	m := DocumentOf(groupOfMembers(250).Beginning(100))
	require.Len(t, m.Relations, 1)
	group := m.Relations[0]
	assert.Equal(t, []any{100, 150, 150, "/get-one/relations/?docid=BCP+14&doctype=IETF&type=includes"}, []any{len(group.Relations), group.More, m.MembersLeft, group.URL})

	doc := render(t, relationGroup(group))
	assert.Equal(t, "Includes 250", strings.Join(strings.Fields(content(find(doc, "h3")[0])), " "))
	assert.Equal(t, []string{"Show 88 more"}, contents(doc, "summary"))
	assert.Len(t, find(doc, "li"), 100)
	assert.Equal(t, []string{group.URL}, attributes(find(doc, "a"), "href"))

	short := DocumentOf(groupOfMembers(5).Beginning(100)).Relations[0]
	assert.Empty(t, find(render(t, relationGroup(short)), "a"))
}

func TestRelationsPage(t *testing.T) {
	section := groupOfMembers(250)
	section.Item.Relation = section.Item.Relation[100:200]
	m := RelationListOf(&catalog.RelationPage{Linked: &catalog.Linked{Document: section}, Number: 2, Last: 3, First: 101, All: 250}, "includes")
	doc := render(t, RelationsPage(Frame{}, m))
	text := content(doc)
	assert.Contains(t, text, "101 to 200 of 250")
	assert.Contains(t, text, "M 199")
	assert.NotContains(t, text, "M 200")
	nav := findWith(doc, "aria-label", "Pages of relations")
	require.Len(t, nav, 1)
	const page = "/get-one/relations/?docid=BCP+14&doctype=IETF&type=includes"
	assert.Equal(t, []string{page, page, page + "&page=3", page + "&page=3"}, attributes(find(nav[0], "a"), "href"))
}

// What is too long for a page is shown as far as that goes, and is not offered for copying.
func TestCitationsThatAreTooLong(t *testing.T) {
	long := strings.Repeat("<t>é</t>\n", shownText/4)
	m := Document{BibXML: long, Kramdown: long, Text: long}
	for _, citation := range citations(m, "") {
		block := citation.Blocks[0]
		assert.True(t, block.Cut)
		assert.LessOrEqual(t, len(block.Text), shownText)
		assert.True(t, strings.HasSuffix(block.Text, "</t>\n"))
		assert.Contains(t, block.Note, "Only the beginning is shown")
		assert.Empty(t, find(render(t, citationBlock(block)), "button"))
	}
	m = Document{BibXML: "<a/>", MembersLeft: 1}
	assert.Contains(t, citations(m, "")[0].Blocks[0].Note, "the download has 1 more")
	m.MembersLeft = 0
	assert.False(t, citations(m, "")[0].Blocks[0].Cut)
	beginning, cut := beginningOf(strings.Repeat("é", shownText))
	assert.True(t, cut)
	assert.Equal(t, strings.Repeat("é", shownText/2), beginning)
}
