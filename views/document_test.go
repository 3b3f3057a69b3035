package views

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func plain(content string) relaton.Text { return relaton.Text{Content: content} }

func text(content, lang, script string) relaton.Text {
	return relaton.Text{Content: content, Language: []string{lang}, Script: []string{script}}
}

func contributor(name relaton.Text, role string, affiliations ...relaton.Text) relaton.Contributor {
	person := &relaton.Person{Name: relaton.PersonName{CompleteName: &name}}
	for _, affiliation := range affiliations {
		organization := &relaton.Organization{Name: []relaton.Text{affiliation}}
		person.Affiliation = append(person.Affiliation, relaton.Affiliation{Organization: organization})
	}
	return relaton.Contributor{Role: []relaton.Role{{Type: role}}, Person: person}
}

// rfc9000 is RFC 9000 as its record has it, with a record in a second source.
func rfc9000() *merge.Document {
	item := &relaton.Item{
		DocID: []docid.ID{
			{ID: "RFC 9000", Type: "IETF", Primary: true},
			{ID: "RFC9000", Type: "IETF", Scope: "anchor"},
			{ID: "10.17487/RFC9000", Type: "DOI"},
		},
		Title:       []relaton.Title{{Text: plain("QUIC: A UDP-Based Multiplexed and Secure Transport"), Type: "main"}},
		Contributor: []relaton.Contributor{contributor(plain("J. Iyengar"), "editor"), contributor(plain("M. Thomson"), "editor", plain("Mozilla"))},
		Date:        []relaton.Date{{Type: "published", Value: "2021-05"}},
		Link:        []relaton.Link{{Content: "https://www.rfc-editor.org/info/rfc9000", Type: "src"}},
		Abstract:    []relaton.Text{{Content: "<p>The core of a transport.</p><p>In two &lt;paragraphs&gt;.</p>", Format: "text/html"}},
		Keyword:     []relaton.Keyword{{Content: "transport"}, {Content: "transport"}, {Content: " "}},
		Series:      []relaton.Series{{Title: &relaton.Text{Content: "RFC"}, Number: "9000"}},
		Extra:       map[string]any{"ext": map[string]any{"stream": "IETF"}},
	}
	return &merge.Document{
		Item:    item,
		Primary: docid.ID{ID: "RFC 9000", Type: "IETF", Primary: true},
		Records: []merge.Record{
			{Dataset: "rfcs", Ref: "RFC9000", Item: item, IndexedAt: "2026-11-23T11:12:00Z"},
			{Dataset: "misc", Ref: "reference.RFC.9000", Item: item, Problems: []relaton.Problem{{Path: "date[0]"}}},
		},
	}
}

func TestDocumentOf(t *testing.T) {
	m := DocumentOf(rfc9000())

	assert.Equal(t, Identifier{ID: "RFC 9000", Type: "IETF", Primary: true}, m.ID)
	assert.Equal(t, DocumentURL("RFC 9000", "IETF"), m.URL)
	assert.Equal(t, []Title{{Phrase: Phrase{Text: "QUIC: A UDP-Based Multiplexed and Secure Transport"}}}, m.Titles)
	assert.Equal(t, []Phrase{{Text: "J. Iyengar"}, {Text: "M. Thomson"}}, m.Authors)
	assert.Equal(t, "2021-05", m.Date)
	assert.Equal(t, "https://doi.org/10.17487/RFC9000", m.IDs[2].URL)
	assert.Equal(t, "anchor", m.IDs[1].Scope)
	assert.Equal(t, Person{Name: Phrase{Text: "M. Thomson"}, Roles: []string{"Editor"}, Affiliations: []Phrase{{Text: "Mozilla"}}}, m.People[1])
	assert.Equal(t, []Date{{Term: "Published", Value: "2021-05"}}, m.Dates)
	assert.Equal(t, []Passage{{Paragraphs: []string{"The core of a transport.", "In two <paragraphs>."}}}, m.Abstracts)
	assert.Equal(t, []string{"transport"}, m.Keywords)
	assert.Equal(t, []Link{{"https://www.rfc-editor.org/info/rfc9000", "rfc-editor.org"}}, m.Links)
	assert.Equal(t, []Source{
		{Dataset: "rfcs", Ref: "RFC9000", URL: RecordURL("rfcs", "RFC9000"), IndexedAt: time.Date(2026, 11, 23, 11, 12, 0, 0, time.UTC)},
		{Dataset: "misc", Ref: "reference.RFC.9000", URL: RecordURL("misc", "reference.RFC.9000"), Problems: 1},
	}, m.Sources)
}

