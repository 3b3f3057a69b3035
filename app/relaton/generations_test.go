package relaton

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each pair says the same in both generations of the model.
func TestGenerationsGiveTheSameItem(t *testing.T) {
	for _, c := range []struct{ name, gen1, gen2 string }{
		{
			"recommendation",
			`
schema-version: v1.2.3
id: W3CCRpaymentrequest20191212
title: [{content: Payment Request API, language: [en], script: [Latn]}]
link: [{content: https://www.w3.org/TR/2019/CR-payment-request-20191212/, type: src}]
type: standard
docid: [{id: W3C CR-payment-request-20191212, type: W3C, primary: true}]
docnumber: CR-payment-request-20191212
date: [{type: published, value: 2019-12-12}]
contributor:
- role: [{type: publisher}]
  organization: {name: [{content: World Wide Web Consortium}], abbreviation: {content: W3C}, url: https://www.w3.org}
- role: [{type: editor}]
  person: {name: {given: {forename: [{content: Marcos, language: [en]}]}, surname: {content: Caceres}}}
language: [en]
script: [Latn]
docstatus: {stage: {value: Candidate Recommendation}}
editorialgroup: [{name: Web Payments Working Group}]
relation:
- type: obsoletes
  bibitem:
    title: [{content: Payment Request API, language: [en]}]
    link: [{content: https://www.w3.org/TR/2019/WD-payment-request-20190416/, type: src}]
    docid: [{id: W3C WD-payment-request-20190416, type: W3C, primary: true}]
series: [{title: {content: W3C Candidate Recommendation, language: [en]}, number: CR-payment-request-20191212}]
ext: {schema-version: v1.0.0, doctype: {type: technicalReport}, flavor: w3c}
`, `
schema_version: v1.2.3
id: W3CCRpaymentrequest20191212
title: [{content: Payment Request API, language: en, script: Latn}]
source: [{content: https://www.w3.org/TR/2019/CR-payment-request-20191212/, type: src}]
type: standard
docidentifier: [{content: W3C CR-payment-request-20191212, type: W3C, primary: true}]
docnumber: CR-payment-request-20191212
date: [{type: published, at: 2019-12-12}]
contributor:
- role: [{type: publisher}]
  organization: {name: [{content: World Wide Web Consortium}], abbreviation: {content: W3C}, uri: [{content: https://www.w3.org}]}
- role: [{type: editor}]
  person: {name: {forename: [{content: Marcos, language: en}], surname: {content: Caceres}}}
- role: [{type: author, description: [{content: committee}]}]
  organization:
    name: [{content: World Wide Web Consortium}]
    subdivision: [{name: [{content: Web Payments Working Group}], type: technical-committee}]
language: [en]
script: [Latn]
status: {stage: {content: Candidate Recommendation}}
relation:
- type: obsoletes
  bibitem:
    title: [{content: Payment Request API, language: en}]
    source: [{content: https://www.w3.org/TR/2019/WD-payment-request-20190416/, type: src}]
    docidentifier: [{content: W3C WD-payment-request-20190416, type: W3C, primary: true}]
series: [{title: [{content: W3C Candidate Recommendation, language: en}], number: CR-payment-request-20191212}]
ext: {schema_version: v1.0.0, doctype: {content: technicalReport}, flavor: w3c}
`,
		},
		{
			"standard with addresses",
			`
docid: [{id: IEEE 1003.1, type: IEEE, primary: true}, {id: IEEE 1003.1™, type: IEEE, scope: trademark}]
date: [{type: issued, value: "1990"}, {type: created, value: 1988-05}]
biblionote: [{content: First of its kind, type: comment}]
contributor:
- role: [{type: publisher, description: [{content: printing}]}]
  organization:
    name: [{content: IEEE}]
    contact: [{address: {street: [3 Park Avenue], city: New York, country: US}}, {phone: "+1"}, {email: a@example.org}]
- role: [{type: author}]
  person:
    name: {completename: {content: Jane Doe}}
    affiliation: [{organization: {name: [{content: Acme}]}}]
    contact: [{email: jane@example.org}, {uri: https://jane.example.org}]
keyword: [{content: POSIX}]
copyright: [{from: 1990, owner: [{name: [{content: IEEE}]}]}]
extent: [{type: volume, reference_from: "3"}]
version: [{draft: "2"}]
`, `
docidentifier: [{content: IEEE 1003.1, type: IEEE, primary: true}, {content: IEEE 1003.1™, type: IEEE, scope: trademark}]
date: [{type: issued, at: "1990"}, {type: created, from: 1988-05, to: 1988-09}]
note: [{content: First of its kind, type: comment}]
contributor:
- role: [{type: publisher, description: [{content: printing}]}]
  organization:
    name: [{content: IEEE}]
    address: [{street: [3 Park Avenue], city: New York, country: US}]
    phone: [{content: "+1"}]
    email: [a@example.org]
- role: [{type: author}]
  person:
    name: {completename: {content: Jane Doe}}
    affiliation: [{organization: {name: [{content: Acme}]}}]
    email: [jane@example.org]
    uri: [{content: https://jane.example.org}]
keyword: [{vocab: {content: POSIX}}]
copyright: [{from: 1990, owner: [{organization: {name: [{content: IEEE}]}}]}]
extent: [{locality: [{type: volume, reference_from: "3"}]}]
version: [{content: "2"}]
`,
		},
		{
			"file in the middle of a conversion",
			"docid: [{id: RFC 1, type: IETF}, {id: RFC1}]\nlink: [{content: a}, {content: b}]\ndocstatus: {stage: {value: published}}\nschema-version: v1.4",
			"docidentifier: [{content: RFC 1, type: IETF}]\ndocid: [{id: RFC 1, type: IETF}, {id: RFC1}]\nsource: [{content: a}]\nlink: [{content: a}, {content: b}]\nstatus: {stage: {content: published}}\nschema_version: v1.4",
		},
		{
			"committees beside editorial groups",
			"docid: [{id: RFC 1}]\neditorialgroup: [{name: A}, {name: B}]",
			"docidentifier: [{content: RFC 1}]\neditorialgroup: [{name: A}]\ncontributor: [{role: {type: author, description: committee}, organization: {subdivision: {name: B}}}]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, got := mustDecode(t, c.gen1), mustDecode(t, c.gen2)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-1.x +2.x:\n%s", diff)
			}
		})
	}
}

func TestGen2KeepsOrganizationsThatAreNoCommittees(t *testing.T) {
	for name, contributor := range map[string]string{
		"without a subdivision": "{role: [{type: author, description: [{content: committee}]}], organization: {name: [{content: W3C}]}}",
		"not as a committee":    "{role: [{type: author}], organization: {name: [{content: W3C}], subdivision: [{name: [{content: TAG}]}]}}",
	} {
		t.Run(name, func(t *testing.T) {
			item := mustDecode(t, "docidentifier: [{content: W3C 01}]\ncontributor: ["+contributor+"]")
			if len(item.Contributor) != 1 || item.Contributor[0].Name() != "W3C" {
				t.Errorf("contributors %+v, want the W3C", item.Contributor)
			}
		})
	}
}
