package relaton

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every form that the compatibility notes accept is normalized without being reported.
func TestAcceptedFormsAreNoProblems(t *testing.T) {
	const id = "docid: [{id: TR 7, type: ACME, primary: true}]\n"
	for name, source := range map[string]string{
		"single identifier":              "docid: {id: TR 7, type: ACME, primary: true}",
		"identifier as a text":           "docid: TR 7",
		"single values":                  id + "link: {content: 'https://example.org/7', type: src}\ndate: {type: published, value: '2001'}\nlanguage: en\nscript: Latn\nplace: Oslo\ntitle: Seven\nabstract: About seven.",
		"lists of one":                   id + "type: [standard]\ndocnumber: ['7']\nedition: ['2']\nformattedref: [TR 7]\ndoctype: [report]",
		"versions as texts":              id + "version: ['1.0', '1.1']",
		"version as a text":              id + "version: '1.0'",
		"edition as a text":              id + "edition: '2'",
		"document type as a text":        id + "doctype: report",
		"document type as a mapping":     id + "doctype: {type: report, abbreviation: TR}",
		"single contributor":             id + "contributor: {role: {type: author}, organization: {name: {content: Acme}}}",
		"role as a text":                 id + "contributor: [{role: author, organization: Acme}]",
		"roles as texts":                 id + "contributor: [{role: [author, editor], person: Ada Lovelace}]",
		"role of unknown shape":          id + "contributor: [{role: [{did: [drew, wrote]}], organization: Acme}]",
		"keywords as texts":              id + "keyword: [seven, numbers]",
		"keyword as a text":              id + "keyword: seven",
		"keywords as mappings":           id + "keyword: [{content: seven}]",
		"typed contacts":                 id + "contributor: [{organization: {name: Acme, contact: [{type: email, value: a@example.org}, {type: uri, value: u}, {type: url, value: u}, {type: phone, value: '1'}]}}]",
		"city outside an address":        id + "contributor: [{organization: {name: Acme, contact: {city: Oslo, country: NO}}}]",
		"telephone outside a contact":    id + "contributor: [{organization: {name: Acme, phone: '1'}}]",
		"names as texts":                 id + "contributor: [{person: {name: {surname: Lovelace, forename: Ada, prefix: Lady, addition: [II]}}}]",
		"initials beside forenames":      id + "contributor: [{person: {name: {given: {forename: [Ada]}, initial: [A], completename: Ada Lovelace}}}]",
		"relation to an identifier":      id + "relation: {type: updates, bibitem: {docid: {id: TR 6, type: ACME}}}",
		"relation to a reference":        id + "relation: [{type: updates, bibitem: {formattedref: TR 6}}, {type: updates, bibitem: TR 5}]",
		"fields of ext at the top":       id + "editorialgroup: {name: sevens}\nics: ['35.100']\nsubdoctype: x",
		"editorial group as a text":      id + "editorialgroup: sevens",
		"unknown field":                  id + "colour: {of: [cover]}",
		"beginning of a period":          id + "date: [{type: published, from: '2001-02'}]",
		"title of a series translated":   id + "series: {title: {content: [{content: Numbers, language: en}, {content: Nombres, language: fr}]}, number: '7'}",
		"owner of a copyright":           id + "copyright: {from: 2001, owner: Acme}",
		"single place, as a mapping":     id + "place: {city: Oslo}",
		"newer generation, in one piece": "schema_version: v1.5.6\ndocidentifier: {content: TR 7, type: ACME, primary: true}\nsource: {content: 'https://example.org/7'}\ndate: {type: published, at: '2001'}\nkeyword: {vocab: seven}\nnote: {content: no}\ncontributor: {role: author, organization: {name: {content: Acme}, uri: {content: 'https://example.org'}}}",
	} {
		t.Run(name, func(t *testing.T) {
			if _, problems, err := Decode([]byte(source)); err != nil || len(problems) > 0 {
				t.Errorf("%s\nerror %v, problems %+v, want none", source, err, problems)
			}
		})
	}
}

