package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	recommendation = `
docid: [{id: W3C REC-xml-20060816, type: W3C, primary: true}]
series: [{title: {content: W3C REC}, number: REC-xml-20060816}]`
	specification = `
docid: [{id: '3GPP TS 23.501:REL-18/18.8.0', type: 3GPP, primary: true}]
contributor: [{person: {name: {given: {forename: [{content: Tao}]}, surname: {content: Sun}}}, role: [{type: author}]}]`
	undated = `
docid: [{id: W3C xml, type: W3C, primary: true}]
relation:
- {type: hasEdition, bibitem: {docid: [{id: W3C REC-xml-20060816, type: W3C, primary: true}]}}
- {type: instance, bibitem: {docid: [{id: W3C REC-xml-20081126, type: W3C, primary: true}]}}
- {type: hasEdition, bibitem: {docid: [{id: W3C PER-xml-20080205, type: W3C, primary: true}]}}
- {type: hasEdition, bibitem: {docid: [{id: W3C WD-xml-99999999, type: W3C, primary: true}]}}`
	registry = `
docid: [{id: IANA sip-parameters, type: IANA, primary: true}]
date: [{type: published, value: 2002-01}]`
	technicalNote = `
docid: [{id: NIST TN 1863-4, type: NIST, primary: true}]
contributor:
- person: {name: {given: {forename: [{content: Matthew, initial: S}], formatted_initials: {content: S}}, surname: {content: Speicher}}}
  role: [{type: author}]
- person: {name: {given: {forename: [{content: John Harris, initial: L}], formatted_initials: {content: L}}, surname: {content: III}}}
  role: [{type: author}]`
)

