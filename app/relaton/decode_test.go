package relaton

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
)

func mustDecode(t *testing.T, source string) *Item {
	t.Helper()
	item, _, err := Decode([]byte(source))
	if err != nil {
		t.Fatalf("Decode: %v\n%s", err, source)
	}
	return item
}

const draft = `---
schema-version: v1.2.5
id: draft-barth-cookie-07
title:
- content: HTTP State Management Mechanism
  language: [en]
  script: [Latn]
  format: text/plain
link:
- content: https://datatracker.ietf.org/doc/html/draft-barth-cookie-07
  type: src
type: standard
docid:
- id: draft-barth-cookie-07
  type: Internet-Draft
  primary: true
- id: I-D.barth-cookie
  type: IETF
  scope: anchor
docnumber: I-D.barth-cookie
date:
- type: published
  value: 2009-12
contributor:
- person:
    name:
      given:
        forename:
        - content:
          language: [en]
          initial: A
        formatted_initials:
          content: A.
          language: [en]
      surname:
        content: Barth
      completename:
        content: Adam Barth
    affiliation:
    - organization:
        name:
        - content: U.C. Berkeley
    contact:
    - email: adam@example.org
  role:
  - type: author
version:
- draft: '07'
revdate: 2009-12
language: [en]
script: [Latn]
relation:
- type: updates
  bibitem:
    id: draft-barth-cookie-06
    docid:
    - id: draft-barth-cookie-06
      type: Internet-Draft
      primary: true
    formattedref:
      content: draft-barth-cookie-06
series:
- title:
    content: Internet-Draft
  number: draft-barth-cookie-07
ext:
  schema-version: v1.0.1
  doctype:
    type: internet-draft
`

func TestDecode(t *testing.T) {
	got, problems, err := Decode([]byte(draft))
	if err != nil || problems != nil {
		t.Fatalf("Decode: %v, problems %v", err, problems)
	}
	want := &Item{
		DocID: []docid.ID{
			{ID: "draft-barth-cookie-07", Type: "Internet-Draft", Primary: true},
			{ID: "I-D.barth-cookie", Type: "IETF", Scope: "anchor"},
		},
		DocNumber: "I-D.barth-cookie",
		Language:  []string{"en"},
		Script:    []string{"Latn"},
		Type:      "standard",
		Date:      []Date{{Value: "2009-12", Type: "published"}},
		RevDate:   "2009-12",
		Link:      []Link{{Content: "https://datatracker.ietf.org/doc/html/draft-barth-cookie-07", Type: "src"}},
		Version:   []Version{{Draft: "07"}},
		Title: []Title{{Text: Text{
			Content: "HTTP State Management Mechanism", Format: "text/plain", Language: []string{"en"}, Script: []string{"Latn"},
		}}},
		Contributor: []Contributor{{
			Role: []Role{{Type: "author"}},
			Person: &Person{
				Name: PersonName{
					Given: &GivenName{
						Forename:          []Forename{{Text: Text{Language: []string{"en"}}, Initial: "A"}},
						FormattedInitials: &Text{Content: "A.", Language: []string{"en"}},
					},
					Surname:      &Text{Content: "Barth"},
					CompleteName: &Text{Content: "Adam Barth"},
				},
				Affiliation: []Affiliation{{Organization: &Organization{Name: []Text{{Content: "U.C. Berkeley"}}}}},
				Contact:     []Contact{{Email: "adam@example.org"}},
			},
		}},
		Relation: []Relation{{Type: "updates", Bibitem: &Item{
			DocID:        []docid.ID{{ID: "draft-barth-cookie-06", Type: "Internet-Draft", Primary: true}},
			FormattedRef: &Text{Content: "draft-barth-cookie-06"},
			Extra:        map[string]any{"id": "draft-barth-cookie-06"},
		}}},
		Series: []Series{{Title: &Text{Content: "Internet-Draft"}, Number: "draft-barth-cookie-07", Type: "main"}},
		Extra: map[string]any{
			"schema-version": "v1.2.5",
			"id":             "draft-barth-cookie-07",
			"ext": map[string]any{
				"schema-version": "v1.0.1",
				"doctype":        map[string]any{"type": "internet-draft"},
			},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDecodeKeepsUnknownFields(t *testing.T) {
	got := mustDecode(t, `
id: TR01.00-R96-5.1.0
docid: [{id: "3GPP TR 01.00:R96/5.1.0", type: 3GPP, primary: true}]
radiotechnology: 2G
release:
  defunct: true
  version2g: '5'
  wpm: 17
  project_start: 1996-07-01
  freeze: 1996-07
  stage: 1.10
docstatus: {stage: {value: withdrawn}}
editorialgroup: [{name: SP, type: prime}]
note:
`).Extra
	want := map[string]any{
		"id":              "TR01.00-R96-5.1.0",
		"radiotechnology": "2G",
		"release": map[string]any{
			"defunct": true, "version2g": "5", "wpm": 17.0, "project_start": "1996-07-01", "freeze": "1996-07", "stage": "1.10",
		},
		"docstatus":      map[string]any{"stage": map[string]any{"value": "withdrawn"}},
		"editorialgroup": []any{map[string]any{"name": "SP", "type": "prime"}},
		"note":           nil,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDecodeRefusesBrokenFiles(t *testing.T) {
	for name, source := range map[string]string{
		"empty":            "",
		"broken syntax":    "title: [",
		"not UTF-8":        "title: \xff",
		"second document":  "a: b\n---\nc: d\n",
		"key given twice":  "type: a\ntype: b\n",
		"only a comment":   "# nothing\n",
		"tab for a margin": "title:\n\t- x\n",
		"a list":           "- title: x\n",
		"a text":           "nothing to see\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := Decode([]byte(source)); !fault.Is(err, fault.Invalid) {
				t.Errorf("error %v, want one of kind Invalid", err)
			}
		})
	}
}
