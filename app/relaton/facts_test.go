package relaton

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/docid"
)

func TestPrimaryID(t *testing.T) {
	item := Item{DocID: []docid.ID{
		{ID: "IEEE Std 1003.1™", Type: "IEEE", Primary: true, Scope: "trademark"},
		{ID: "RFC1", Type: "IETF"},
		{ID: "IEEE Std 1003.1", Type: "IEEE", Primary: true},
		{ID: "RFC 1", Type: "IETF", Primary: true},
	}}
	if id, ok := item.PrimaryID(); !ok || id.ID != "IEEE Std 1003.1" {
		t.Errorf("got %v, %v", id, ok)
	}
	if id, ok := (&Item{DocID: item.DocID[:2]}).PrimaryID(); ok {
		t.Errorf("got %v where none is primary", id)
	}
}

func TestPartIDs(t *testing.T) {
	item := mustDecode(t, `
docid: [{id: W3C xmlenc-core, type: W3C, primary: true}]
relation:
- {type: instance, bibitem: {docid: [{id: W3C REC-xmlenc-core-20021210, type: W3C, primary: true}]}}
- {type: obsoletes, bibitem: {docid: [{id: W3C WD-xmlenc-core-20010626, type: W3C, primary: true}]}}
- {type: hasEdition, bibitem: {formattedref: an edition}}
`)
	want := []docid.ID{{ID: "W3C REC-xmlenc-core-20021210", Type: "W3C", Primary: true}}
	if diff := cmp.Diff(want, item.PartIDs()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestMainTitle(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"the one of type main", "title: [{content: Guide, type: title-main}, {content: 'Guide - Redline', type: main}]", "Guide - Redline"},
		{"the first", "title: [{content: ''}, {content: One}, {content: Two}]", "One"},
		{"on one line", "title: \"\\n   application/xml\\n  Media Type \"", "application/xml Media Type"},
		{"the reference", "formattedref: {content: RFC 1}", "RFC 1"},
		{"none", "type: standard", ""},
	} {
		if got := mustDecode(t, c.source).MainTitle(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFactsOutsideTheModel(t *testing.T) {
	for _, c := range []struct {
		name, source    string
		docType, status string
		groups          []string
	}{
		{"older", "doctype: TR\ndocstatus: {stage: {value: withdrawn}}\neditorialgroup: [{name: SP, type: prime}, {name: SMG}]", "TR", "withdrawn", []string{"SP", "SMG"}},
		{"newer", "ext: {doctype: {type: rfc}, editorialgroup: [{name: quic}]}", "rfc", "", []string{"quic"}},
		{"both", "doctype: a\neditorialgroup: {name: A}\next: {doctype: {type: b}, editorialgroup: [{name: A}, {name: B}]}", "a", "", []string{"A", "B"}},
		{"doctype as a text", "ext: {doctype: rfc}", "rfc", "", nil},
		{"committees of IEEE", "ext: {editorialgroup: {committee: [' SASB\n  Coordinating', SASB Coordinating]}}", "", "", []string{"SASB Coordinating"}},
		{"stage as a text", "docstatus: {stage: published}", "", "published", nil},
		{"status as a text", "docstatus: published", "", "published", nil},
		{"merged of two records", "docstatus: {stage: {value: ['', withdrawn, current]}}\next: {doctype: {type: [rfc, standard]}}", "rfc", "withdrawn", nil},
		{"2.x", "docidentifier: []\nstatus: {stage: {content: Note}}\next: {doctype: {content: groupNote}}", "groupNote", "Note", nil},
		{"nothing", "type: standard", "", "", nil},
		{"odd", "docstatus: [1]\next: [a]\neditorialgroup: 7", "", "", nil},
	} {
		item := mustDecode(t, c.source)
		if item.DocTypeName() != c.docType || item.Status() != c.status {
			t.Errorf("%s: type %q, status %q, want %q and %q", c.name, item.DocTypeName(), item.Status(), c.docType, c.status)
		}
		if diff := cmp.Diff(c.groups, item.EditorialGroups()); diff != "" {
			t.Errorf("%s: groups -want +got:\n%s", c.name, diff)
		}
	}
}

func TestContributorName(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"complete name", "person: {name: {completename: {content: ' Jane  Doe'}, surname: {content: Doe}}}", "Jane Doe"},
		{"parts", "person: {name: {prefix: [Dr.], given: {forename: [{content: Frank}, {initial: L}], formatted_initials: {content: L}}, surname: {content: Howard}, addition: [Jr.]}}", "Dr. Frank L Howard Jr."},
		{"initials", "person: {name: {given: {formatted_initials: {content: J.B.}}, surname: {content: Postel}}}", "J.B. Postel"},
		{"empty complete name", "person: {name: {completename: {content: ''}, surname: {content: OASIS SSTC}}}", "OASIS SSTC"},
		{"organization", "organization: {name: [{content: ''}, {content: IAB}]}", "IAB"},
		{"organization of a nameless person", "person: {contact: [{email: a@example.org}]}\norganization: {name: [{content: IAB}]}", "IAB"},
		{"nobody", "person: {}", ""},
		{"nameless organization", "organization: {}", ""},
	} {
		item := mustDecode(t, "contributor:\n- "+indent(c.source))
		if got := item.Contributor[0].Name(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func indent(s string) string {
	out := ""
	for _, c := range s {
		out += string(c)
		if c == '\n' {
			out += "  "
		}
	}
	return out
}

func TestHasRole(t *testing.T) {
	c := Contributor{Role: []Role{{Type: "author"}, {Type: "publisher"}}}
	if !c.HasRole("publisher") || !c.HasRole("editor", "author") || c.HasRole("editor") || c.HasRole() {
		t.Error("the roles are author and publisher")
	}
}

func TestParagraphsOfOddTexts(t *testing.T) {
	for _, c := range []struct {
		name string
		text Text
		want []string
	}{
		{"HTML without paragraphs", Text{Content: "One <i>two</i> three", Format: "text/html"}, []string{"One two three"}},
		{"breaks and lists", Text{Content: `<p class="a">One<br/>two<ul><li>three</li></ul></p>four`, Format: "text/html"}, []string{"One", "two", "three", "four"}},
		{"a less-than sign at the end", Text{Content: "<p>a <3 or c<</p>", Format: "text/html"}, []string{"a <3 or c<"}},
		{"only a heading", Text{Content: "<p>Abstract</p>"}, []string{"Abstract"}},
		{"several blank lines", Text{Content: "One\ntwo\n\n \t\nThree\n"}, []string{"One two", "Three"}},
		{"only tags", Text{Content: "<p> </p>"}, nil},
	} {
		if diff := cmp.Diff(c.want, c.text.Paragraphs()); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, diff)
		}
	}
}