// Values that the model has a place for are read in both generations, wherever a record has them.
func TestDecodeKeepsWhatRecordsSay(t *testing.T) {
	const old, new = "docid: [{id: TR 7, type: ACME, primary: true}]\n", "docidentifier: [{content: TR 7, type: ACME, primary: true}]\n"
	published := []Date{{Value: "2019-07-01", Type: "published"}}
	address := func(lines ...string) []Contact { return []Contact{{Address: &Address{Street: lines}}} }
	for _, c := range []struct {
		name, source string
		got          func(*Item) any
		want         any
	}{
		{"date from", old + "date: [{type: published, from: '2019-07-01'}]", func(it *Item) any { return it.Date }, published},
		{"date from and to", old + "date: [{type: published, from: '2019-07-01', to: '2019-08-01'}]", func(it *Item) any { return it.Date }, published},
		{"date to", old + "date: [{type: published, to: '2019-07-01'}]", func(it *Item) any { return it.Date }, published},
		{"date on", old + "date: [{type: published, on: '2019-07-01'}]", func(it *Item) any { return it.Date }, published},
		{"date on, in a mapping", old + "date: {type: published, on: July 2019}", func(it *Item) any { return it.Date }, []Date{{Value: "2019-07", Type: "published"}}},
		{"newest of such dates", old + "date: [{type: published, from: '2019-07-01'}, {type: updated, on: '2020-01'}]", func(it *Item) any { return it.LatestDate() }, "2020-01-01"},
		{"date of a relation's target", old + "relation: [{type: updates, bibitem: {docid: [{id: TR 6}], date: [{type: published, from: '1999'}]}}]", func(it *Item) any { return it.Relation[0].Bibitem.Date }, []Date{{Value: "1999", Type: "published"}}},
		{"newer date as a text", new + "date: [{type: published, text: July 2019}]", func(it *Item) any { return it.Date }, []Date{{Value: "2019-07", Type: "published"}}},
		{"date of revision", old + "version: {revision_date: '2019-10-31'}", func(it *Item) any { return it.RevDate }, "2019-10-31"},
		{"date of revision beside a draft", new + "version: [{draft: '3', revision_date: '2019-10-31'}]", func(it *Item) any { return it.Version }, []Version{{Draft: "3", RevisionDate: "2019-10-31"}}},
		{"date of revision as the newest", new + "version: [{content: '3', revision_date: 2019-10}]", func(it *Item) any { return it.LatestDate() }, "2019-10-01"},
		{"number of an edition", new + "edition: {number: '3', content: Third edition}", func(it *Item) any { return *it.Edition }, Edition{Content: "Third edition", Number: "3"}},
		{"number of an edition alone", old + "edition: {number: 3}", func(it *Item) any { return *it.Edition }, Edition{Number: "3"}},
		{"vocabulary and taxon", new + "keyword: [{vocab: {content: alloys}, taxon: [{content: metals}, {content: steel}]}, {taxon: [{content: glass}]}]", func(it *Item) any { return it.Keyword }, []Keyword{{"alloys"}, {"metals"}, {"steel"}, {"glass"}}},
		{"term of a vocabulary", new + "keyword: [{vocabid: [{type: AGROVOC, code: '12', term: barley}]}]", func(it *Item) any { return it.Keyword }, []Keyword{{"barley"}}},
		{"address as printed", new + "contributor: [{organization: {name: [{content: Acme}], address: [{formatted_address: '1 High Street,<br/>Oslo'}]}}]", func(it *Item) any { return it.Contributor[0].Organization.Contact }, address("1 High Street,", "Oslo")},
		{"address as printed, of 1.x", old + "contributor: [{organization: {name: Acme, contact: [{address: {formatted_address: 1 High Street}}]}}]", func(it *Item) any { return it.Contributor[0].Organization.Contact }, address("1 High Street")},
		{"address in parts and as printed", new + "contributor: [{organization: {name: [{content: Acme}], address: [{formatted_address: '1 High Street, Oslo', city: Oslo, street: [1 High Street]}]}}]", func(it *Item) any { return it.Contributor[0].Organization.Contact }, []Contact{{Address: &Address{Street: []string{"1 High Street"}, City: "Oslo"}}}},
		{"ORCID", new + "contributor: [{person: {name: {completename: {content: Ada}}, identifier: [{type: orcid, content: 0000-0002-1825-0097}]}}]", func(it *Item) any { return it.Contributor[0].Person.Identifier }, []Identifier{{Type: "orcid", ID: "0000-0002-1825-0097"}}},
		{"ORCID of 1.x", old + "contributor: [{person: {name: Ada, identifier: {type: orcid, id: 0000-0002-1825-0097}}}]", func(it *Item) any { return it.Contributor[0].Person.Identifier }, []Identifier{{Type: "orcid", ID: "0000-0002-1825-0097"}}},
		{"identifier of an organization", new + "contributor: [{organization: {name: [{content: Acme}], identifier: [{type: ISNI, content: 0000 0001 2345 6789}]}}]", func(it *Item) any { return it.Contributor[0].Organization.Identifier }, []Identifier{{Type: "ISNI", ID: "0000 0001 2345 6789"}}},
		{"unit of an organization", new + "contributor: [{person: {name: {completename: {content: Ada}}, affiliation: [{organization: {name: [{content: Acme}], subdivision: [{name: [{content: Optics}]}]}}]}}]", func(it *Item) any { return it.Contributor[0].Person.Affiliation[0].Organization.Subdivision }, []Text{{Content: "Optics"}}},
		{"working group with its acronym", new + "contributor: [{role: [{type: author, description: [{content: committee}]}], organization: {name: [{content: IETF}], subdivision: [{type: workgroup, name: [{content: Network Configuration}], identifier: [{content: netconf}]}]}}]", func(it *Item) any { return it.EditorialGroups() }, []string{"Network Configuration", "netconf"}},
		{"working group by its acronym alone", new + "contributor: [{role: [{type: author, description: [{content: committee}]}], organization: {name: [{content: IAB}], subdivision: [{type: workgroup, identifier: [{content: netconf}]}]}}]", func(it *Item) any { return it.EditorialGroups() }, []string{"netconf"}},
		{"acronyms of committees of 1.x", old + "editorialgroup: [[{committee: {abbreviation: HSSC, name: Hydrographic Services}}]]", func(it *Item) any { return it.EditorialGroups() }, []string{"Hydrographic Services", "HSSC"}},
		{"abbreviation of a series", new + "series: [{title: [{content: Handbooks}], abbreviation: {content: HB}}]", func(it *Item) any { return it.Series[0].Abbrev }, &Text{Content: "HB"}},
		{"place of a series", new + "series: [{title: [{content: Handbooks}], place: {city: Oslo, formatted_place: 'Oslo, Norway'}}]", func(it *Item) any { return it.Series[0].Place }, "Oslo, Norway"},
		{"owner of a copyright who is a person", new + "copyright: [{from: '2001', owner: [{person: {name: {completename: {content: Ada Lovelace}}}}]}]", func(it *Item) any { return it.Copyright[0].Owner }, []Organization{{Name: []Text{{Content: "Ada Lovelace"}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			item, problems, err := Decode([]byte(c.source))
			if err != nil || len(problems) > 0 {
				t.Fatalf("error %v, problems %+v", err, problems)
			}
			if diff := cmp.Diff(c.want, c.got(item)); diff != "" {
				t.Errorf("%s\n-want +got:\n%s", c.source, diff)
			}
			stored, err := DecodeJSON(item.AppendJSON(nil, false))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, c.got(stored)); diff != "" {
				t.Errorf("once stored: -want +got:\n%s", diff)
			}
		})
	}
}

// Records of library catalogues have headings where the model has names.
func TestDecodeReadsHeadings(t *testing.T) {
	item := mustDecode(t, `
schema_version: v1.5.6
docidentifier:
- {content: NIST HB 44, type: NIST, primary: true}
- {content: NIST.HB.44, type: DOI}
- {content: 10.1000/182, type: DOI}
series: [{title: [{content: "NIST handbook; NIST handb; NIST HB; NIST HB"}], number: "44"}]
contributor:
- {role: [{type: publisher}], organization: {name: [{content: United States.}, {content: Department of Commerce.}, {content: National Institute of Standards.}]}}
- {role: [{type: author}], person: {name: {completename: {content: "Doe, Jane Q.", language: en}}}}
relation: [{type: updates, bibitem: {docidentifier: [{content: NBS.HB.44-1974, type: DOI}]}}]
`)
	if item.DocID[1].ID != "10.6028/NIST.HB.44" || item.DocID[2].ID != "10.1000/182" || item.Relation[0].Bibitem.DocID[0].ID != "10.6028/NBS.HB.44-1974" {
		t.Errorf("identifiers %+v and %+v, want DOIs with their prefix", item.DocID, item.Relation[0].Bibitem.DocID)
	}
	if s := item.Series[0]; s.Title.Content != "NIST handbook" || s.Abbrev.Content != "NIST HB" || s.Number != "44" {
		t.Errorf("series %+v, want one name and one abbreviation", s)
	}
	if name := item.Contributor[0].Organization.DisplayName(); name != "National Institute of Standards" {
		t.Errorf("organization %q, want the most specific name", name)
	}
	name := item.Contributor[1].Person.Name
	en := []string{"en"}
	want := PersonName{
		CompleteName: &Text{Content: "Jane Q. Doe", Language: en}, Surname: &Text{Content: "Doe", Language: en},
		Given: &GivenName{
			Forename:          []Forename{{Text: Text{Content: "Jane", Language: en}}, {Text: Text{Content: "Q.", Language: en}}},
			FormattedInitials: &Text{Content: "J. Q.", Language: en},
		},
	}
	if diff := cmp.Diff(want, name); diff != "" {
		t.Errorf("name: -want +got:\n%s", diff)
	}
}

func TestHeadingsOfPeople(t *testing.T) {
	for heading, want := range map[string]struct{ full, surname, initials string }{
		"Waterhouse, Richard V.": {"Richard V. Waterhouse", "Waterhouse", "R. V."},
		"Evans, John.":           {"John Evans", "Evans", "J."},
		"van der Berg, Jan-Piet": {"Jan-Piet van der Berg", "van der Berg", "J-P."},
		"O'Brien, D. P.":         {"D. P. O'Brien", "O'Brien", "D. P."},
		"Burgess, Donald R., Jr": {"Donald R. Burgess Jr", "Burgess", "D. R."},
		"Łukasz, Ænne":           {"Ænne Łukasz", "Łukasz", "Æ."},
		// What is no heading.
		"Leigh Klotz, Jr.":                        {"Leigh Klotz, Jr.", "", ""},
		"Jane Doe, Ph.D.":                         {"Jane Doe, Ph.D.", "", ""},
		"Acme Systems, Inc.":                      {"Acme Systems, Inc.", "", ""},
		"Doe, Jane, and Roe, Richard":             {"Doe, Jane, and Roe, Richard", "", ""},
		"Department of Physics, University of Oz": {"Department of Physics, University of Oz", "", ""},
		"Room 4, Second Floor":                    {"Room 4, Second Floor", "", ""},
		"Jane Doe":                                {"Jane Doe", "", ""},
		"A, Rust":                                 {"A, Rust", "", ""},
		"Doe,":                                    {"Doe,", "", ""},
	} {
		t.Run(heading, func(t *testing.T) {
			got := inOrder(PersonName{CompleteName: &Text{Content: heading}})
			surname, initials := "", ""
			if got.Surname != nil {
				surname, initials = got.Surname.Content, got.Given.FormattedInitials.Content
			}
			if got.CompleteName.Content != want.full || surname != want.surname || initials != want.initials {
				t.Errorf("%q %q %q, want %+v", got.CompleteName.Content, surname, initials, want)
			}
		})
	}
}

// The records in testdata are shaped as few sources shape theirs. Nothing of them is reported, and nothing lost.
func TestDecodeUnevenRecords(t *testing.T) {
	read := func(name string) *Item {
		content, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		item, problems, err := Decode(content)
		if err != nil || len(problems) > 0 {
			t.Fatalf("%s: error %v, problems %+v, want none", name, err, problems)
		}
		return item
	}
	draft, heading, period := read("draft-of-a-series"), read("heading"), read("period")
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"ORCID", draft.Contributor[0].Person.Identifier, []Identifier{{"orcid", "0000-0002-1825-0097"}}},
		{"identifier of the affiliation", draft.Contributor[0].Person.Affiliation[0].Organization.Identifier, []Identifier{{"ROR", "https://ror.org/00example"}}},
		{"unit of the affiliation", draft.Contributor[0].Person.Affiliation[0].Organization.Subdivision, []Text{{Content: "Laboratory of Lenses"}}},
		{"working group", draft.EditorialGroups(), []string{"Widgets and Names", "widna"}},
		{"DOI", heading.DocID[1].ID, "10.6028/NBS.MP.9999"},
		{"author", heading.Contributor[0].Name(), "Rosa M. Painter"},
		{"publisher", heading.Contributor[1].Name(), "National Bureau of Standards"},
		{"series", heading.Series[0].Title.Content, "NBS miscellaneous publication"},
		{"published", period.Published(), "2019-07-01"},
		{"revised", period.RevDate, "2019-08-06"},
		{"edition", *period.Edition, Edition{Content: "Edition 3", Number: "3"}},
		{"keywords", period.Keyword, []Keyword{{"soundings"}, {"hydrography"}, {"depths"}}},
		{"committee", period.EditorialGroups(), []string{"Deep Soundings Working Group", "DSWG"}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, diff)
		}
	}
}
