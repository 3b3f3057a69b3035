package views

import (
	"time"

	"github.com/a-h/templ"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

var testFrame = Frame{
	Service: "BibXML",
	Contact: "tools@example.org",
	Version: "1.0",
	Origin:  "https://bib.example",
	Assets:  Assets{CSS: "/static/app.css", HTMX: "/static/htmx.js", Script: "/static/app.js", Icon: "/static/favicon.svg"},
	Index:   Index{Records: 74844, UpdatedAt: time.Date(2026, 11, 23, 11, 12, 0, 0, time.UTC)},
	Now:     time.Date(2026, 11, 23, 12, 12, 0, 0, time.UTC),
}

// hostile is what a source or a visitor may put anywhere.
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`

// allPages holds every page, filled and empty, and filled with what must not get through.
func allPages() map[string]templ.Component {
	f := testFrame
	bad := f
	bad.Service, bad.Contact, bad.Version, bad.Query, bad.Path = hostile, hostile, hostile, hostile, hostile
	pages := map[string]templ.Component{
		"about":     AboutPage(f),
		"API":       APIPage(f, API{Formats: []Download{{"bibxml", "BibXML", ExportURL("RFC 9000", "bibxml")}}}),
		"about bad": AboutPage(bad),
		"error 500": ErrorPage(f, Error{Status: 500}),
		"error 418": ErrorPage(f, Error{Status: 418}),
		"error bad": ErrorPage(bad, Error{Status: 404, Title: hostile, Message: hostile, Advice: hostile, RequestID: hostile}),
	}
	addLists(pages, f, bad)
	addDocuments(pages, f, bad)
	addCompat(pages, f, bad)
	addPanel(pages, f, bad)
	return pages
}

func addLists(pages map[string]templ.Component, f, bad Frame) {
	dataset := DatasetOf("rfcs", "https://github.com/ietf-tools/relaton-data-rfcs", "0123456789")
	dataset.Records, dataset.Problems, dataset.IndexedAt = 9154, 3, f.Now.Add(-time.Hour)
	badDataset := Dataset{Name: hostile, Title: hostile, URL: hostile, Commit: hostile, IndexedAt: f.Now}
	badHit := Hit{
		ID: Identifier{ID: hostile}, Title: Phrase{hostile, ""}, URL: DocumentURL(hostile, hostile),
		People: []Phrase{{Text: hostile}}, Date: hostile, Status: hostile, Abstract: Phrase{Text: hostile}, Datasets: []string{hostile},
	}
	records := []RecordEntry{{Ref: "RFC0001", URL: RecordURL("rfcs", "RFC0001"), ID: "RFC 1", Title: "Host Software", Latest: "1969-04", Problems: 1}, {Ref: "RFC0002"}}

	pages["home"] = HomePage(f, Home{Datasets: []Dataset{dataset}, Newest: []Hit{HitOf(rfc9000())}})
	stale := dataset
	stale.CheckedAt, stale.Stale = f.Now.Add(-50*time.Hour), true
	pages["home stale"] = HomePage(f, Home{Datasets: []Dataset{stale}})
	pages["home empty"] = HomePage(Frame{}, Home{})
	pages["home bad"] = HomePage(bad, Home{Datasets: []Dataset{badDataset}, Newest: []Hit{badHit}})
	pages["advanced"] = AdvancedPage(f, Search{Format: QueryFormats[0].Value})
	pages["asked"] = AskPage(f, asked())
	pages["asked for nothing"] = AskPage(f, Ask{Choices: Choices{Text: "xyzzy"}})
	badValue := []search.FacetValue{{Value: hostile, Count: 1}, {Value: hostile + "2", Chosen: true}}
	badAsk := Ask{
		Choices: Choices{Text: hostile, Size: 20, Page: 1}.toggled(search.FacetGroup, hostile+"2"), Exact: hostile, Hits: []Hit{badHit}, Total: 100,
		Reading: search.Reading{Section: hostile, Terms: []search.Term{{Text: hostile}}, Chosen: map[search.Facet][]string{search.FacetKind: {hostile}}},
		Facets:  []search.FacetCounts{{Facet: search.FacetGroup, Values: badValue}}, Offered: hostile,
	}
	pages["asked badly"] = AskPage(bad, badAsk)
	badAsk.Hits, badAsk.Problem, badAsk.Nearest = nil, hostile, []Suggestion{{ID: hostile, Text: hostile, URL: DocumentURL(hostile, hostile)}, {Text: hostile, URL: AskURL(hostile)}}
	pages["asked badly for nothing"] = AskPage(bad, badAsk)
	pages["search"] = SearchPage(f, Search{Query: "quic", Format: "websearch", Hits: []Hit{HitOf(rfc9000())}, Total: 43, Page: 2, PageSize: 10})
	pages["search capped"] = SearchPage(f, Search{Query: "a", Format: "docid_regex", Hits: []Hit{HitOf(rfc9000())}, Total: 400, Capped: true, Page: 1, PageSize: 10})
	pages["search empty"] = SearchPage(f, Search{Query: "quic", Format: "websearch", Page: 1, PageSize: 10})
	pages["search broken"] = SearchPage(f, Search{Query: "(", Format: "docid_regex", Problem: "parentheses", Page: 1, PageSize: 10})
	pages["search bad"] = SearchPage(bad, Search{Query: hostile, Format: hostile, Hits: []Hit{badHit}, Total: 1, Page: 1, PageSize: 10})
	pages["search bad and empty"] = SearchPage(bad, Search{Query: hostile, Format: hostile, Problem: hostile})
	names, years := JumpsOf("rfcs", browse.Sections{
		Names: []browse.Section{{Label: "RFC 1–999", Ref: "RFC0001", Count: 999}, {Label: "RFC 1000–1999", Ref: "RFC1000", Count: 7}},
		Years: []browse.Year{{Year: 2020, Count: 1000}, {Year: browse.Undated, Count: 6}},
	}, ListingAt{From: "RFC1000"})
	badJumps := []Jump{{hostile, 1, hostile, true}, {hostile, 2, hostile, false}}
	badRecords := []RecordEntry{{Ref: hostile, URL: hostile, ID: hostile, Title: hostile, Latest: hostile}}
	pages["dataset"] = DatasetPage(f, Listing{Dataset: dataset, At: ListingAt{From: "RFC1000"}, Records: records, Before: true, After: true, Names: names, Years: years})
	pages["dataset of a year"] = DatasetPage(f, Listing{Dataset: dataset, At: ListingAt{Year: NoYear, Last: true}, Records: records, Before: true, Names: names, Years: years})
	pages["dataset empty"] = DatasetPage(f, Listing{Dataset: Dataset{Name: "rfcs"}})
	pages["dataset beyond"] = DatasetPage(f, Listing{Dataset: dataset, At: ListingAt{After: "x"}, Names: names, Years: years})
	pages["dataset bad"] = DatasetPage(bad, Listing{Dataset: badDataset, At: ListingAt{Year: hostile, From: hostile}, Records: badRecords, Before: true, After: true, Names: badJumps, Years: badJumps})
}

func addDocuments(pages map[string]templ.Component, f, bad Frame) {
	document := DocumentOf(rfc9000())
	document.BibXML = "<reference anchor=\"RFC9000\">\n  <front/>\n</reference>\n"
	document.Paths = []string{"/public/rfc/bibxml/reference.RFC.9000.xml", "/public/rfc/bibxml-rfcs/reference.RFC.9000.xml"}
	document.Downloads = []Download{{"bibxml", "BibXML", ExportURL("RFC 9000", "bibxml")}}

	phrase := Phrase{Text: hostile}
	badDocument := Document{
		ID: Identifier{ID: hostile, Type: hostile}, Titles: []Title{{phrase, hostile, hostile}, {phrase, hostile, hostile}},
		IDs: []Identifier{{ID: hostile, Type: hostile, Scope: hostile}}, Authors: []Phrase{phrase}, Date: hostile, Status: hostile,
		People: []Person{{Name: phrase, Abbreviation: hostile, Roles: []string{hostile}, Affiliations: []Phrase{phrase}}},
		Dates:  []Date{{hostile, hostile, hostile}}, Facts: []Fact{{hostile, []Phrase{phrase}, hostile}},
		Abstracts: []Passage{{Paragraphs: []string{hostile}}}, Notes: []Phrase{phrase}, Keywords: []string{hostile},
		Links:     []Link{{"javascript:alert(1)", hostile}},
		Relations: []RelationGroup{{"obsoletedBy", hostile, []Relation{{hostile, phrase, hostile, DocumentURL(hostile, ""), hostile, hostile}}, hostile, 1, RelationsURL(hostile, hostile, hostile, 2)}},
		Sources: []Source{{
			Dataset: hostile, Ref: hostile, URL: RecordURL(hostile, hostile), Commit: hostile, ReportURL: "javascript:alert(1)", ReportLabel: hostile,
		}},
		Problems: []FieldProblem{{"head", hostile, hostile, hostile, hostile}, {"provenance", hostile, hostile, hostile, RecordURL(hostile, hostile)}},
		Notices:  []Notice{{true, hostile, hostile, []Relation{{ID: hostile, URL: DocumentURL(hostile, "")}, {ID: hostile}}, hostile, 1, [][]ChainLink{{{Relation: Relation{ID: hostile, Date: "2001"}, Self: true}}, {{Relation: Relation{ID: hostile}, More: 2}}}}},
		Timeline: Timeline{
			Rows:  []TimelineRow{{Label: hostile, From: "1%", To: "2%", LabelAt: "1%", Anchor: "start"}, {Label: hostile, Dots: []string{"3%"}}},
			Ticks: []TimelineTick{{"1%", 2001}}, Table: []TimelineEntry{{Relation: Relation{ID: hostile, Title: phrase, URL: DocumentURL(hostile, "")}, How: hostile}},
		},
		Kramdown: hostile, KramdownKey: hostile, Text: hostile,
		BibXML: hostile, Paths: []string{hostile, hostile}, Downloads: []Download{{hostile, hostile, ExportURL(hostile, hostile)}},
	}
	badRecord := Record{
		Dataset: Dataset{Name: hostile}, Ref: hostile, Title: phrase, ID: hostile, YAML: hostile,
		Problems: []Problem{{hostile, hostile, 1}}, UpstreamURL: "javascript:alert(1)", DocumentURL: DocumentURL(hostile, ""),
	}

	pages["document"] = DocumentPage(f, document)
	pages["document empty"] = DocumentPage(f, Document{Titles: []Title{{}}})
	pages["document bad"] = DocumentPage(bad, badDocument)
	pages["record"] = RecordPage(f, Record{Dataset: Dataset{Name: "rfcs"}, Ref: "RFC9000", Title: Phrase{Text: "QUIC"}, YAML: "a: 1\nb: 2\n", IndexedAt: f.Now})
	pages["record bad"] = RecordPage(bad, badRecord)
	badRecord.Changes = []Change{{Kind: hostile, Commit: hostile, CommitURL: "javascript:alert(1)", Fields: []relaton.FieldChange{{Path: hostile, Before: hostile, After: hostile}}}}
	pages["record bad changes"] = RecordPage(bad, badRecord)
	pages["record withdrawn bad"] = WithdrawnPage(bad, badRecord)
	changes := []Change{
		ChangeOf(&catalog.Change{Kind: catalog.Changed, At: f.Now, Commit: "0123456789", More: 2, Fields: []relaton.FieldChange{
			{Path: "title[0].content", Before: "Old title", After: "New title"}, {Path: "keyword[1]", After: "transport"}, {Path: "link[0]", Before: "src, http://example.org/"},
		}}, "https://github.com/ietf-tools/relaton-data-rfcs"),
		ChangeOf(&catalog.Change{Kind: catalog.Added, At: f.Now.Add(-time.Hour), Commit: "abcdef0123"}, ""),
	}
	pages["relations"] = RelationsPage(f, RelationList{ID: hostile, DocumentURL: DocumentURL(hostile, hostile), Title: phrase, Label: hostile, Page: 2, Last: 9, docType: hostile, kind: hostile, Relations: []Relation{{hostile, phrase, hostile, DocumentURL(hostile, ""), hostile, hostile}}})
	pages["record changed"] = RecordPage(f, Record{Dataset: Dataset{Name: "rfcs"}, Ref: "RFC9000", YAML: "a: 1\n", Changes: changes})
	pages["record withdrawn"] = WithdrawnPage(f, Record{Dataset: Dataset{Name: "rfcs"}, Ref: "RFC9000", Title: Phrase{Text: "QUIC"}, ID: "RFC 9000", DocumentURL: LookupURL("RFC 9000"), Changes: changes})
}