func TestTitles(t *testing.T) {
	formatted := plain("ISO 1")
	tests := []struct {
		name string
		item relaton.Item
		want []Title
	}{
		{
			"the main one first, in its language",
			relaton.Item{Title: []relaton.Title{{Text: plain("Part 2"), Type: "title-part"}, {Text: text("Titre", "fr", "Latn"), Type: "main"}}},
			[]Title{{Phrase: Phrase{"Titre", "fr"}}, {Phrase: Phrase{Text: "Part 2"}, Kind: "Part"}},
		},
		{"the reference instead of a title", relaton.Item{FormattedRef: &formatted}, []Title{{Phrase: Phrase{Text: "ISO 1"}}}},
		{"the identifier instead of a title", relaton.Item{DocID: []docid.ID{{ID: "X 1"}}}, []Title{{Phrase: Phrase{Text: "X 1"}}}},
		{"nothing at all", relaton.Item{}, []Title{{Phrase: Phrase{Text: "Untitled document"}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, DocumentOf(&merge.Document{Item: &test.item}).Titles)
		})
	}
}

func TestEachDOIHasOneLabel(t *testing.T) {
	require.Equal(t, []Link{
		{URL: "https://doi.org/10.1109/IEEESTD.2019.8766229", Label: "DOI"},
		{URL: "https://doi.org/10.1002/(SICI)1097%3C1%3E", Label: "DOI"},
		{URL: "https://publisher.example/article", Label: "DOI"},
		{URL: "https://www.doi.org/the-identifier", Label: "doi.org"},
	}, linksOf([]relaton.Link{
		{Content: "https://doi.org/10.1109/IEEESTD.2019.8766229"},
		{Content: "http://dx.doi.org/10.1109/ieeestd.2019.8766229", Type: "doi"},
		{Content: "https://www.doi.org/10.1109/IEEESTD.2019.8766229", Type: "src"},
		{Content: "http://doi.org/10.1002/(SICI)1097%3C1%3E", Type: "doi"},
		{Content: "https://publisher.example/article", Type: "doi"},
		{Content: "https://www.doi.org/the-identifier"},
	}))
	require.Equal(t, []Identifier{
		{ID: "10.17487/RFC2119", Type: "DOI", URL: "https://doi.org/10.17487/RFC2119"},
		{ID: "RFC 2119", Type: "IETF"},
	}, identifiersOf([]docid.ID{{ID: "10.17487/RFC2119", Type: "DOI"}, {ID: "RFC 2119", Type: "IETF"}, {ID: "10.17487/rfc2119", Type: "DOI"}}))
}

func TestLinksAreSafeAndNotRepeated(t *testing.T) {
	got := linksOf([]relaton.Link{
		{Content: "javascript:alert(1)", Type: "src"},
		{Content: "https://example.org/a.pdf", Type: "pdf"},
		{Content: "https://example.org/a", Type: "src"},
		{Content: "https://example.org/a", Type: "self"},
		{Content: "not an address"},
	})
	assert.Equal(t, []Link{{"https://example.org/a.pdf", "PDF"}, {"https://example.org/a", "example.org"}}, got)
}

func TestRevisionStandsInForDates(t *testing.T) {
	m := DocumentOf(&merge.Document{Item: &relaton.Item{RevDate: "2019-02"}})
	assert.Equal(t, []Date{{Term: "Revised", Value: "2019-02"}}, m.Dates)
	assert.Equal(t, "2019-02", m.Date)
}

func TestAuthorsUnderTheTitle(t *testing.T) {
	publisher := relaton.Contributor{
		Role:         []relaton.Role{{Type: "publisher"}},
		Organization: &relaton.Organization{Name: []relaton.Text{plain("RFC Publisher")}},
	}
	author := contributor(plain("S. Crocker"), "author")
	reviewer := contributor(plain("R. Viewer"), "reviewer")

	assert.Equal(t, []Phrase{{Text: "S. Crocker"}}, creatorsOf([]relaton.Contributor{publisher, author, author, reviewer}))
	assert.Equal(t, []Phrase{{Text: "RFC Publisher"}}, creatorsOf([]relaton.Contributor{publisher, reviewer}))
	assert.Empty(t, creatorsOf([]relaton.Contributor{reviewer}))
}

func TestOrganizations(t *testing.T) {
	abbreviation := plain("IEEE")
	people := peopleOf([]relaton.Contributor{
		{
			Role: []relaton.Role{{Type: "author"}, {Type: "publisher"}, {Type: "author"}},
			Organization: &relaton.Organization{
				Name:         []relaton.Text{plain("Institute of Electrical and Electronics Engineers")},
				Abbreviation: &abbreviation,
				URL:          "http://www.ieee.org",
			},
		},
		{Organization: &relaton.Organization{Abbreviation: &abbreviation, URL: "javascript:alert(1)"}},
		{Role: []relaton.Role{{Type: "author"}}},
	})
	assert.Equal(t, []Person{
		{
			Name: Phrase{Text: "Institute of Electrical and Electronics Engineers"}, Organization: true,
			Abbreviation: "IEEE", Roles: []string{"Author", "Publisher"}, URL: "http://www.ieee.org",
		},
		{Name: Phrase{Text: "IEEE"}, Organization: true},
	}, people)
}

