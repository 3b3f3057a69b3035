package bibxml

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// TestComplaints holds what users of the service before had to complain about, each on a record of the
// shape that its source has, and as answered without any correction.
func TestComplaints(t *testing.T) {
	for _, c := range []struct {
		name, record string
		want         []string // lines of the answer
		not          []string // parts that it does not have
	}{
		{
			"an editor is one", `
docid: [{id: RFC 4872, type: IETF, primary: true}]
contributor:
- person: {name: {surname: {content: Lang}, completename: {content: J.P. Lang}}}
  role: [{type: editor}]
- person: {name: {surname: {content: Rekhter}, completename: {content: Y. Rekhter}}}
  role: [{type: author}]`,
			[]string{`<author fullname="J.P. Lang" role="editor" surname="Lang"/>`, `<author fullname="Y. Rekhter" surname="Rekhter"/>`},
			nil,
		},
		{
			"the RFC Publisher is no author, nor is the series", `
docid: [{id: RFC 8288, type: IETF, primary: true}]
contributor:
- person: {name: {surname: {content: Nottingham}, completename: {content: M. Nottingham}}}
  role: [{type: author}]
- organization: {name: [{content: RFC Publisher}]}
  role: [{type: publisher}]
- organization: {name: [{content: RFC Series}]}
  role: [{type: authorizer}]`,
			[]string{`<author fullname="M. Nottingham" surname="Nottingham"/>`},
			[]string{"RFC Publisher", "RFC Series"},
		},
		{
			"corporate authors are organizations, two of them distinct", `
docid: [{id: RFC 3177, type: IETF, primary: true}]
contributor:
- {organization: {name: [{content: IAB}]}, role: [{type: author}]}
- {organization: {name: [{content: IESG}]}, role: [{type: author}]}`,
			[]string{"<organization>IAB</organization>", "<organization>IESG</organization>"},
			[]string{"fullname", "surname"},
		},
		{
			"a suffix is no author", `
docid: [{id: RFC 3789, type: IETF, primary: true}]
contributor:
- person: {name: {given: {forename: [{initial: P}], formatted_initials: {content: P.}}, surname: {content: Nesser}, completename: {content: P. Nesser}}}
  role: [{type: author}]
- {organization: {name: [{content: II}]}, role: [{type: author}]}
- person: {name: {given: {formatted_initials: {content: A.}}, surname: {content: Bergstrom}, completename: {content: A. Bergstrom}}}
  role: [{type: editor}]`,
			[]string{`<author fullname="P. Nesser" initials="P." surname="Nesser"/>`, `<author fullname="A. Bergstrom" initials="A." role="editor" surname="Bergstrom"/>`},
			[]string{"II"},
		},
		{
			"a suffix without a person is no author", `
docid: [{id: NIST TN 2156, type: NIST, primary: true}]
contributor: [{person: {name: {completename: {content: Jr}}}, role: [{type: author}]}]`,
			[]string{"<author/>"},
			[]string{"Jr"},
		},
		{
			"a suffix is no surname", `
docid: [{id: NIST SP 1186, type: NIST, primary: true}]
contributor: [{person: {name: {given: {forename: [{content: Donald R. Burgess}]}, surname: {content: Jr.}}}, role: [{type: author}]}]`,
			[]string{`<author fullname="Donald R. Burgess Jr." surname="Burgess"/>`},
			nil,
		},
		{
			"nobody is called et al.", `
docid: [{id: RFC 2555, type: IETF, primary: true}]
contributor:
- {organization: {name: [{content: RFC Editor}]}, role: [{type: author}]}
- {person: {name: {completename: {content: et al.}}}, role: [{type: author}]}`,
			[]string{"<organization>RFC Editor</organization>"},
			[]string{"et al"},
		},
		{
			"nobody holds a vacant office", `
docid: [{id: '3GPP TS 11.20-DCS:Ph1-DCS/3.1.0', type: 3GPP, primary: true}]
contributor: [{person: {name: {completename: {content: 'VACANT,  '}}}, role: [{type: author}]}]`,
			[]string{"<author/>"},
			[]string{"VACANT"},
		},
		{
			"a surname of two words stays whole", `
docid: [{id: draft-ietf-tsvwg-l4s-arch-20, type: Internet-Draft, primary: true}]
contributor: [{person: {name: {given: {forename: [{initial: K}], formatted_initials: {content: K.}}, surname: {content: De Schepper}, completename: {content: K. De Schepper}}}, role: [{type: author}]}]`,
			[]string{`<author fullname="K. De Schepper" initials="K." surname="De Schepper"/>`},
			nil,
		},
		{
			"no attribute of a name is empty", `
docid: [{id: IANA application.samlassertion, type: IANA, primary: true}]
contributor:
- person:
    name: {given: {formatted_initials: {content: ''}}, surname: {content: OASIS Security Services Technical Committee (SSTC)}, completename: {content: ''}}
    affiliation: [{organization: {name: [{content: OASIS SSTC}]}}]
  role: [{type: author}]`,
			[]string{`<author fullname="OASIS Security Services Technical Committee (SSTC)" surname="OASIS Security Services Technical Committee (SSTC)">`, "<organization>OASIS SSTC</organization>"},
			[]string{`=""`},
		},
		{
			"no name begins with a blank", `
docid: [{id: RFC 4054, type: IETF, primary: true}]
contributor: [{person: {name: {surname: {content: ' Strand'}, completename: {content: ' J. Strand'}}}, role: [{type: editor}]}]`,
			[]string{`<author fullname="J. Strand" role="editor" surname="Strand"/>`},
			nil,
		},
		{
			"a choice of initials belongs to a person", `
docid: [{id: RFC 7893, type: IETF, primary: true}]
contributor: [{organization: {name: [{content: Y(J) Stein}]}, role: [{type: author}]}]`,
			[]string{`<author fullname="Y(J) Stein" initials="Y(J)" surname="Stein"/>`},
			[]string{"<organization"},
		},
		{
			"a malformed author does not lose the draft", `
docid: [{id: draft-irtf-cfrg-kangarootwelve-05, type: Internet-Draft, primary: true}]
title: [{content: KangarooTwelve and TurboSHAKE}]
contributor:
- {person: {name: [B., Viguier]}, role: [{type: author}]}
- {person: {name: {surname: {content: Assche}, completename: {content: G. Van Assche}}}, role: [{type: author}]}`,
			[]string{"<title>KangarooTwelve and TurboSHAKE</title>", `<author fullname="G. Van Assche" surname="Assche"/>`},
			nil,
		},
		{
			"a draft's target is a page", `
docid: [{id: draft-ietf-emu-eap-edhoc-05, type: Internet-Draft, primary: true}]
link: [{content: 'https://datatracker.ietf.org/api/v1/doc/document/draft-ietf-emu-eap-edhoc/', type: src}]`,
			[]string{`<reference anchor="draft-ietf-emu-eap-edhoc-05" target="https://datatracker.ietf.org/doc/html/draft-ietf-emu-eap-edhoc-05">`},
			nil,
		},
		{
			"a draft's target is no text file", `
docid: [{id: draft-ietf-pce-pcep-ifit-04, type: Internet-Draft, primary: true}]
link: [{content: 'https://www.ietf.org/archive/id/draft-ietf-pce-pcep-ifit-04.txt', type: src}]`,
			[]string{`<reference anchor="draft-ietf-pce-pcep-ifit-04" target="https://datatracker.ietf.org/doc/html/draft-ietf-pce-pcep-ifit-04">`},
			nil,
		},
		{
			"an RFC has a target", `
docid: [{id: RFC 5882, type: IETF, primary: true}]
link: [{content: 'https://www.rfc-editor.org/info/rfc5882', type: src}]`,
			[]string{`<reference anchor="RFC5882" target="https://www.rfc-editor.org/info/rfc5882">`},
			nil,
		},
		{
			"the date of an RFC has no day", `
docid: [{id: RFC 8962, type: IETF, primary: true}]
date: [{type: published, value: '2021-04-01'}]`,
			[]string{`<date month="April" year="2021"/>`},
			nil,
		},
		{
			"a year alone makes no empty month", `
docid: [{id: ANSI X3-4.1986, type: ANSI, primary: true}]
date: [{type: published, value: '1986'}]`,
			[]string{`<date year="1986"/>`},
			[]string{"month"},
		},
		{
			"RFC before DOI, and nothing twice", `
docid: [{id: RFC 3209, type: IETF, primary: true}, {id: RFC3209, type: IETF, scope: anchor}, {id: 10.17487/RFC3209, type: DOI}]
series: [{title: {content: RFC}, number: '3209'}]`,
			[]string{`<seriesInfo name="RFC" value="3209"/>` + "\n" + `  <seriesInfo name="DOI" value="10.17487/RFC3209"/>`},
			nil,
		},
		{
			"an abstract is made of paragraphs; keywords and working groups are left out", `
docid: [{id: RFC 8126, type: IETF, primary: true}]
abstract: [{content: Many protocols need points of extension., format: text/plain}]
keyword: [{content: IANA}]
editorialgroup: {committee: [{name: NON WORKING GROUP}]}`,
			[]string{"<t>Many protocols need points of extension.</t>"},
			[]string{"keyword", "workgroup", "NON WORKING"},
		},
		{
			"a report of the 3GPP has one series", `
docid: [{id: '3GPP TR 38.901:REL-17/17.0.0', type: 3GPP, primary: true}]`,
			[]string{`<seriesInfo name="3GPP TR" value="38.901 17.0.0"/>`},
			nil,
		},
		{
			"IANA's links are secure, and IANA is called so", `
docid: [{id: IANA mud, type: IANA, primary: true}]
link: [{content: 'http://www.iana.org/assignments/mud', type: self}]
contributor: [{organization: {name: [{content: Internet Assigned Numbers Authority}], abbreviation: {content: IANA}}, role: [{type: publisher}]}]`,
			[]string{`target="https://www.iana.org/assignments/mud"`, "<organization>IANA</organization>"},
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := answer(t, c.record, Format{})
			for _, want := range c.want {
				require.Contains(t, got, want)
			}
			for _, not := range c.not {
				require.NotContains(t, got, not)
			}
		})
	}
}

