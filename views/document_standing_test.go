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

// member is a document of a family: "RFC 9000 2021".
func member(line string) catalog.Relative {
	at := strings.LastIndexByte(line, ' ')
	id := docid.ID{ID: line[:at], Type: "IETF", Primary: true}
	item := &relaton.Item{DocID: []docid.ID{id}, Date: []relaton.Date{{Type: "published", Value: line[at+1:]}}}
	return catalog.Relative{ID: id, Item: item, Document: &merge.Document{Item: item, Primary: id}}
}

// familyOf is a family in which each member obsoletes the one before.
func familyOf(lines ...string) *catalog.Family {
	f := &catalog.Family{}
	for i, line := range lines {
		f.Members = append(f.Members, member(line))
		if i > 0 {
			f.Replaced = append(f.Replaced, catalog.Replacement{Old: i - 1, New: i, Relation: "obsoletedBy"})
		}
	}
	return f
}

// fork is a family in which the first member was replaced by all others at once.
func fork(lines ...string) *catalog.Family {
	f := familyOf(lines...)
	for i := range f.Replaced {
		f.Replaced[i].Old = 0
	}
	return f
}

// versions is a family of versions of one draft, the page being of the first of them.
func versions(n int) *catalog.Family {
	f := &catalog.Family{}
	for i := range n {
		f.Members = append(f.Members, member(fmt.Sprintf("draft-a-%02d %d", i, 2001+i)))
		f.Members[i].ID.Type = "Internet-Draft"
		f.Members[i].Edition, _ = docid.EditionOf(f.Members[i].ID)
		f.Editions = append(f.Editions, i)
		if i > 0 {
			f.Replaced = append(f.Replaced, catalog.Replacement{Old: i - 1, New: i, Relation: "hasSuccessor"})
		}
	}
	f.Latest = n - 1
	return f
}

// releases is a family of three releases of 3GPP, in the order in which the page is of the one at a place; latest and byDate are
// members of the family.
func releases(of, latest, byDate int) *catalog.Family {
	f := versions(3)
	for i := range f.Members {
		release := (i+of)%3 + 16
		f.Members[i] = member(fmt.Sprintf("3GPP TS 1.2:REL-%d/%d.0.0 %d", release, release, 2001+i))
		f.Members[i].ID.Type = "3GPP"
		f.Members[i].Edition, _ = docid.EditionOf(f.Members[i].ID)
	}
	if f.Latest, f.ByDate = latest, byDate; latest == 0 {
		f.Replaced = nil
	}
	return f
}

// said writes a notice as it is read: its sentence, and its chain.
func said(n Notice) string {
	var b strings.Builder
	b.WriteString(n.Lead + " " + n.Text)
	for i, link := range n.Links {
		b.WriteString(" " + link.ID + afterLink(n, i))
	}
	for i, step := range n.Chain {
		separator := " → "
		if i == 0 {
			separator = " | "
		}
		for _, link := range step {
			b.WriteString(separator + link.ID)
			if link.More > 0 {
				fmt.Fprintf(&b, " +%d", link.More)
			}
			separator = ", "
		}
	}
	return b.String()
}