func TestCorrections(t *testing.T) {
	rfcAuthor := func(name string) string {
		return "\ndocid: [{id: RFC 1, type: IETF, primary: true}]\ncontributor: [{person: {name: " + name + "}, role: [{type: author}]}]"
	}
	for _, c := range []struct {
		name          string
		correction    Corrections
		record        string
		before, after string // a part of the answer; before is not in the answer after, unless it is empty
	}{
		{"a specification of the 3GPP has a series", ThreeGPPSeries, specification, "", `<seriesInfo name="3GPP TS" value="23.501 18.8.0"/>`},
		{
			"a report of the 3GPP has not two", ThreeGPPSeries, `
docid: [{id: '3GPP TR 38.901:REL-17/17.0.0', type: 3GPP, primary: true}]
series: [{title: {content: 3GPP TR}, number: '38.901'}]`,
			`<seriesInfo name="3GPP TR" value="38.901"/>`, `<seriesInfo name="3GPP TR" value="38.901 17.0.0"/>`,
		},
		{"a W3C document has one series", W3CSeries, recommendation, `<seriesInfo name="W3C REC" value="REC-xml-20060816"/>`, `<seriesInfo name="W3C" value="REC-xml-20060816"/>`},
		{
			"a W3C document keeps its dots", W3CSeries, `
docid: [{id: W3C wai-aria-1.1, type: W3C, primary: true}, {id: W3C.wai-aria-1.1, type: W3C, scope: anchor}]`,
			`value="wai-aria-1 1"`, `<seriesInfo name="W3C" value="wai-aria-1.1"/>`,
		},
		{"an undated W3C document has the date of its latest edition", W3CDates, undated, "", `<date day="26" month="November" year="2008"/>`},
		{"a dated W3C document keeps its date", W3CDates, undated + "\ndate: [{type: published, value: '1998-02-10'}]", "", `<date day="10" month="February" year="1998"/>`},
		{"a registry has no date", IANADates, registry, `<date month="January" year="2002"/>`, "<author/>"},
		{"a full name has its blanks", FullNames, technicalNote, `fullname="Matthew SSpeicher"`, `fullname="Matthew S. Speicher"`},
		{"a full name with a suffix has its blanks", FullNames, technicalNote, `fullname="John LHarris III"`, `fullname="John L. Harris III"`},
		{"a full name has no blank too many", FullNames, rfcAuthor("{completename: {content: T.  Connolly}, surname: {content: 'Connolly '}}"), `"T.  Connolly"`, `fullname="T. Connolly" surname="Connolly"`},
		{"initials are not those of the second name alone", Initials, technicalNote, `initials="S"`, `initials="M. S."`},
		{"initials of a suffixed name", Initials, technicalNote, `initials="L"`, `initials="J. L." surname="Harris"`},
		{
			"initials are not doubled", Initials, `
docid: [{id: draft-eckert-bier-te-frr-03, type: Internet-Draft, primary: true}]
contributor: [{person: {name: {given: {forename: [{content: Toerless, initial: T}], formatted_initials: {content: T.}}, surname: {content: Eckert}}}, role: [{type: author}]}]`,
			"", `initials="T." surname="Eckert"`,
		},
		{"initials of forenames", Initials, specification, "", `<author fullname="Tao Sun" initials="T." surname="Sun"/>`},
		{"initials of a full name", Initials, rfcAuthor("{completename: {content: J. Iyengar}, surname: {content: Iyengar}}"), "", `fullname="J. Iyengar" initials="J." surname="Iyengar"`},
		{"initials with a hyphen, and their surname", Initials, rfcAuthor("{completename: {content: H-Y. Lach}}"), "", `fullname="H-Y. Lach" initials="H-Y." surname="Lach"`},
		{"several initials in one word", Initials, rfcAuthor("{completename: {content: NSS. Murthy}}"), "", `initials="NSS." surname="Murthy"`},
		{"a choice of initials", Initials, rfcAuthor("{completename: {content: Y(J). Stein}}"), "", `initials="Y(J)." surname="Stein"`},
		{"a surname of two words after its initials", Initials, rfcAuthor("{completename: {content: JL. Le Roux}}"), "", `initials="JL." surname="Le Roux"`},
		{"an initial that lost its dot", Initials, rfcAuthor("{completename: {content: S P. Romano}}"), "", `initials="S P." surname="Romano"`},
		{
			"initials of a full name whose surname is known", Initials, `
docid: [{id: NIST GCR 1, type: NIST, primary: true}]
contributor: [{person: {name: {completename: {content: Maria del Carmen de la Vega}, surname: {content: de la Vega}}}, role: [{type: author}]}]`,
			"", `initials="M. D. C." surname="de la Vega"`,
		},
		{
			"an organization has its abbreviation", Organizations, `
docid: [{id: W3C test, type: W3C, primary: true}]
contributor: [{organization: {name: [{content: World Wide Web Consortium}]}, role: [{type: author}]}]`,
			"<organization>World Wide Web Consortium</organization>", `<organization abbrev="W3C">World Wide Web Consortium</organization>`,
		},
		{
			"an organization keeps the abbreviation of the record", Organizations, `
docid: [{id: IEEE Std 1, type: IEEE, primary: true}]
contributor: [{organization: {name: [{content: Institute of Electrical and Electronics Engineers}], abbreviation: {content: IEEE-SA}}, role: [{type: author}]}]`,
			"", `<organization abbrev="IEEE-SA">`,
		},
		{
			"an organization in the place of a person", Organizations, `
docid: [{id: W3C sparql12-query, type: W3C, primary: true}]
contributor: [{person: {name: {completename: {content: The W3C SPARQL Working Group}}}, role: [{type: editor}]}]`,
			`fullname="The W3C SPARQL Working Group"`, "<author role=\"editor\">\n      <organization>The W3C SPARQL Working Group</organization>",
		},
		{
			"the group of a member, before its RFC", GroupSeries, `
docid: [{id: STD 101, type: IETF, primary: true}]
relation: [{type: includes, bibitem: {docid: [{id: RFC 9777, type: IETF, primary: true}]}}]`,
			"", "<seriesInfo name=\"STD\" value=\"101\"/>\n    <seriesInfo name=\"RFC\" value=\"9777\"/>",
		},
		{"a letter beyond ASCII", Initials, rfcAuthor("{completename: {content: É. Vyncke}}"), "", `initials="É." surname="Vyncke"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, after := answer(t, c.record, Format{}), answer(t, c.record, Format{Corrections: c.correction})
			require.Contains(t, before, c.before)
			require.Contains(t, after, c.after)
			if c.before != "" {
				require.NotContains(t, after, c.before)
			}
		})
	}
}

func TestInitialsAreNotGuessed(t *testing.T) {
	for _, c := range []struct{ name, record, want string }{
		{"of an organization in the place of a name", `
docid: [{id: RFC 95, type: IETF, primary: true}]
contributor: [{person: {name: {completename: {content: Network Information Center. Stanford Research Institute}}}, role: [{type: author}]}]`, `<author fullname="Network Information Center. Stanford Research Institute"/>`},
		{"where full names are not those of the RFC Editor", `
docid: [{id: W3C gov-data, type: W3C, primary: true}]
contributor: [{person: {name: {completename: {content: J. Alan Bird}}}, role: [{type: editor}]}]`, `<author fullname="J. Alan Bird" role="editor"/>`},
		{"of a person with one name", `
docid: [{id: W3C mitra, type: W3C, primary: true}]
contributor: [{person: {name: {completename: {content: Mitra}}}, role: [{type: author}]}]`, `<author fullname="Mitra"/>`},
		{"of a script that has none", `
docid: [{id: W3C jlreq, type: W3C, primary: true}]
contributor: [{person: {name: {given: {forename: [{content: 淳}]}, surname: {content: 藤沢}}}, role: [{type: editor}]}]`, `<author fullname="淳 藤沢" role="editor" surname="藤沢"/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, answer(t, c.record, Format{Corrections: Initials}), c.want)
		})
	}
}

