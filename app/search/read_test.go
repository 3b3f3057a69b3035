package search

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
)

func TestReadIdentifiers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		first   string // of the identifiers; empty: none
		section string
		whole   bool
	}{
		"rfc 9000":                  {"RFC 9000", "", true},
		"RFC 00791":                 {"RFC 791", "", true},
		"9000":                      {"RFC 9000", "", true},
		"urn:ietf:rfc:2648":         {"RFC 2648", "", true},
		"rfc-9000 section 4.2":      {"RFC 9000", "4.2", true},
		"Section 4.2 of RFC 9000":   {"RFC 9000", "4.2", true},
		"RFC 5280 § 4.2.1":          {"RFC 5280", "4.2.1", true},
		"RFC 8174, appendix A":      {"RFC 8174", "A", true},
		"rfc9000.txt":               {"RFC 9000", "", true},
		"see RFC 7231":              {"RFC 7231", "", false},
		"loss recovery in rfc 9000": {"RFC 9000", "", false},
		"bcp14":                     {"BCP 14", "", true},
		"draft-ietf-quic-http-34":   {"draft-ietf-quic-http-34", "", true},
		"I-D.ietf-quic-http-34":     {"draft-ietf-quic-http-34", "", true},
		"I-D.draft-ietf-quic-http":  {"draft-ietf-quic-http", "", true},
		"ietf-quic-http":            {"draft-ietf-quic-http", "", true},
		"TS 23.501 v17.8.0":         {"3GPP TS 23.501:REL-17/17.8.0", "", true},
		"3GPP TS 23.501:R99/3.1.0":  {"3GPP TS 23.501:R99/3.1.0", "", true},
		"23.501":                    {"3GPP TS 23.501", "", true},
		"IEEE 802.11-2020":          {"IEEE Std 802.11-2020", "", true},
		"802.11ax":                  {"IEEE Std 802.11ax", "", true},
		"sp800-53r5":                {"NIST SP 800-53r5", "", true},
		"NIST Special Publication 800-53 Revision 5": {"NIST SP 800-53r5", "", true},

		"FIPS PUB 186-5":                   {"NIST FIPS 186-5", "", true},
		"ISO/IEC 8601:1988":                {"ISO 8601:1988", "", true},
		"CCITT X.500":                      {"CCITT X500", "", true},
		"ITU-T Rec. X.690 (2002)":          {"ITU X690", "", true},
		"REC-xml-20081126":                 {"W3C REC-xml-20081126", "", true},
		"doi:10.17487/RFC9000":             {"10.17487/RFC9000", "", true},
		"https://doi.org/10.17487/RFC9000": {"10.17487/RFC9000", "", true},

		"datatracker.ietf.org/doc/html/rfc9000#section-4.2":                     {"RFC 9000", "4.2", true},
		"https://datatracker.ietf.org/doc/draft-ietf-quic-http/34/":             {"draft-ietf-quic-http-34", "", true},
		"https://www.w3.org/TR/2008/REC-xml-20081126/":                          {"W3C REC-xml-20081126", "", true},
		"https://www.iana.org/assignments/quic/quic.xhtml#quic-transport":       {"IANA quic/quic-transport", "", true},
		"https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final":                    {"NIST SP 800-53r5", "", true},
		"https://www.3gpp.org/ftp/Specs/archive/23_series/23.501/23501-h80.zip": {"3GPP TS 23.501", "", true},
		"/public/rfc/bibxml9/_reference.BCP.0014.xml":                           {"BCP 14", "", true},
		"https://bib.ietf.org/get-one/by-docid/?docid=RFC+9000":                 {"RFC 9000", "", true},
		`[KEYWORDS] Bradner, S., "Key words", BCP 14, RFC 2119, March 1997.`:    {"RFC 2119", "", true},
		`[FIPS186] NIST, "Digital Signature Standard", FIPS 186-5, 2023.`:       {"NIST FIPS 186-5", "", true},
		`Iyengar, J., "QUIC", Internet-Draft, draft-ietf-quic-transport-34.`:    {"draft-ietf-quic-transport-34", "", true},
		"https://example.org/a/b":                                               {"https://example.org/a/b", "", true},
		"LCIRC 1026":                                                            {"LCIRC 1026", "", true},
		`"key words"`:                                                           {"", "", false},
		"":                                                                      {"", "", false},
		" \x00 ":                                                                {"", "", false},
	} {
		got := Read(text)
		first := ""
		if len(got.Identifiers) > 0 {
			first = got.Identifiers[0]
		}
		require.Equal(t, want.first, first, text)
		require.Equal(t, want.section, got.Section, text)
		require.Equal(t, want.whole, got.Whole, text)
	}
}

