package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/formats/bibxml/bibxmltest"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Each pair is one document as the sources of either generation of the model write it.
func TestBothGenerationsGiveTheSameXML(t *testing.T) {
	for _, c := range []struct{ name, gen1, gen2, has string }{
		{
			"recommendation with editors", `
schema-version: v1.2.3
id: W3CRECxmlnames20091208
title: [{content: Namespaces in XML 1.0 (Third Edition), format: text/plain}]
link: [{content: 'https://www.w3.org/TR/2009/REC-xml-names-20091208/', type: src}]
type: standard
docid: [{id: W3C REC-xml-names-20091208, type: W3C, primary: true}]
date: [{type: published, value: '2009-12-08'}]
contributor:
- organization: {name: [{content: World Wide Web Consortium}], abbreviation: {content: W3C}, url: 'https://www.w3.org'}
  role: [{type: publisher}]
- person:
    name:
      given: {forename: [{content: Tim, language: [en], script: [Latn]}]}
      surname: {content: Bray, language: [en], script: [Latn]}
  role: [{type: editor}]
- person:
    name:
      given: {forename: [{content: Henry, language: [en]}, {content: S., language: [en]}]}
      surname: {content: Thompson, language: [en]}
  role: [{type: editor}]
series: [{title: {content: W3C Recommendation, format: text/plain}, number: REC-xml-names-20091208}]
ext: {schema-version: v1.0.0, doctype: {type: technicalReport}}
`, `
schema_version: v1.5.6
id: W3CRECxmlnames20091208
formattedref: {content: W3C REC-xml-names-20091208}
title: [{content: Namespaces in XML 1.0 (Third Edition), language: en, script: Latn}]
source: [{content: 'https://www.w3.org/TR/2009/REC-xml-names-20091208/', type: src}]
type: standard
docidentifier: [{content: W3C REC-xml-names-20091208, type: W3C, primary: true}]
date: [{type: published, at: '2009-12-08'}]
contributor:
- role: [{type: publisher}]
  organization: {uri: [{content: 'https://www.w3.org'}], name: [{content: World Wide Web Consortium}], abbreviation: {content: W3C}}
- role: [{type: editor}]
  person: {name: {forename: [{content: Tim, language: en, script: Latn}], surname: {content: Bray, language: en, script: Latn}}}
- role: [{type: editor}]
  person:
    name: {forename: [{content: Henry, language: en}, {content: S., language: en}], surname: {content: Thompson, language: en}}
- role: [{type: author, description: [{content: committee}]}]
  organization:
    uri: [{content: 'https://www.w3.org'}]
    name: [{content: World Wide Web Consortium}]
    subdivision: [{name: [{content: XML Core Working Group}], type: technical-committee}]
    abbreviation: {content: W3C}
status: {stage: {content: Recommendation}}
series: [{title: [{content: W3C Recommendation, language: en, script: Latn}], number: REC-xml-names-20091208}]
ext: {schema_version: v1.0.0, flavor: w3c, doctype: {content: technicalReport}}
`, `<author fullname="Henry S. Thompson" role="editor" surname="Thompson"/>`,
		},
		{
			"working draft with relations and a group", `
id: W3CWDwebtransport20231220
title: [{content: WebTransport}]
link: [{content: 'https://www.w3.org/TR/2023/WD-webtransport-20231220/', type: src}]
docid: [{id: W3C WD-webtransport-20231220, type: W3C, primary: true}]
date: [{type: published, value: '2023-12-20'}]
contributor:
- {person: {name: {completename: {content: Nidhi Jaju}}}, role: [{type: editor}]}
relation:
- {type: editionOf, bibitem: {docid: [{id: W3C webtransport, type: W3C, primary: true}], title: [{content: WebTransport}]}}
- {type: obsoletes, bibitem: {docid: [{id: W3C WD-webtransport-20230712, type: W3C, primary: true}], link: [{content: 'https://www.w3.org/TR/2023/WD-webtransport-20230712/', type: src}]}}
series: [{title: {content: W3C Working Draft}, number: WD-webtransport-20231220}]
editorialgroup: [{name: WebTransport Working Group}]
ext: {doctype: {type: technicalReport}}
`, `
schema_version: v1.5.6
id: W3CWDwebtransport20231220
title: [{content: WebTransport}]
source: [{content: 'https://www.w3.org/TR/2023/WD-webtransport-20231220/', type: src}]
docidentifier: [{content: W3C WD-webtransport-20231220, type: W3C, primary: true}]
date: [{type: published, at: '2023-12-20'}]
contributor:
- {role: [{type: editor}], person: {name: {completename: {content: Nidhi Jaju}}}}
- role: [{type: author, description: [{content: committee}]}]
  organization:
    name: [{content: World Wide Web Consortium}]
    subdivision: [{name: [{content: WebTransport Working Group}], type: technical-committee}]
relation:
- {type: editionOf, bibitem: {docidentifier: [{content: W3C webtransport, type: W3C, primary: true}], title: [{content: WebTransport}]}}
- {type: obsoletes, description: {content: errata}, bibitem: {docidentifier: [{content: W3C WD-webtransport-20230712, type: W3C, primary: true}], source: [{content: 'https://www.w3.org/TR/2023/WD-webtransport-20230712/', type: src}]}}
series: [{title: [{content: W3C Working Draft}], number: WD-webtransport-20231220}]
ext: {doctype: {content: technicalReport}}
`, `<seriesInfo name="W3C Working Draft" value="WD-webtransport-20231220"/>`,
		},
		{
			"undated document of editions", `
id: W3Cxml
title: [{content: Extensible Markup Language (XML) 1.0 (Fifth Edition)}]
link: [{content: 'https://www.w3.org/TR/xml/', type: src}]
docid: [{id: W3C xml, type: W3C, primary: true}]
relation:
- {type: hasEdition, bibitem: {docid: [{id: W3C REC-xml-20081126, type: W3C, primary: true}]}}
- {type: hasEdition, bibitem: {docid: [{id: W3C REC-xml-20060816, type: W3C, primary: true}]}}
series: [{title: {content: W3C technicalReport}, number: xml}]
`, `
id: W3Cxml
schema_version: v1.5.6
title: [{content: Extensible Markup Language (XML) 1.0 (Fifth Edition), language: en, script: Latn}]
source: [{content: 'https://www.w3.org/TR/xml/', type: src}]
docidentifier: [{content: W3C xml, type: W3C, primary: true}]
relation:
- {type: hasEdition, bibitem: {docidentifier: [{content: W3C REC-xml-20081126, type: W3C, primary: true}]}}
- {type: hasEdition, bibitem: {docidentifier: [{content: W3C REC-xml-20060816, type: W3C, primary: true}]}}
series: [{title: [{content: W3C technicalReport}], number: xml}]
`, `<seriesInfo name="W3C" value="xml"/>`,
		},
		{
			"RFC", `
id: RFC8446
title: [{content: The Transport Layer Security (TLS) Protocol Version 1.3}]
link: [{content: 'https://www.rfc-editor.org/info/rfc8446', type: src}]
docid: [{id: RFC 8446, type: IETF, primary: true}, {id: 10.17487/RFC8446, type: DOI}]
date: [{type: published, value: 2018-08}]
contributor:
- person: {name: {completename: {content: E. Rescorla}, given: {formatted_initials: {content: E.}}, surname: {content: Rescorla}}}
  role: [{type: author}]
- {organization: {name: [{content: RFC Publisher}]}, role: [{type: publisher}]}
abstract: [{content: <p>Defines TLS 1.3.</p><p>Obsoletes what was before.</p>, format: text/html}]
series: [{title: {content: RFC}, number: '8446'}]
`, `
schema_version: v1.4.1
id: RFC8446
title: [{content: The Transport Layer Security (TLS) Protocol Version 1.3}]
source: [{content: 'https://www.rfc-editor.org/info/rfc8446', type: src}]
docidentifier: [{content: RFC 8446, type: IETF, primary: true}, {content: 10.17487/RFC8446, type: DOI}]
date: [{type: published, at: 2018-08}]
contributor:
- role: [{type: author}]
  person: {name: {completename: {content: E. Rescorla}, formatted_initials: {content: E.}, surname: {content: Rescorla}}}
- {role: [{type: publisher}], organization: {name: [{content: RFC Publisher}]}}
abstract: [{content: <p>Defines TLS 1.3.</p><p>Obsoletes what was before.</p>, format: text/html}]
series: [{title: [{content: RFC}], number: '8446'}]
`, `<author fullname="E. Rescorla" initials="E." surname="Rescorla"/>`,
		},
		{
			"group", `
id: BCP0014
docid: [{id: BCP 14, type: IETF, primary: true}]
link: [{content: 'https://www.rfc-editor.org/info/bcp14', type: src}]
relation:
- {type: includes, bibitem: {formattedref: {content: RFC 2119}, docid: [{id: RFC 2119, type: IETF, primary: true}]}}
- {type: includes, bibitem: {formattedref: {content: RFC 8174}, docid: [{id: RFC 8174, type: IETF, primary: true}]}}
`, `
schema_version: v1.4.1
id: BCP0014
docidentifier: [{content: BCP 14, type: IETF, primary: true}]
source: [{content: 'https://www.rfc-editor.org/info/bcp14', type: src}]
relation:
- {type: includes, bibitem: {formattedref: RFC 2119, docidentifier: [{content: RFC 2119, type: IETF, primary: true}]}}
- {type: includes, bibitem: {formattedref: RFC 8174, docidentifier: [{content: RFC 8174, type: IETF, primary: true}]}}
`, `<referencegroup anchor="BCP_14" target="https://www.rfc-editor.org/info/bcp14">`,
		},
		{
			"standard with an address and a place in a journal", `
docid: [{id: IEEE Std 754-2019, type: IEEE, primary: true}, {id: IEEE Std 754™-2019, type: IEEE, scope: trademark}]
title: [{content: IEEE Standard for Floating-Point Arithmetic}]
date: [{type: created, value: '2019-06-13'}, {type: published, value: '2019-07-22'}]
contributor:
- role: [{type: publisher}]
  organization:
    name: [{content: Institute of Electrical and Electronics Engineers}]
    abbreviation: {content: IEEE}
    url: http://www.ieee.org
    contact: [{address: {city: New York, country: USA}}]
extent: [{type: volume, reference_from: '7'}, {type: page, reference_from: '1', reference_to: '84'}]
`, `
docidentifier: [{content: IEEE Std 754-2019, type: IEEE, primary: true}, {content: IEEE Std 754™-2019, type: IEEE, scope: trademark}]
title: [{content: IEEE Standard for Floating-Point Arithmetic}]
date: [{type: created, at: '2019-06-13'}, {type: published, at: '2019-07-22'}]
contributor:
- role: [{type: publisher}]
  organization:
    name: [{content: Institute of Electrical and Electronics Engineers}]
    abbreviation: {content: IEEE}
    uri: [{content: 'http://www.ieee.org'}]
    address: [{city: New York, country: USA}]
extent: [{locality: [{type: volume, reference_from: '7'}, {type: page, reference_from: '1', reference_to: '84'}]}]
`, `<refcontent>vol. 7, pp. 1-84</refcontent>`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, got := xmlOf(t, Format{}, c.gen1), xmlOf(t, Format{}, c.gen2)
			require.Equal(t, want, got)
			require.Equal(t, xmlOf(t, corrected, c.gen1), xmlOf(t, corrected, c.gen2))
			require.Contains(t, got, c.has)
			require.NoError(t, bibxmltest.Check([]byte(got)))
		})
	}
}

func xmlOf(t *testing.T, format Format, record string) string {
	t.Helper()
	item, problems, err := relaton.Decode([]byte(record))
	require.NoError(t, err)
	require.Empty(t, problems)
	return string(format.XML(merge.Records([]merge.Record{{Item: item}}), ""))
}