// Only addresses that lead somewhere from wherever a reference is printed are targets.
func TestTargets(t *testing.T) {
	for _, c := range []struct{ name, links, want string }{
		{"relative", "[{content: pdfs/x.pdf, type: src}]", ""},
		{"without a scheme", "[{content: //example.org/x, type: src}, {content: www.example.org}]", ""},
		{"scripts and data", "[{content: 'javascript:alert(1)', type: src}, {content: 'data:text/html,x'}, {content: \"java\\nscript:alert(1)\"}]", ""},
		{"blanks and control characters", "[{content: 'https://example.org/a b', type: src}, {content: \"https://example.org/\\x7f\"}]", ""},
		{"the next of its kind", "[{content: pdfs/x.pdf, type: src}, {content: 'https://example.org/', type: html}, {content: 'https://example.org/x.pdf', type: pdf}]", "https://example.org/x.pdf"},
		{"the first of any kind", "[{content: pdfs/x.pdf, type: src}, {content: 'ftp://example.org/x', type: txt}, {content: 'https://example.org/', type: html}]", "ftp://example.org/x"},
		{"a URN", "[{content: 'urn:iso:std:iso:8601', type: src}]", "urn:iso:std:iso:8601"},
		{"capitals", "[{content: 'HTTPS://example.org/', type: src}]", "HTTPS://example.org/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := answer(t, "docid: [{id: ACME 7, type: ACME, primary: true}]\ncontributor: [{role: author, organization: {name: Acme, url: 'javascript:alert(2)'}}]\nlink: "+c.links, Format{})
			require.NotContains(t, got, "alert")
			if c.want == "" {
				require.NotContains(t, got, "target")
			} else {
				require.Contains(t, got, ` target="`+c.want+`"`)
			}
		})
	}
}

// answer gives the BibXML of a document with one record.
func answer(t *testing.T, record string, format Format) string {
	t.Helper()
	item, _, err := relaton.Decode([]byte(strings.TrimPrefix(record, "\n")))
	require.NoError(t, err)
	return string(format.XML(merge.Records([]merge.Record{{Item: item}}), ""))
}
