package relaton

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Each case gives one shape that sources have in place of the model's own, and what it means.
func TestDecodeRelaxedInput(t *testing.T) {
	publisher := []Contributor{{
		Role: []Role{{Type: "publisher"}},
		Organization: &Organization{
			Name:         []Text{{Content: "National Bureau of Standards"}},
			Abbreviation: &Text{Content: "NBS"},
		},
	}}
	org := func(o Organization) *Item { return &Item{Contributor: []Contributor{{Organization: &o}}} }
	person := func(n PersonName) *Item { return &Item{Contributor: []Contributor{{Person: &Person{Name: n}}}} }
	role := func(r ...Role) *Item {
		return &Item{Contributor: []Contributor{{Role: r, Organization: &Organization{Name: []Text{{Content: "IAB"}}}}}}
	}

	for _, c := range []struct {
		name, source string
		want         *Item
	}{
		{
			"single values for lists", "docid: {id: LCIRC 1013, type: NIST}\nlink: {content: a, type: doi}\ndate: {type: published, value: '1953'}\nscript: Latn\nplace: Gaithersburg, MD",
			&Item{
				DocID: []docid.ID{{ID: "LCIRC 1013", Type: "NIST"}}, Link: []Link{{Content: "a", Type: "doi"}},
				Date: []Date{{Value: "1953", Type: "published"}}, Script: []string{"Latn"}, Place: []any{"Gaithersburg, MD"},
			},
		},
		{
			"lists for single values", "type: [standard]\nedition: [{content: '2'}]\nformattedref: [RFC 1]\nseries: [{title: [{content: RFC}], number: ['1']}]",
			&Item{Type: "standard", Edition: &Edition{Content: "2"}, FormattedRef: &Text{Content: "RFC 1"}, Series: []Series{{Title: &Text{Content: "RFC"}, Number: "1", Type: "main"}}},
		},
		{
			"texts for mappings", "docid: [RFC 1]\nlink: ['https://example.org']\nseries: [RFC]\nbiblionote: [withdrawn]",
			&Item{DocID: []docid.ID{{ID: "RFC 1"}}, Link: []Link{{Content: "https://example.org"}}, Series: []Series{{Title: &Text{Content: "RFC"}, Type: "main"}}, BiblioNote: []Note{{Content: "withdrawn"}}},
		},
		{"version and edition as texts", "version: ['1.0']\nedition: '2'", &Item{Version: []Version{{Draft: "1.0"}}, Edition: &Edition{Content: "2"}}},
		{"version with a date only", "version: [{revision_date: 2020-01-01}]", &Item{Version: []Version{{RevisionDate: "2020-01-01"}}, RevDate: "2020-01-01"}},
		{"keywords as texts", "keyword: [DNS, {content: DNSSEC}, '']", &Item{Keyword: []Keyword{{"DNS"}, {"DNSSEC"}}}},
		{
			"titles and abstracts as texts", "title: [Host Software, {content: Logiciel, language: fr}]\nabstract: Some words.",
			&Item{Title: []Title{{Text: Text{Content: "Host Software"}}, {Text: Text{Content: "Logiciel", Language: []string{"fr"}}}}, Abstract: []Text{{Content: "Some words."}}},
		},
		{"publisher of a single file", "contributor:\n  organization: {name: National Bureau of Standards, abbreviation: NBS}\n  role: publisher", &Item{Contributor: publisher}},
		{"publisher with lists of texts", "contributor:\n- organization: {name: [National Bureau of Standards], abbreviation: {content: NBS}}\n  role: [publisher]", &Item{Contributor: publisher}},
		{"organization as a text", "contributor: [{organization: IAB}]", org(Organization{Name: []Text{{Content: "IAB"}}})},
		{"role of unknown shape", "contributor: [{role: [{did: [wrote, drew]}], organization: IAB}]", role(Role{Description: []Text{{Content: "wrote, drew"}}})},
		{"role with descriptions", "contributor: [{role: {type: author, description: lead}, organization: IAB}]", role(Role{Type: "author", Description: []Text{{Content: "lead"}}})},
		{"roles of several kinds", "contributor: [{role: [author, {type: editor}], organization: IAB}]", role(Role{Type: "author"}, Role{Type: "editor"})},
		{
			"typed contacts", "contributor: [{organization: {contact: [{type: email, value: a@b.c}, {type: uri, value: u}, {type: phone, value: '+1'}]}}]",
			org(Organization{URL: "u", Contact: []Contact{{Email: "a@b.c"}, {Phone: "+1"}}}),
		},
		{
			"city outside an address", "contributor: [{organization: {contact: [{city: Geneva, country: CH}], phone: '+41'}}]",
			org(Organization{Contact: []Contact{{Address: &Address{City: "Geneva", Country: "CH"}}, {Phone: "+41"}}}),
		},
		{
			"contact of a mapping", "contributor: [{organization: {contact: {phone: {content: '+1', type: work}, url: 'https://example.org'}}}]",
			org(Organization{Contact: []Contact{{Phone: "+1", URI: "https://example.org"}}}),
		},
		{
			"one street", "contributor: [{organization: {contact: [{address: {street: Rue 1, postcode: 06921}}]}}]",
			org(Organization{Contact: []Contact{{Address: &Address{Street: []string{"Rue 1"}, Postcode: "06921"}}}}),
		},
		{"empty e-mail address", "contributor: [{organization: {contact: [{email: ''}]}}]", org(Organization{Contact: []Contact{{}}})},
		{"person as a text", "contributor: [{person: Jon Postel}]", person(PersonName{CompleteName: &Text{Content: "Jon Postel"}})},
		{"name as a text", "contributor: [{person: {name: Jon Postel}}]", person(PersonName{CompleteName: &Text{Content: "Jon Postel"}})},
		{
			"parts of a name as texts", "contributor: [{person: {name: {prefix: Dr., surname: Postel, given: {forename: Jon, formatted_initials: J.}, addition: [Jr.]}}}]",
			person(PersonName{
				Prefix: []Text{{Content: "Dr."}}, Surname: &Text{Content: "Postel"}, Addition: []Text{{Content: "Jr."}},
				Given: &GivenName{Forename: []Forename{{Text: Text{Content: "Jon"}}}, FormattedInitials: &Text{Content: "J."}},
			}),
		},
		{
			"forenames beside the surname", "contributor: [{person: {name: {forename: [{content: Edith R, language: [en]}], surname: {content: Meggers}}}}]",
			person(PersonName{Given: &GivenName{Forename: []Forename{{Text: Text{Content: "Edith R", Language: []string{"en"}}}}}, Surname: &Text{Content: "Meggers"}}),
		},
		{
			"initials beside forenames", "contributor: [{person: {name: {given: {forename: [{content: Jean-Paul}]}, initial: [J, {content: P.}], completename: {content: Jean-Paul Pi}}}}]",
			person(PersonName{Given: &GivenName{Forename: []Forename{{Text: Text{Content: "Jean-Paul"}}}, FormattedInitials: &Text{Content: "J.P."}}, CompleteName: &Text{Content: "Jean-Paul Pi"}}),
		},
		{
			"initials among the forenames", "contributor: [{person: {name: {given: {forename: [{content: Jon}], initial: [J]}}}}]",
			person(PersonName{Given: &GivenName{Forename: []Forename{{Text: Text{Content: "Jon"}}}, FormattedInitials: &Text{Content: "J."}}}),
		},
		{
			"initials that are formatted already", "contributor: [{person: {name: {given: {formatted_initials: {content: J.B.}}, initial: [J]}}}]",
			person(PersonName{Given: &GivenName{FormattedInitials: &Text{Content: "J.B."}}}),
		},
		{
			"initials without a complete name", "contributor: [{person: {name: {initial: [{content: J, language: [en]}], surname: {content: Postel}}}}]",
			person(PersonName{Given: &GivenName{FormattedInitials: &Text{Content: "J.", Language: []string{"en"}}}, Surname: &Text{Content: "Postel"}}),
		},
		{
			"initials that a complete name repeats", "contributor: [{person: {name: {initial: [{content: J}], surname: {content: Iyengar}, completename: {content: J. Iyengar}}}}]",
			person(PersonName{Surname: &Text{Content: "Iyengar"}, CompleteName: &Text{Content: "J. Iyengar"}}),
		},
		{
			"affiliation as a text, and without its own mapping", "contributor: [{person: {name: A, affiliation: [ISI, {name: USC}]}}]",
			&Item{Contributor: []Contributor{{Person: &Person{
				Name:        PersonName{CompleteName: &Text{Content: "A"}},
				Affiliation: []Affiliation{{&Organization{Name: []Text{{Content: "ISI"}}}}, {&Organization{Name: []Text{{Content: "USC"}}}}},
			}}}},
		},
		{"relation to an identifier only", "relation: [{type: updates, bibitem: {docid: {id: RFC 1}}}]", &Item{Relation: []Relation{{Type: "updates", Bibitem: &Item{DocID: []docid.ID{{ID: "RFC 1"}}}}}}},
		{
			"relation to a reference only", "relation: [{type: updates, bibitem: {formattedref: RFC 1}}, {type: updates, bibitem: RFC 2}]",
			&Item{Relation: []Relation{{Type: "updates", Bibitem: &Item{FormattedRef: &Text{Content: "RFC 1"}}}, {Type: "updates", Bibitem: &Item{FormattedRef: &Text{Content: "RFC 2"}}}}},
		},
		{"single relation", "relation: {type: updates, bibitem: RFC 1, description: in part}", &Item{Relation: []Relation{{Type: "updates", Bibitem: &Item{FormattedRef: &Text{Content: "RFC 1"}}, Description: &Text{Content: "in part"}}}}},
		{"doctype at the top level", "doctype: internet-draft", &Item{DocType: "internet-draft"}},
		{"doctype as a mapping", "doctype: {type: standard}", &Item{DocType: "standard"}},
		{
			"place as an object", "place: [{city: Gaithersburg, region: [{iso: MD}]}, Geneva]",
			&Item{Place: []any{map[string]any{"city": "Gaithersburg", "region": []any{map[string]any{"iso": "MD"}}}, "Geneva"}},
		},
		{
			"dates in words and time stamps", "date: [{type: published, value: July 2021}, {type: updated, value: 2021-08-02T10:00:00Z}]\nrevdate: sep 2021\nfetched: 2022-07-23 11:02:03",
			&Item{Date: []Date{{"2021-07", "published"}, {"2021-08-02", "updated"}}, RevDate: "2021-09", Fetched: "2022-07-23"},
		},
		{"copyright", "copyright: {from: 1937, to: '2010', owner: {organization: {name: AIEE}}}", &Item{Copyright: []Copyright{{From: 1937, To: 2010, Owner: []Organization{{Name: []Text{{Content: "AIEE"}}}}}}}},
		{
			"extent", "extent: [{type: volume, reference_from: '3'}, {locality: [{type: page, reference_from: '1', reference_to: '9'}]}, {locality_stack: {locality: {type: issue, reference_from: 4}}}]",
			&Item{Extent: []Locality{{"volume", "3", ""}, {"page", "1", "9"}, {"issue", "4", ""}}},
		},
		{"primary in quotes", "docid: [{id: RFC 1, type: IETF, primary: 'true'}, {id: RFC1, primary: false}]", &Item{DocID: []docid.ID{{ID: "RFC 1", Type: "IETF", Primary: true}, {ID: "RFC1"}}}},
		{"nulls", "title:\nabstract: [~]\nlink: []\ncontributor: [{person: {name: {given: }}, role: [null]}]\ntype: ~", person(PersonName{})},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, mustDecode(t, c.source)); diff != "" {
				t.Errorf("%s\n-want +got:\n%s", c.source, diff)
			}
		})
	}
}