func TestStanding(t *testing.T) {
	updates := RelationGroup{Kind: "updatedBy", Relations: make([]Relation, 10)}
	for i := range updates.Relations {
		updates.Relations[i].ID = fmt.Sprint("RFC ", i)
	}
	work := versions(3)
	work.Members = append([]catalog.Relative{{ID: docid.ID{ID: "draft-a", Type: "Internet-Draft"}, Item: &relaton.Item{}}}, work.Members...)
	work.Replaced = []catalog.Replacement{{Old: 0, New: 3, Relation: "hasEdition"}}
	work.Editions, work.Latest = []int{1, 2, 3}, 3
	for _, c := range []struct {
		name   string
		family *catalog.Family
		model  Document
		want   []string
	}{
		{"in force", familyOf("RFC 1 1969"), Document{}, nil},
		{"replaced", familyOf("RFC 1 1969", "RFC 2 1970-04"), Document{}, []string{"Obsolete. Replaced by RFC 2 (April 1970)."}},
		{"replaced again", familyOf("RFC 1 1969", "RFC 2 1970", "RFC 3 1971"), Document{}, []string{"Obsolete. Replaced, in the end, by RFC 3 (1971). | RFC 1 → RFC 2 → RFC 3"}},
		{"replaced by several", fork("RFC 1 1969", "RFC 2 1970", "RFC 3 1970"), Document{}, []string{"Obsolete. Replaced by RFC 2, RFC 3."}},
		{"versions between are left out", versions(20), Document{}, []string{"Not the newest version. The newest is draft-a-19 (2020)."}},
		{"all versions", work, Document{}, []string{"All versions. The latest is draft-a-02 (2003)."}},
		{"withdrawn", familyOf("RFC 1 1969"), Document{Status: "Withdrawn"}, []string{"Withdrawn. Its publisher has withdrawn it."}},
		{"a successor says more than the state", familyOf("RFC 1 1969", "RFC 2 1970"), Document{Status: "Superseded"}, []string{"Obsolete. Replaced by RFC 2 (1970)."}},
		{"3GPP, newer by release and by date", releases(0, 2, 2), Document{}, []string{"Not the newest version. The newest, by release and by date, is 3GPP TS 1.2:REL-18/18.0.0 (2003)."}},
		{"3GPP, newer by release and another by date", releases(0, 2, 1), Document{}, []string{
			"Not the newest version. The newest by release is 3GPP TS 1.2:REL-18/18.0.0 (2003).",
			"Newest by date: the xml2rfc path of this number leads to 3GPP TS 1.2:REL-17/17.0.0 (2002).",
		}},
		{"3GPP, the newest by date alone", releases(0, 2, 0), Document{}, []string{
			"Not the newest version. The newest by release is 3GPP TS 1.2:REL-18/18.0.0 (2003).",
			"The newest by date. The xml2rfc path of this number leads to this version.",
		}},
		{"3GPP, the newest by both", releases(2, 0, 0), Document{}, nil},
		{"updated", familyOf("RFC 1 1969"), Document{Relations: []RelationGroup{updates}}, []string{"Updated by  RFC 0, RFC 1, RFC 2, RFC 3, RFC 4, RFC 5, RFC 6, RFC 7"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, notice := range noticesOf(&c.model, c.family) {
				got = append(got, said(notice))
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestDraftsSayWhatTheyBecame(t *testing.T) {
	// draft is a family of three versions, of which the last became an RFC, as seen from one of them.
	draft := func(inferred bool, later ...string) *catalog.Family {
		f := versions(3)
		for i, line := range append([]string{"RFC 9 2004-04"}, later...) {
			relation, old := draftOf, 2
			if i > 0 {
				relation, old = "obsoletedBy", len(f.Members)-1
			}
			f.Members = append(f.Members, member(line))
			f.Replaced = append(f.Replaced, catalog.Replacement{Old: old, New: len(f.Members) - 1, Relation: relation, Inferred: inferred && i == 0})
		}
		return f
	}
	last := draft(false)
	last.Members, last.Editions, last.Latest = last.Members[2:], []int{0}, 0
	last.Replaced = []catalog.Replacement{{Old: 0, New: 1, Relation: draftOf}}
	renamed := familyOf("draft-ito-a-00 2000", "draft-ietf-a-01 2003", "RFC 9 2004")
	renamed.Replaced[1].Relation = draftOf
	for _, c := range []struct {
		name   string
		family *catalog.Family
		want   []string
	}{
		{"the last version", last, []string{"A draft. Published as RFC 9 (April 2004)."}},
		{"an older version", draft(false), []string{"A draft. Published as RFC 9 (April 2004).", "Not the newest version. The newest is draft-a-02 (2003)."}},
		{"inferred", draft(true), []string{"A draft. Probably published as RFC 9 (April 2004; same title and authors).", "Not the newest version. The newest is draft-a-02 (2003)."}},
		{"the RFC was replaced", draft(false, "RFC 10 2010"), []string{
			"A draft. Published as RFC 9 (April 2004). | draft-a-00 → draft-a-02 → RFC 9 → RFC 10", "Not the newest version. The newest is draft-a-02 (2003).",
		}},
		{"under another name", renamed, []string{"A draft. Published as RFC 9 (2004).", "Obsolete. Replaced by draft-ietf-a-01 (2003)."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, notice := range noticesOf(&Document{}, c.family) {
				got = append(got, said(notice))
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestCitingADraftWarns(t *testing.T) {
	rfc := Relation{ID: "RFC 9", URL: DocumentURL("RFC 9", "IETF")}
	text := func(inferred bool) string {
		doc := render(t, cite(Frame{}, Document{Published: []Published{{rfc, inferred}}}))
		assert.Contains(t, attributes(find(doc, "a"), "href"), rfc.URL)
		return strings.Join(strings.Fields(content(doc)), " ")
	}
	assert.Contains(t, text(false), "Published as RFC 9: cite the RFC instead.")
	assert.Contains(t, text(true), "Probably published as RFC 9 (same title and authors): check, and cite the RFC instead.")
	assert.NotContains(t, content(render(t, cite(Frame{}, Document{}))), "ublished as")
}

func TestWideStepsAreShortened(t *testing.T) {
	f := fork("RFC 1 1969", "RFC 2 1970", "RFC 3 1970", "RFC 4 1970", "RFC 5 1970", "RFC 6 1970", "RFC 7 1970")
	f.Members = append(f.Members, member("RFC 9 1980"))
	f.Replaced = append(f.Replaced, catalog.Replacement{Old: 1, New: 7, Relation: "obsoletedBy"})
	notices := noticesOf(&Document{}, f)
	require.Len(t, notices, 1)
	assert.Equal(t, "Obsolete. Replaced, in the end, by RFC 9 (1980). | RFC 1 → RFC 2, RFC 3, RFC 4, RFC 5 +2 → RFC 9", said(notices[0]))
}

func TestNoBlankBeforeACommaOrAStop(t *testing.T) {
	m := DocumentOf(rfc9000())
	m.Notices = []Notice{{Lead: "Updated by", Links: []Relation{{ID: "RFC 1", URL: DocumentURL("RFC 1", "")}, {ID: "RFC 2"}, {ID: "RFC 3", URL: DocumentURL("RFC 3", "")}}}}
	page := strings.Join(strings.Fields(content(render(t, DocumentPage(testFrame, m)))), " ")
	assert.Contains(t, page, "Updated by RFC 1, RFC 2, RFC 3.")
}

func TestStateOf(t *testing.T) {
	by := func(kind, id string) *relaton.Item {
		return &relaton.Item{Relation: []relaton.Relation{{Type: kind, Bibitem: &relaton.Item{DocID: []docid.ID{{ID: id, Type: "IETF", Primary: true}}}}}}
	}
	for _, c := range []struct {
		name string
		item *relaton.Item
		want string
	}{
		{"in force", &relaton.Item{}, ""},
		{"obsolete", by("obsoletedBy", "RFC 2"), "Obsolete"},
		{"updated", by("updatedBy", "RFC 2"), "Updated"},
		{"by the document of the page: that goes without saying", by("updatedBy", "RFC 1"), ""},
		{"withdrawn", &relaton.Item{Extra: map[string]any{"docstatus": map[string]any{"stage": map[string]any{"value": "withdrawn"}}}}, "Withdrawn"},
	} {
		assert.Equal(t, c.want, stateOf(c.item, docid.ID{ID: "RFC 1"}), c.name)
	}
}

func TestTimeline(t *testing.T) {
	for _, c := range []struct {
		name   string
		family *catalog.Family
		groups []RelationGroup
		rows   []string // label, and where its line begins and ends
		years  []int
	}{
		{"the document alone", familyOf("RFC 1 1969"), nil, nil, nil},
		{"a chain, each until the next", familyOf("RFC 1 1970", "RFC 2 1975", "RFC 3 1980"), nil, []string{
			"RFC 1 1.00%–45.55% itself", "RFC 2 45.55%–90.09%", "RFC 3 90.09%–100% open",
		}, []int{1970, 1975, 1980}},
		{"what has no date is in the table alone", familyOf("RFC 1 1970", "RFC 2 unknown", "RFC 3 1980"), nil, []string{
			"RFC 1 1.00%–100% itself open", "RFC 3 90.09%–100% open",
		}, []int{1970, 1975, 1980}},
		{"many versions in one row", versions(20), nil, []string{"draft-a-00 1.00%–5.67% itself", "19 other versions •19"}, []int{2005, 2010, 2015, 2020}},
		{"updates in one row", familyOf("RFC 3 1972"), []RelationGroup{{Kind: "updates", Relations: []Relation{{ID: "RFC 1", Date: "1970"}, {ID: "RFC 2", Date: "1971"}, {ID: "RFC 0"}}}}, []string{
			"RFC 3 66.33%–100% itself open", "Updates 3 •2",
		}, []int{1970, 1971, 1972}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := timelineOf(c.family, c.groups)
			var rows []string
			for _, row := range got.Rows {
				line := row.Label
				if len(row.Dots) > 0 {
					line += fmt.Sprint(" •", len(row.Dots))
				} else {
					line += " " + row.From + "–" + row.To
				}
				if row.Self {
					line += " itself"
				}
				if row.Open {
					line += " open"
				}
				rows = append(rows, line)
			}
			assert.Equal(t, c.rows, rows)
			var years []int
			for _, tick := range got.Ticks {
				years = append(years, tick.Year)
			}
			assert.Equal(t, c.years, years)
		})
	}
}

func TestTimelinesAreBounded(t *testing.T) {
	var lines []string
	for i := range 90 {
		lines = append(lines, fmt.Sprintf("RFC %d %d", i+1, 1970+i))
	}
	got := timelineOf(familyOf(lines...), nil)
	assert.Len(t, got.Rows, shownLines)
	assert.True(t, got.Rows[0].Self, "the nearest ones are drawn")
	assert.Len(t, got.Table, shownEntries)
	assert.LessOrEqual(t, len(got.Ticks), 6)
}
