package views

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// twoSources is a document of two records that differ in their titles and dates.
func twoSources() *merge.Document {
	record := func(dataset, title, date string, problems ...relaton.Problem) merge.Record {
		return merge.Record{Dataset: dataset, Ref: "FIPS1", Problems: problems, Item: &relaton.Item{
			DocID: []docid.ID{{ID: "FIPS 1", Type: "NIST", Primary: true}},
			Title: []relaton.Title{{Text: plain(title)}},
			Date:  []relaton.Date{{Type: "published", Value: date}},
		}}
	}
	return merge.Records([]merge.Record{
		record("nist", "Signatures", "2023-02"),
		record("misc", "FIPS 1, Signatures", "2023-02", relaton.Problem{Path: "contributor[1].role[0]", Message: "unknown type of contact: \"telex\"", Line: 7}),
	})
}

func TestOrigins(t *testing.T) {
	m := DocumentOf(twoSources())
	assert.Equal(t, []Title{{Phrase: Phrase{Text: "Signatures"}, From: "nist"}, {Phrase: Phrase{Text: "FIPS 1, Signatures"}, From: "misc"}}, m.Titles)
	assert.Empty(t, m.Dates[0].From, "all say so")
	assert.Empty(t, m.IDs[0].From)

	single := twoSources()
	m = DocumentOf(merge.Records(single.Records[:1]))
	assert.Empty(t, m.Titles[0].From, "there is but one record")

	names := recordNames([]merge.Record{{Dataset: "w3c", Ref: "a"}, {Dataset: "w3c", Ref: "b"}, {Dataset: "misc", Ref: "c"}})
	assert.Equal(t, []string{"w3c/a", "w3c/b", "misc"}, names)
}

func TestProblemsStandBesideTheirField(t *testing.T) {
	record := func(path string) []merge.Record {
		return []merge.Record{{Dataset: "misc", Ref: "x", Item: &relaton.Item{}, Problems: []relaton.Problem{{Path: path, Message: "not a date: \"soon\"", Line: 3}}}}
	}
	for _, c := range []struct{ path, section, where string }{
		{"contributor[1].role[0]", "people", "Second contributor, first role"},
		{"date", "details", "Date"},
		{"docid[0].primary", "identifiers", "First identifier, primary"},
		{"title[20]", "head", "21st title"},
		{"relation[11].bibitem", "relations", "12th relation, bibitem"},
		{"doctype", "details", "Document type"},
		{"", "details", "The record"},
	} {
		got := problemsOf(record(c.path))
		require.Len(t, got, 1)
		assert.Equal(t, FieldProblem{
			Section: c.section, Where: c.where, What: "not a date: \"soon\"",
			Record: "misc/x", URL: RecordURL("misc", "x") + "#L3",
		}, got[0])
	}
	m := DocumentOf(twoSources())
	require.Len(t, m.Problems, 1)
	assert.Equal(t, "provenance", m.Problems[0].Section, "the page has no people")
}

func TestFaultsAreReportedWhereTheSourceIs(t *testing.T) {
	for _, c := range []struct{ name, repository, label, address string }{
		{"GitHub: a new issue", "https://github.com/ietf-tools/relaton-data-misc", "Report a fault", "https://github.com/ietf-tools/relaton-data-misc/issues/new"},
		{"elsewhere: the file", "https://git.example.org/misc.git", "See the file, to report a fault", "https://git.example.org/misc/blob/abc/data/FIPS1.yaml"},
		{"a folder on this machine: nowhere", "/srv/misc", "", ""},
		{"an address with credentials: nowhere", "https://user:pass@github.com/a/b", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := DocumentOf(twoSources())
			m.Locate(func(name string) Dataset { return DatasetOf(name, c.repository, "abc") }, "https://bib.example")
			source := m.Sources[1]
			assert.Equal(t, c.label, source.ReportLabel)
			u, err := url.Parse(source.ReportURL)
			require.NoError(t, err)
			query := u.Query()
			u.RawQuery = ""
			assert.Equal(t, c.address, u.String())
			if len(query) == 0 {
				return
			}
			assert.Equal(t, "Fault in the record of FIPS 1", query.Get("title"))
			for _, said := range []string{
				"Record: https://github.com/ietf-tools/relaton-data-misc/blob/abc/data/FIPS1.yaml\n",
				"https://bib.example" + DocumentURL("FIPS 1", "NIST"),
				"- Second contributor, first role: unknown type of contact: \"telex\"",
			} {
				assert.Contains(t, query.Get("body"), said)
			}
		})
	}
}