func TestDecodeReportsProblems(t *testing.T) {
	const id = "docid: [{id: RFC 1}]\n"
	for _, c := range []struct {
		name, source string
		path         string
		line         int
	}{
		{"no identifier", "type: standard", "", 1},
		{"identifier without a value", id + "relation: [{type: updates, bibitem: {docid: [{type: IETF}]}}]", "relation[0].bibitem.docid[0]", 2},
		{"primary is not a boolean", "docid:\n- id: RFC 1\n  primary: maybe", "docid[0].primary", 3},
		{"nobody", id + "contributor: [{role: [{type: author}]}]", "contributor[0]", 2},
		{"contributor as a text", id + "contributor: [IAB]", "contributor[0]", 2},
		{"unknown type of contact", id + "contributor: [{organization: {contact: [{type: telex, value: x}]}}]", "contributor[0].organization.contact[0]", 2},
		{"not a date", id + "date: [{type: published, value: soon}]", "date[0].value", 2},
		{"day that is not in the calendar", id + "revdate: 2021-02-30", "revdate", 2},
		{"date without a type", id + "date:\n- value: 2021-03", "date[0]", 3},
		{"date without a value", id + "date: [{type: published}]", "date[0]", 2},
		{"relation to nothing", id + "relation: [{type: updates}]", "relation[0]", 2},
		{"relation as a text", id + "relation: [RFC 2]", "relation[0]", 2},
		{"mapping for a text", id + "docnumber: {a: b}", "docnumber", 2},
		{"several values for one", id + "type: [standard, report]", "type", 2},
		{"several texts for one", id + "formattedref: [a, b]", "formattedref", 2},
		{"year", id + "copyright: [{from: long ago}]", "copyright[0].from", 2},
		{"copyright as a text", id + "copyright: [IEEE 2020]", "copyright[0]", 2},
		{"extent as a text", id + "extent: [pp. 1-4]", "extent[0]", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems, err := Decode([]byte(c.source))
			if err != nil || len(problems) != 1 {
				t.Fatalf("error %v, problems %v, want one problem", err, problems)
			}
			if p := problems[0]; p.Path != c.path || p.Line != c.line || p.Message == "" {
				t.Errorf("got %+v, want path %q and line %d", p, c.path, c.line)
			}
		})
	}
}

func TestDecodeLimitsProblems(t *testing.T) {
	source := "docid: [{id: RFC 1}]\nrelation:\n"
	for range 10 * maxProblems {
		source += "- updates\n"
	}
	if _, problems, _ := Decode([]byte(source)); len(problems) != maxProblems {
		t.Errorf("%d problems, want %d", len(problems), maxProblems)
	}
}

// What one field breaks must not take the others with it (compatibility, section 1).
func TestDecodeUsesTheRest(t *testing.T) {
	got := mustDecode(t, "docid: [{type: IETF}, {id: RFC 1, type: IETF, primary: true}]\ndate: [{type: published, value: soon}]\ncontributor: [IAB, {organization: IESG}]\ntitle: Host Software\n")
	want := &Item{
		DocID:       []docid.ID{{ID: "RFC 1", Type: "IETF", Primary: true}},
		Date:        []Date{{Value: "soon", Type: "published"}},
		Contributor: []Contributor{{Organization: &Organization{Name: []Text{{Content: "IESG"}}}}},
		Title:       []Title{{Text: Text{Content: "Host Software"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