func TestNamesKeepTheirLanguage(t *testing.T) {
	surname := text("Чайковский", "ru", "Cyrl")
	inParts := &relaton.Person{Name: relaton.PersonName{Surname: &surname}}
	assert.Equal(t, Phrase{"Чайковский", "ru"}, fullName(inParts))
	assert.Equal(t, Phrase{"王小云", "zh"}, fullName(contributor(text("王小云", "zh", "Hans"), "author").Person))
}

func TestHitOf(t *testing.T) {
	doc := rfc9000()
	for i := range 4 {
		doc.Item.Contributor = append(doc.Item.Contributor, contributor(plain(fmt.Sprintf("A. Author %d", i)), "author"))
	}
	doc.Item.Extra["docstatus"] = map[string]any{"stage": map[string]any{"value": "withdrawn"}}
	hit := HitOf(doc)

	assert.Equal(t, "RFC 9000", hit.ID.ID)
	assert.Equal(t, DocumentURL("RFC 9000", "IETF"), hit.URL)
	assert.Len(t, hit.People, 4)
	assert.Equal(t, 2, hit.More)
	assert.Equal(t, "2021-05", hit.Date)
	assert.Equal(t, "Withdrawn", hit.Status)
	assert.Equal(t, "The core of a transport. In two <paragraphs>.", hit.Abstract.Text)
	assert.Equal(t, []string{"rfcs", "misc"}, hit.Datasets)
	assert.Empty(t, hit.Superseded)

	for _, id := range []string{"RFC 10000", "RFC 10001", "RFC 10001", "RFC 10002", "RFC 10003"} {
		target := &relaton.Item{DocID: []docid.ID{{ID: id, Type: "IETF", Primary: true}}}
		doc.Item.Relation = append(doc.Item.Relation, relaton.Relation{Type: "obsoletedBy", Bibitem: target})
	}
	assert.Equal(t, []string{"RFC 10000", "RFC 10001", "RFC 10002"}, HitOf(doc).Superseded)
}

func TestRecordOf(t *testing.T) {
	dataset := DatasetOf("rfcs", "https://github.com/ietf-tools/relaton-data-rfcs", "abc")
	record := RecordOf(&catalog.RecordDetail{Record: rfc9000().Records[0]}, dataset)
	assert.Equal(t, "RFC 9000", record.ID)
	assert.Equal(t, DocumentURL("RFC 9000", "IETF"), record.DocumentURL)
	assert.Equal(t, "https://github.com/ietf-tools/relaton-data-rfcs/blob/abc/data/RFC9000.yaml", record.UpstreamURL)

	broken := RecordOf(&catalog.RecordDetail{Record: merge.Record{Ref: "broken", Problems: []relaton.Problem{{Path: "a", Message: "b", Line: 3}}}}, dataset)
	assert.Empty(t, broken.DocumentURL)
	assert.Equal(t, []Problem{{Path: "a", Message: "b", Line: 3}}, broken.Problems)
}

func TestDatasetOf(t *testing.T) {
	local := DatasetOf("rfcs", "/srv/rfcs", "0123456789")
	assert.Equal(t, Dataset{Name: "rfcs", Title: "RFCs", URL: DatasetURL("rfcs"), Commit: "0123456789"}, local)
	assert.Equal(t, "0123456", shortCommit(local.Commit))
	assert.Empty(t, DatasetOf("new", "", "").Title)
}

func TestRelations(t *testing.T) {
	target := func(id string) *relaton.Item {
		return &relaton.Item{DocID: []docid.ID{{ID: id, Type: "IETF", Primary: true}}}
	}
	found := rfc9000()
	note := plain("in part")
	doc := &merge.Document{
		Item: &relaton.Item{Relation: []relaton.Relation{
			{Type: "updates", Bibitem: target("RFC 9000"), Description: &note},
			{Type: "includes", Bibitem: target("RFC 1")},
			{Type: "obsoletedBy", Bibitem: &relaton.Item{FormattedRef: &relaton.Text{Content: "RFC10"}}},
			{Type: "updates", Bibitem: target("RFC 2")},
			{Type: "updates", Bibitem: target("RFC 2")},
			{Type: "", Bibitem: target("RFC 3")},
			{Type: "updates"},
		}},
		Related: map[int]*merge.Document{0: found},
	}
	groups := relationsOf(doc)

	require.Len(t, groups, 4)
	assert.Equal(t, []string{"Obsoleted by", "Updates", "Includes", "Related"}, []string{groups[0].Label, groups[1].Label, groups[2].Label, groups[3].Label})
	assert.Equal(t, []Relation{{ID: "RFC10"}}, groups[0].Relations)
	assert.Equal(t, []Relation{
		{ID: "RFC 9000", Title: DocumentOf(found).Titles[0].Phrase, Note: "in part", URL: DocumentURL("RFC 9000", "IETF"), Date: "2021-05"},
		{ID: "RFC 2"},
	}, groups[1].Relations)
}