func TestMarkup(t *testing.T) {
	record := `
docid: [{id: IEEE Std 7, type: IEEE, primary: true}]
title: [{content: "Foams &amp; Gels<sup>TM</sup>: the <link> element if a < b"}]
abstract: [{content: "Of H<sub>2</sub>O.<br>R&amp;amp;D"}]
contributor: [{organization: {name: "AT&amp;T"}, role: publisher}, {person: {name: {completename: "J&ouml;rg Doe"}}, role: author}]
series: [{title: {content: "Foams &amp; Gels"}, number: "7"}]
extent: [{type: container-title, reference_from: "J. Phys. &amp; Chem."}]`
	corrected := answer(t, record, Format{Corrections: Markup})
	for _, want := range []string{
		"<title>Foams &amp; GelsTM: the &lt;link&gt; element if a &lt; b</title>", "<t>Of H2O. R&amp;D</t>", "<organization>AT&amp;T</organization>",
		`fullname="Jörg Doe"`, `<seriesInfo name="Foams &amp; Gels" value="7"/>`, "<refcontent>J. Phys. &amp; Chem.</refcontent>",
	} {
		require.Contains(t, corrected, want)
	}
	require.Contains(t, answer(t, record, Format{}), "<title>Foams &amp;amp; Gels&lt;sup&gt;TM&lt;/sup&gt;: the &lt;link&gt; element if a &lt; b</title>")
}

func TestParseCorrections(t *testing.T) {
	for _, c := range []struct {
		name  string
		names []string
		want  Corrections
	}{
		{"unset means all", nil, EveryCorrection},
		{"all", []string{"all"}, EveryCorrection},
		{"none", []string{"none"}, 0},
		{"some", []string{"w3c-series", "initials"}, W3CSeries | Initials},
		{"the first and the last", []string{"3gpp-series", "markup"}, ThreeGPPSeries | Markup},
		{"one twice", []string{"group-series", "group-series"}, GroupSeries},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseCorrections(c.names)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
	everything, err := ParseCorrections(CorrectionNames())
	require.NoError(t, err)
	require.Equal(t, EveryCorrection, everything, "each bit has a name")
	require.Equal(t, CorrectionNames(), everything.Names())
	require.Equal(t, []string{"w3c-dates", "ieee-series"}, (W3CDates | IEEESeries).Names())
}

func TestUnknownCorrections(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"w3c-series", "w3cseries"}, `unknown correction "w3cseries". Did you mean "w3c-series"?`},
		{[]string{"IEEE_series"}, `Did you mean "ieee-series"?`},
		{[]string{"initialz"}, `Did you mean "initials"?`},
		{[]string{"organisations"}, `Did you mean "organizations"?`},
		{[]string{"non"}, `Did you mean "none"?`},
		{[]string{"elephants"}, `unknown correction "elephants". Known are all, none, and 3gpp-series, w3c-series, w3c-dates`},
		{[]string{""}, `unknown correction ""`},
		{[]string{"none", "initials"}, `"none" stands alone`},
		{[]string{"initials", "all"}, `"all" stands alone`},
		{[]string{"all", "none"}, `"all" stands alone`},
	} {
		_, err := ParseCorrections(c.names)
		require.ErrorContains(t, err, c.want, "%q", c.names)
	}
}
