package views

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func fieldsOf(paths ...string) []relaton.FieldChange {
	fields := make([]relaton.FieldChange, len(paths))
	for i, path := range paths {
		fields[i] = relaton.FieldChange{Path: path, Before: "a", After: "b"}
	}
	return fields
}

func TestChangeInOneLine(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]Change{
		"New in rfcs":                                      {Kind: catalog.Added, Dataset: "rfcs"},
		"Withdrawn from rfcs":                              {Kind: catalog.Removed, Dataset: "rfcs"},
		"Changed in rfcs: date[0].value":                   {Kind: catalog.Changed, Dataset: "rfcs", Fields: fieldsOf("date[0].value")},
		"Changed in ids: a, b":                             {Kind: catalog.Changed, Dataset: "ids", Fields: fieldsOf("a", "b")},
		"Changed in ids: a, b and 3 other fields":          {Kind: catalog.Changed, Dataset: "ids", Fields: fieldsOf("a", "b"), More: 3},
		"Changed in ids: a, b, c, d, e and 1 other field":  {Kind: catalog.Changed, Dataset: "ids", Fields: fieldsOf("a", "b", "c", "d", "e", "f")},
		"Changed in ids: a, b, c, d, e and 5 other fields": {Kind: catalog.Changed, Dataset: "ids", Fields: fieldsOf("a", "b", "c", "d", "e", "f"), More: 4},
	} {
		require.Equal(t, want, change.summary())
	}
}

func TestWhereAChangeLeads(t *testing.T) {
	t.Parallel()
	rfc := docid.ID{ID: "RFC 1", Type: "IETF"}
	for name, test := range map[string]struct {
		change  catalog.Change
		url     string
		heading string
	}{
		"to the document":           {catalog.Change{Kind: catalog.Changed, Dataset: "rfcs", Ref: "RFC1", DocID: rfc, Title: "Host"}, DocumentURL("RFC 1", "IETF"), "RFC 1: Host"},
		"to the record":             {catalog.Change{Kind: catalog.Added, Dataset: "misc", Ref: "a b"}, "/indexed-sources/relaton-data-misc/a%20b/", "a b"},
		"to what is left of it":     {catalog.Change{Kind: catalog.Removed, Dataset: "rfcs", Ref: "RFC1", DocID: rfc}, "/indexed-sources/relaton-data-rfcs/RFC1/", "RFC 1"},
		"nowhere but to the record": {catalog.Change{Kind: catalog.Added, Dataset: "misc", Ref: "a", Title: "Thing"}, "/indexed-sources/relaton-data-misc/a/", "a: Thing"},
	} {
		model := ChangeOf(&test.change, "https://example.org/repo.git")
		require.Equal(t, test.url, model.URL, name)
		require.Equal(t, test.heading, model.heading(), name)
	}
}

// A change is named by what it is, not by where it is told.
func TestNamesOfChanges(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 12, 0, 0, 123456000, time.UTC)
	change := catalog.Change{Number: 7, Dataset: "rfcs", Ref: "RFC1", Commit: "abc", At: at}
	elsewhere := change
	elsewhere.Number, elsewhere.At = 8, at.In(time.FixedZone("CET", 3600))
	require.Equal(t, ChangeOf(&change, "").ID, ChangeOf(&elsewhere, "https://example.org").ID)
	require.Equal(t, "urn:uuid:2557a477-f5b6-5f02-afae-b97b34c35a70", ChangeOf(&change, "").ID, "names that readers know must not change")
	later := change
	later.At = at.Add(time.Microsecond)
	require.NotEqual(t, ChangeOf(&change, "").ID, ChangeOf(&later, "").ID)
}

func TestFeedOfHostileChanges(t *testing.T) {
	t.Parallel()
	feed := Feed{Service: hostile, Title: hostile, Origin: "https://bib.example", URL: "/feed.atom", First: "/feed.atom", PageURL: "/", Changes: []Change{{
		ID: hostile, Kind: hostile, Dataset: hostile, Ref: hostile, DocID: hostile, Title: hostile + "\x00\x1b", Commit: hostile, CommitURL: hostile,
		RecordURL: hostile, URL: hostile, Fields: []relaton.FieldChange{{Path: hostile, Before: hostile, After: hostile}}, More: 2,
	}}}
	body, err := feed.Atom(t.Context())
	require.NoError(t, err)
	require.NotContains(t, string(body), "<script")
	require.NotContains(t, string(body), "\x1b")
	require.Equal(t, 1, strings.Count(string(body), "<entry>"))
}

func TestRecordPageShowsChanges(t *testing.T) {
	t.Parallel()
	doc := render(t, allPages()["record changed"])
	require.Equal(t, "Old title", content(find(doc, "del")[0]))
	require.Equal(t, "New title", content(find(doc, "ins")[0]))
	require.NotEmpty(t, findWith(doc, "href", "https://github.com/ietf-tools/relaton-data-rfcs/commit/0123456789"))
	require.Contains(t, content(byID(t, doc, "changes")), "And 2 other fields.")
	require.Contains(t, content(byID(t, doc, "changes")), "New")
}

// How old a source is follows from when it was looked at: one that does not change does not grow old.
func TestAgeOfASource(t *testing.T) {
	t.Parallel()
	doc := render(t, allPages()["home stale"])
	sources := content(byID(t, doc, "sources"))
	require.Contains(t, sources, "stale")
	require.Contains(t, sources, "2 days ago")
	require.NotContains(t, content(byID(t, render(t, allPages()["home"]), "sources")), "stale")
}