func TestReadRelated(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"draft-ietf-quic-http-99": {"draft-ietf-quic-http", "I-D.ietf-quic-http"},
		"REC-xml-20081126":        {"W3C xml"},
		"IANA quic/none":          {"IANA quic"},
		"TS 23.501 v99.0.0":       {"3GPP TS 23.501"},
		"RFC 1":                   nil,
	} {
		require.Equal(t, want, Read(text).Related, text)
	}
}

func TestReadISBN(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"978-1-5044-5924-2":       "9781504459242",
		"ISBN 9781504459242":      "9781504459242",
		"isbn-10: 1-5044-5924-5":  "9781504459242",
		"ISBN 0-8044-2957-X":      "9780804429573",
		"978-1-5044-5924-3":       "", // the last digit is another one
		"1-5044-5924-9":           "",
		"a book, ISBN 1504459245": "9781504459242",
		"1234567890":              "",
	} {
		require.Equal(t, want, Read(text).ISBN, text)
	}
}

func TestReadTerms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]Term{
		"transport security":         {{Text: "transport"}, {Text: "security"}},
		`"key words" -draft`:         {{Text: "key words", Phrase: true}, {Text: "draft", Not: true}},
		`“key words”`:                {{Text: "key words", Phrase: true}},
		`"key words`:                 {{Text: "key words", Phrase: true}},
		"hpack OR qpack":             {{Text: "hpack"}, {Text: "qpack", Or: true}},
		"OR qpack":                   {{Text: "qpack"}},
		`title:quic AUTHOR:"J. Doe"`: {{Text: "quic", Field: FieldTitle}, {Text: "J. Doe", Phrase: true, Field: FieldAuthor}},
		"-title:http":                {{Text: "http", Not: true, Field: FieldTitle}},
		"multipl*":                   {{Text: "multipl", Prefix: true}},
		"a* - + () !":                {{Text: "a*"}},
		"unknown:word":               {{Text: "unknown:word"}},
		"year:2021":                  nil,
		"https://doi.org/10.1/x":     {{Text: "10.1/x"}},
		"RFC9000":                    {{Text: "RFC"}, {Text: "9000"}},
	} {
		require.Equal(t, want, Read(text).Terms, text)
	}
}

func TestReadChoices(t *testing.T) {
	t.Parallel()
	got := Read("quic year:2019..2023 year:2011-2012 type:draft source:rfc status:Obsolete wg:quic group:\"TC 22\" decade:2010 year:")
	require.Equal(t, map[Facet][]string{
		FacetYear: {"2019..2023", "2011..2012"}, FacetKind: {KindDraft}, FacetSource: {"rfcs"}, FacetStatus: {StatusObsoleted},
		FacetGroup: {"quic", "tc 22"}, FacetDecade: {"2010"},
	}, got.Chosen)
	require.Equal(t, []Term{{Text: "quic"}, {Text: "year:"}}, got.Terms)
	require.True(t, Read(" -  ").Empty())
	require.False(t, got.Empty())
}

// FuzzRead looks for texts that cannot be read, or that give more than was written.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"rfc 9000 section 4.2", `[RFC9000] "x", <https://doi.org/10.1/a>`, `title:"a -b OR c* year:2019..`, "978-1-5044-5924-2", "/public/rfc/bibxml/reference.RFC.1.xml",
		"İß\x00\xff", "a-b-c", "https://[::1]/x?docid=%zz", "-", `"`, "title:", "\u200b:",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := Read(text)
		for _, id := range append(r.Identifiers, r.Related...) {
			if !utf8.ValidString(id) || strings.ContainsRune(id, 0) || docid.Normalize(id) == "" {
				t.Errorf("%q gives the identifier %q", text, id)
			}
		}
		for _, term := range r.Terms {
			if !utf8.ValidString(term.Text) || len(plainWords(term.Text)) == 0 {
				t.Errorf("%q gives the term %+v", text, term)
			}
		}
		if len(r.Terms) > maxTerms || r.ISBN != "" && len(r.ISBN) != 13 {
			t.Errorf("%q: %d terms, ISBN %q", text, len(r.Terms), r.ISBN)
		}
		if !reflect.DeepEqual(r, Read(text)) {
			t.Errorf("%q is read in two ways", text)
		}
		Mend(text, []Spelling{{Written: "a", Word: "b", Documents: 1}})
	})
}
