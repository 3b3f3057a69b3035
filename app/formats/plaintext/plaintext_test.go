package plaintext

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/formats/formatstest"
)

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		name, record string
		members      []string
		anchor       string
		want         string
	}{
		{"two editors", "rfcs/RFC9000", nil, "", `[RFC9000]  Iyengar, J., Ed. and M. Thomson, Ed., "QUIC: A UDP-Based Multiplexed and Secure Transport", RFC 9000, DOI 10.17487/RFC9000, May 2021, <https://www.rfc-editor.org/info/rfc9000>.`},
		{"an anchor that was asked for", "rfcs/RFC9002", nil, "QUIC RECOVERY", `[QUIC.RECOVERY]  Iyengar, J., Ed. and I. Swett, Ed., "QUIC Loss Detection and Congestion Control", RFC 9002, DOI 10.17487/RFC9002, May 2021, <https://www.rfc-editor.org/info/rfc9002>.`},
		{"organizations as authors", "rfcs/RFC3177", nil, "", `[RFC3177]  IAB and IESG, "IAB/IESG Recommendations on IPv6 Address Allocations to Sites", RFC 3177, DOI 10.17487/RFC3177, September 2001, <https://www.rfc-editor.org/info/rfc3177>.`},
		{"a suffix", "rfcs/RFC9171", nil, "", `[RFC9171]  Burleigh, S., Fall, K., and E. Birrane, "Bundle Protocol Version 7", RFC 9171, DOI 10.17487/RFC9171, January 2022, <https://www.rfc-editor.org/info/rfc9171>.`},
		{"many authors", "rfcs/RFC3261", nil, "", `[RFC3261]  Rosenberg, J., Schulzrinne, H., Camarillo, G., Johnston, A., Peterson, J., Sparks, R., Handley, M., and E. Schooler, "SIP: Session Initiation Protocol", RFC 3261, DOI 10.17487/RFC3261, June 2002, <https://www.rfc-editor.org/info/rfc3261>.`},
		{"a group", "rfcsubseries/BCP0014", []string{"rfcs/RFC2119", "rfcs/RFC8174"}, "BCP14", `[BCP14]  Best Current Practice 14, <https://www.rfc-editor.org/info/bcp14>. At the time of writing, this BCP comprises the following:

Bradner, S., "Key words for use in RFCs to Indicate Requirement Levels", BCP 14, RFC 2119, DOI 10.17487/RFC2119, March 1997, <https://www.rfc-editor.org/info/rfc2119>.

Leiba, B., "Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words", BCP 14, RFC 8174, DOI 10.17487/RFC8174, May 2017, <https://www.rfc-editor.org/info/rfc8174>.`},
		{"an Internet-Draft", "ids/draft-ietf-quic-transport-33", nil, "I-D.ietf-quic-transport", `[I-D.ietf-quic-transport]  Iyengar, J., Ed. and M. Thomson, Ed., "QUIC: A UDP-Based Multiplexed and Secure Transport", Work in Progress, Internet-Draft, draft-ietf-quic-transport-33, 13 December 2020, <https://datatracker.ietf.org/doc/html/draft-ietf-quic-transport-33>.`},
		{"a surname of two words", "ids/draft-ietf-tsvwg-l4s-arch-20", nil, "", `[draft-ietf-tsvwg-l4s-arch-20]  Briscoe, B., Ed., De Schepper, K., Bagnulo, M., and G. White, "Low Latency, Low Loss, and Scalable Throughput (L4S) Internet Service: Architecture", Work in Progress, Internet-Draft, draft-ietf-tsvwg-l4s-arch-20, 29 August 2022, <https://datatracker.ietf.org/doc/html/draft-ietf-tsvwg-l4s-arch-20>.`},
		{"other scripts", "ids/draft-sample-uneven-names-00", nil, "", `[draft-sample-uneven-names-00]  张伟, 太郎 山田, Ed., Петров, И., محمد علي, Public, R. Q., and Å. Öberg, "Names as the sources really write them", Work in Progress, Internet-Draft, draft-sample-uneven-names-00, 1 April 2023, <https://datatracker.ietf.org/doc/html/draft-sample-uneven-names-00>.`},
		{"W3C: one series, and names that are known whole", "w3c/rec-xml-20081126", nil, "", `[W3C_REC_xml_20081126]  Bray, T., Ed., Paoli, J., Ed., Sperberg-McQueen, C. M., Ed., Maler, E., Ed., and F. Yergeau, Ed., "Extensible Markup Language (XML) 1.0 (Fifth Edition)", W3C REC-xml-20081126, 26 November 2008, <https://www.w3.org/TR/2008/REC-xml-20081126/>.`},
		{"W3C: the date of the latest edition", "w3c/xml", nil, "", `[W3C_xml]  "Extensible Markup Language (XML) 1.0", W3C xml, 26 November 2008, <https://www.w3.org/TR/xml/>.`},
		{"3GPP: the number of a specification", "3gpp/TS_23.501_REL-18_18.8.0", nil, "", `[_3GPP_TS_23.501.REL_18_18.8.0]  3GPP and D. Chandramouli, "System architecture for the 5G System (5GS)", 3GPP TS 23.501 18.8.0, 20 December 2024, <https://www.3gpp.org/ftp/Specs/archive/23_series/23.501/>.`},
		{"IEEE: its name once", "ieee/IEEE_STD_754-2019", nil, "", `[IEEE_Std_754_2019]  IEEE, "IEEE Standard for Floating-Point Arithmetic", IEEE Std 754-2019, DOI 10.1109/IEEESTD.2019.8766229, 22 July 2019, <https://ieeexplore.ieee.org/document/8766229>.`},
		{"IANA: no date", "iana/tls-parameters", nil, "", `[IANA_tls_parameters]  IANA, "Transport Layer Security (TLS) Parameters", <https://www.iana.org/assignments/tls-parameters>.`},
		{"NIST: people and an organization", "nist/NIST_SP_800-207", nil, "", `[NIST_SP_800_207]  Rose, S., Borchert, O., Mitchell, S., Connelly, S., and NIST, "Zero Trust Architecture", NIST Special Publication 800-207, DOI 10.6028/NIST.SP.800-207, August 2020, <https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-207.pdf>.`},
		{"no target", "misc/reference.ISO.8601.2004", nil, "", `[ISO.8601.2004]  International Organization for Standardization, "Data elements and interchange formats - Information interchange - Representation of dates and times", ISO Standard 8601, December 2004.`},
		{"a Russian title", "misc/reference.GOST.R3411.2012", nil, "", `[GOST.R3411.2012]  Федеральное агентство по техническому регулированию и метрологии, "Информационная технология. Криптографическая защита информации. Функция хэширования", GOST R 34.11-2012, August 2012.`},
		{"nothing but an identifier", "misc/reference.SAMPLE.untitled", nil, "", `[SAMPLE_untitled]  "[title unavailable]".`},
		{"a place in a journal, and markup that is decoded", "misc/reference.SAMPLE.markup", nil, "", `[SAMPLE.markup]  S&S, "CDATA ends with ]]> & this is "quoted", that is 'too' & more", Journal of Awkward Titles, vol. 12, no. 3, pp. 45-67, R&D <Reports> 7 & 8, 29 February 2020, <https://example.org/sample?a=1&b="2"&c=<3>>.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Format{}.Write(formatstest.Sample(t, c.record, c.members...), formats.Options{Anchor: c.anchor})
			require.NoError(t, err)
			assert.Equal(t, c.want+"\n", string(got))
		})
	}
}

// TestReferences covers what no sample has.
func TestReferences(t *testing.T) {
	ed := bibxml.Author{Full: "Jana Iyengar", Initials: "J.", Surname: "Iyengar", Editor: true}
	for _, c := range []struct {
		name      string
		reference bibxml.Reference
		want      string
	}{
		{"an organization by its abbreviation", bibxml.Reference{
			Title: "T", Authors: []bibxml.Author{{Organization: "3rd Generation Partnership Project", Abbreviation: "3GPP"}, {Full: "Yi Yan"}},
		}, `3GPP and Y. Yan, "T".`},
		{"an editor without initials", bibxml.Reference{Title: "T", Authors: []bibxml.Author{{Full: "Mitra", Editor: true}, ed}}, `Mitra, Ed. and J. Iyengar, Ed., "T".`},
		{"one initial up to RFC 1272", bibxml.Reference{
			Title: "T", Authors: []bibxml.Author{{Initials: "S. E.", Surname: "Deering"}, {Initials: "J-B.", Surname: "Two"}},
			Series: []bibxml.Series{{Name: "STD", Value: "5"}, {Name: "RFC", Value: "1272"}}, Target: "https://x.example/",
		}, `Deering, S. and J-B. Two, "T", STD 5, RFC 1272, <https://x.example/>.`},
		{"all initials from RFC 1273 on", bibxml.Reference{
			Title: "T", Authors: []bibxml.Author{{Initials: "S. E.", Surname: "Deering"}},
			Series: []bibxml.Series{{Name: "RFC", Value: "1273"}}, Target: "https://x.example/",
		}, `Deering, S. E., "T", RFC 1273, <https://x.example/>.`},
		{"the target of an RFC", bibxml.Reference{Title: "T", Series: []bibxml.Series{{Name: "STD", Value: "1"}, {Name: "RFC", Value: "9777"}, {Name: "DOI", Value: "10.1/x"}}}, `"T", STD 1, RFC 9777, DOI 10.1/x, <https://www.rfc-editor.org/rfc/rfc9777>.`},
		{"the target of a DOI", bibxml.Reference{Title: "T", Series: []bibxml.Series{{Name: "ISO", Value: "1"}, {Name: "DOI", Value: "10.1/x"}}}, `"T", ISO 1, DOI 10.1/x, <https://doi.org/10.1/x>.`},
		{"the target of a draft, as work in progress once", bibxml.Reference{
			Title: "T", Content: "Journal", Series: []bibxml.Series{{Name: "Internet-Draft", Value: "draft-a-b-00"}, {Name: "Internet-Draft", Value: "draft-a-b"}},
		}, `"T", Journal, Work in Progress, Internet-Draft, draft-a-b-00, Internet-Draft, draft-a-b, <https://datatracker.ietf.org/doc/html/draft-a-b-00>.`},
		{"the name of a series once", bibxml.Reference{Title: "T", Series: []bibxml.Series{{Name: "FIPS PUB", Value: "FIPS PUB 46"}, {Name: "ISO", Value: "ISOLATED"}}}, `"T", FIPS PUB 46, ISO ISOLATED.`},
		{"a year alone, and no day without a month", bibxml.Reference{Title: "T", Year: "1992", Day: "3"}, `"T", 1992.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.reference.Anchor = "X"
			assert.Equal(t, "[X]  "+c.want+"\n", text(c.reference))
		})
	}
}

func TestGroups(t *testing.T) {
	member := func(series ...bibxml.Series) bibxml.Reference { return bibxml.Reference{Title: "T", Series: series} }
	for _, c := range []struct {
		name  string
		group bibxml.Reference
		want  string
	}{
		{"under another anchor", bibxml.Reference{Anchor: "KEYWORDS", Target: "https://x.example/bcp14", Members: []bibxml.Reference{member(bibxml.Series{Name: "BCP", Value: "14"})}}, `[KEYWORDS]  Best Current Practice 14, <https://x.example/bcp14>. At the time of writing, this BCP comprises the following:

"T", BCP 14.
`},
		{"without an address", bibxml.Reference{Anchor: "STD13", Members: []bibxml.Reference{member(bibxml.Series{Name: "STD", Value: "13"})}}, `[STD13]  Internet Standard 13, <https://www.rfc-editor.org/info/std13>. At the time of writing, this STD comprises the following:

"T", STD 13.
`},
		{"of other documents: the address comes last", bibxml.Reference{Anchor: "D", Target: "https://x.example/", Members: []bibxml.Reference{member(), member()}}, `[D]  "T".

"T".

<https://x.example/>
`},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, text(c.group)) })
	}
}

func TestAuthors(t *testing.T) {
	ed := bibxml.Author{Full: "Jana Iyengar", Initials: "J.", Surname: "Iyengar", Editor: true}
	org := bibxml.Author{Organization: "IAB"}
	two := bibxml.Author{Full: "JL. Le Roux", Initials: "JL", Surname: "Le Roux"}
	for _, c := range []struct {
		name    string
		authors []bibxml.Author
		want    string
	}{
		{"nobody", nil, ""},
		{"one", []bibxml.Author{ed}, "Iyengar, J., Ed."},
		{"two", []bibxml.Author{ed, two}, "Iyengar, J., Ed. and JL. Le Roux"},
		{"three, the last an organization", []bibxml.Author{two, ed, org}, "Le Roux, JL., Iyengar, J., Ed., and IAB"},
		{"an organization by its short name", []bibxml.Author{{Abbreviation: "IEEE"}}, "IEEE"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, authors(bibxml.Reference{Authors: c.authors})) })
	}
}

// Records as only some sources write them say no less.
func TestWriteOfUnevenRecords(t *testing.T) {
	for record, want := range map[string]string{
		"draft-of-a-series": `[draft-acme-widget-names-02]  Example, A. B., "Names of Widgets", Work in Progress, Internet-Draft, draft-acme-widget-names-02, 2 March 2026, <https://datatracker.ietf.org/doc/html/draft-acme-widget-names-02>.`,
		"heading":           `[NBS_MP_9999]  Painter, R. M. and National Bureau of Standards, "Colors of Sample Walls", NBS miscellaneous publication 9999, DOI 10.6028/NBS.MP.9999, 1951, <https://doi.org/10.6028/NBS.MP.9999>.`,
		"period":            `[H-77]  IHO, "Depths of Sample Bays", Hydrographic Series H, 1 July 2019, <https://example.org/h-77.pdf>.`,
	} {
		t.Run(record, func(t *testing.T) {
			got, err := Format{}.Write(formatstest.Uneven(t, record), formats.Options{})
			require.NoError(t, err)
			assert.Equal(t, want+"\n", string(got))
		})
	}
}
