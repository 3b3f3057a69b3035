package kramdown

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/formats/formatstest"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		name, record string
		members      []string
		anchor       string
		want         string
	}{
		{"an RFC", "rfcs/RFC9000", nil, "", `RFC9000:
  title: 'QUIC: A UDP-Based Multiplexed and Secure Transport'
  target: https://www.rfc-editor.org/info/rfc9000
  author:
    - initials: J.
      surname: Iyengar
      fullname: J. Iyengar
      role: editor
    - initials: M.
      surname: Thomson
      fullname: M. Thomson
      role: editor
  date: 2021-05
  seriesinfo:
    RFC: "9000"
    DOI: 10.17487/RFC9000
  override: true
`},
		{"a group: its members", "rfcsubseries/BCP0014", []string{"rfcs/RFC2119", "rfcs/RFC8174"}, "BCP14", `# The members of BCP14
RFC2119:
  title: Key words for use in RFCs to Indicate Requirement Levels
  target: https://www.rfc-editor.org/info/rfc2119
  author:
    - initials: S.
      surname: Bradner
      fullname: S. Bradner
  date: 1997-03
  seriesinfo:
    BCP: "14"
    RFC: "2119"
    DOI: 10.17487/RFC2119
  override: true
RFC8174:
  title: Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words
  target: https://www.rfc-editor.org/info/rfc8174
  author:
    - initials: B.
      surname: Leiba
      fullname: B. Leiba
  date: 2017-05
  seriesinfo:
    BCP: "14"
    RFC: "8174"
    DOI: 10.17487/RFC8174
  override: true
`},
		{"people of organizations, other scripts, and a day", "ids/draft-sample-uneven-names-00", nil, "I-D.sample-uneven-names", `I-D.sample-uneven-names:
  title: Names as the sources really write them
  target: https://datatracker.ietf.org/doc/html/draft-sample-uneven-names-00
  author:
    - fullname: 张伟
      org: 示例大学
      orgabbrev: SLDX
    - surname: 山田
      fullname: 太郎 山田
      role: editor
    - initials: И.
      surname: Петров
      fullname: Иван Петров
    - fullname: محمد علي
    - initials: R. Q.
      surname: Public
      fullname: Dr. Robert R. Q. Public Jr.
    - initials: Å.
      surname: Öberg
      fullname: Åsa Öberg
  date: 2023-04-01
  seriesinfo:
    Internet-Draft: draft-sample-uneven-names-00
  override: true
`},
		{"an organization, and an anchor that was asked for", "ieee/IEEE_STD_754-2019", nil, "FLOAT", `FLOAT:
  title: IEEE Standard for Floating-Point Arithmetic
  target: https://ieeexplore.ieee.org/document/8766229
  author:
    - org: Institute of Electrical and Electronics Engineers
      orgabbrev: IEEE
  date: 2019-07-22
  seriesinfo:
    IEEE: Std 754-2019
    DOI: 10.1109/IEEESTD.2019.8766229
`},
		{"no date", "iana/tls-parameters", nil, "", `IANA_tls_parameters:
  title: Transport Layer Security (TLS) Parameters
  target: https://www.iana.org/assignments/tls-parameters
  author:
    - org: IANA
  date: false
`},
		{"nothing but an identifier", "misc/reference.SAMPLE.untitled", nil, "", `SAMPLE_untitled:
  title: '[title unavailable]'
  date: false
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Format{}.Write(formatstest.Sample(t, c.record, c.members...), formats.Options{Anchor: c.anchor})
			require.NoError(t, err)
			assert.Equal(t, c.want, string(got))
		})
	}
}

func TestDate(t *testing.T) {
	for _, c := range []struct{ year, month, day, want string }{
		{"1992", "", "", "1992"},
		{"1992", "May", "", "1992-05"},
		{"1992", "May", "7", "1992-05-07"},
		{"1992", "", "7", "1992"},
		{"0992", "", "", "0992"},
		{"", "", "", "false"},
		{"", "May", "", "false"},
	} {
		assert.Equal(t, c.want, date(bibxml.Reference{Year: c.year, Month: c.month, Day: c.day}).Value)
	}
}

// TestMembersThatAreNotIndexed leaves to kramdown-rfc what it can fetch: the group knows no more than the identifier.
func TestMembersThatAreNotIndexed(t *testing.T) {
	item, _, err := relaton.Decode([]byte(`
docid: [{id: BCP 13, type: IETF, primary: true}]
relation:
- {type: includes, bibitem: {docid: [{id: RFC 9694, type: IETF, primary: true}]}}
- {type: includes, bibitem: {title: [{content: Known by the group alone}], docid: [{id: XYZ 1, type: XYZ, primary: true}]}}`))
	require.NoError(t, err)
	got, err := Format{}.Write(merge.Records([]merge.Record{{Item: item}}), formats.Options{Anchor: "BCP13"})
	require.NoError(t, err)
	assert.Equal(t, `# The members of BCP13
RFC9694: {}
XYZ_1:
  title: Known by the group alone
  date: false
  seriesinfo:
    BCP: "13"
`, string(got))
}

// TestSamplesAreYAML reads every sample back: what looks like a number, a date or a comment is still the text.
func TestSamplesAreYAML(t *testing.T) {
	records := formatstest.Records(t)
	assert.Greater(t, len(records), 100)
	for _, record := range records {
		t.Run(record, func(t *testing.T) {
			doc := formatstest.Sample(t, record)
			got, err := Format{}.Write(doc, formats.Options{})
			require.NoError(t, err)
			want, err := bibxml.Read(bibxml.Format{Corrections: bibxml.EveryCorrection}.XML(doc, ""))
			require.NoError(t, err)
			var entries map[string]struct {
				Title      string
				SeriesInfo map[string]string
			}
			require.NoError(t, yaml.Unmarshal(got, &entries), string(got))
			fetched := map[string]bool{} // members that are not indexed, in these samples all of a group
			for _, member := range want.Members {
				fetched[member.Anchor] = isFetched(member.Anchor)
			}
			for _, reference := range append(want.Members, want) {
				if len(reference.Members) > 0 || fetched[reference.Anchor] {
					continue
				}
				assert.Equal(t, reference.Title, entries[reference.Anchor].Title)
				for _, series := range reference.Series {
					assert.Contains(t, entries[reference.Anchor].SeriesInfo, series.Name)
				}
			}
		})
	}
}

func TestMarkdownInAJournal(t *testing.T) {
	got := unmarked(`Acta *Math*_2_ [new] <a>`)
	assert.Equal(t, `Acta \*Math\*\_2\_ \[new\] \<a\>`, got)
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ dir, anchor, want string }{
		{"bibxml", "RFC.9000", "RFC9000"},
		{"bibxml", "RFC.0822", "RFC0822"},
		{"bibxml9", "BCP.0014", "BCP14"},
		{"bibxml9", "STD.13", "STD13"},
		{"bibxml9", "FYI.0036", ""},
		{"bibxml3", "I-D.ietf-quic-transport", "I-D.ietf-quic-transport"},
		{"bibxml3", "I-D.draft-ietf-quic-transport-33", "I-D.draft-ietf-quic-transport-33"},
		{"bibxml4", "W3C.REC-xml-20081126", "W3C.REC-xml-20081126"},
		{"bibxml5", "3GPP.23.501", "3GPP.23.501"},
		{"bibxml6", "IEEE.802.11_2012", "IEEE.802.11_2012"},
		{"bibxml7", "DOI.10.1145/2975159", "DOI.10.1145/2975159"},
		{"bibxml8", "IANA._6tisch", "IANA._6tisch"},
		{"bibxml2", "ISO.8601.2004", "ISO.8601.2004"},
		{"bibxml2", "GOST.R3411.2012", ""},
		{"bibxml-nist", "NIST.SP.800-207", ""},
		{"bibxml2", "NIST.FIPS.186-5", "NIST.FIPS.186-5"},
		{"bibxml", "RFC.", ""},
	} {
		got, ok := Key(c.dir, c.anchor)
		assert.Equal(t, c.want, got, filepath.Join(c.dir, c.anchor))
		assert.Equal(t, c.want != "", ok)
		assert.False(t, strings.Contains(got, " "))
	}
}

// An Internet-Draft has one series, whatever identifies the series of its versions.
func TestWriteOfAVersionNamesItOnce(t *testing.T) {
	got, err := Format{}.Write(formatstest.Uneven(t, "draft-of-a-series"), formats.Options{})
	require.NoError(t, err)
	require.Contains(t, string(got), "  seriesinfo:\n    Internet-Draft: draft-acme-widget-names-02\n")
}
