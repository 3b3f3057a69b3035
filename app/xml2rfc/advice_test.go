package xml2rfc

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
)

// wrongTexts are ways to write what each address answers.
var wrongTexts = map[string][]string{
	"bibxml/reference.RFC.0822.xml": {
		"reference.RFC.822.xml", "reference.RFC822.xml", "reference.RFC0822.xml", "reference.rfc.822.xml", "reference.rfc822.xml", "reference.RFC-822.xml",
		"reference.RFC 822.xml", "reference.rfc_0822.xml", "rfc822.xml", "rfc822.txt", "RFC.822", "reference.RFC.822.kramdown", "_reference.Rfc.822.xml",
	},
	"bibxml/reference.RFC.10007.xml":             {"reference.rfc10007.xml"},
	"bibxml-rfcsubseries/reference.BCP.0014.xml": {"reference.BCP.14.xml", "reference.BCP14.xml", "reference.bcp.0014.xml", "bcp14.xml"},
	"bibxml-rfcsubseries/reference.STD.0078.xml": {"reference.STD.78.xml", "reference.STD78.xml", "reference.std0078.xml"},
	"bibxml-rfcsubseries/reference.FYI.0036.xml": {"reference.FYI.36.xml", "reference.fyi36.xml"},
	"bibxml-ids/reference.I-D.draft-ietf-quic-http-09.xml": {
		"reference.I-D.draft-ietf-quic-http-09.xml", "reference.I-D.ietf-quic-http-09.xml", "reference.draft-ietf-quic-http-09.xml",
		"draft-ietf-quic-http-09.xml", "reference.I-D.DRAFT-IETF-QUIC-HTTP-09.xml", "reference.i-d.ietf-quic-http-09.xml", "draft-ietf-quic-http-09.txt",
		"reference.ID.ietf-quic-http-09.xml",
	},
	"bibxml-ids/reference.I-D.ietf-quic-http.xml": {
		"reference.I-D.ietf-quic-http.xml", "reference.draft-ietf-quic-http.xml", "draft-ietf-quic-http", "reference.I-D.Draft-IETF-quic-http.xml",
	},
	"bibxml4/reference.W3C.REC-xml-20081126.xml": {
		"reference.W3C.REC-xml-20081126.xml", "W3C.REC-xml-20081126", "reference.W3C_REC-xml-20081126.xml", "reference.W3CREC-xml-20081126.xml",
	},
	"bibxml5/reference.3GPP.23.501.xml": {
		"reference.3GPP.23.501.xml", "reference.SDO-3GPP.23.501.xml", "reference.3gpp.23.501.xml", "reference.3GPP.TS.23.501.xml", "reference.3GPP.23501.xml",
		"reference.TS.23.501.xml", "reference.SDO-.3GPP.23.501.xml",
	},
	"bibxml6/reference.R.IEEE.Std%20754-2019.xml": {
		"reference.R.IEEE.Std 754-2019.xml", "reference.R.ieee.std 754-2019.xml", "reference.IEEE.754_2019.xml", "reference.IEEE.754.2019.xml",
		"reference.ieee.754-2019.xml", "reference.IEEE754-2019.xml", "reference.IEEEStd754-2019.xml", "reference.IEEE.Std_754-2019.xml",
	},
	"bibxml6/reference.R.AIEE.1-1937.xml":             {"reference.R.AIEE.1-1937.xml", "reference.AIEE.1.1937.xml"},
	"bibxml-nist/reference.NIST.LCIRC_141.xml":        {"reference.NIST.LCIRC_141.xml", "reference.nist.lcirc.141.xml", "reference.LCIRC.141.xml"},
	"bibxml6/reference.R.IEEE.802.1990.xml":           {"reference.IEEE.802.1990.xml", "reference.ieee.802.1990.xml"},
	"bibxml6/reference.R.IEEE.Std%20802-1990.xml":     {"reference.IEEE.Std_802.1990.xml"},
	"bibxml6/reference.R.IEEE.960-1989.xml":           {"reference.IEEE.960.1989.xml", "reference.IEEE.Std_960-1989.xml"},
	"bibxml8/reference.IANA.media-types.xml":          {"reference.IANA.media-types.xml", "reference.IANA.MEDIA-TYPES.xml", "reference.iana.media_types.xml"},
	"bibxml8/reference.IANA.matroska_alpha-modes.xml": {"reference.IANA.matroska/alpha-modes.xml"},
	"bibxml-nist/reference.NIST.NIST_SP_800-53r5.xml": {"reference.NIST.SP.800-53r5.xml", "reference.nist.sp.800-53R5.xml", "reference.NISTSP800-53r5.xml", "reference.NIST.NIST_SP_800-53r5.xml"},
	"bibxml-nist/reference.NIST.NBS_FIPS_46.xml":      {"reference.NBS.FIPS.46.xml", "reference.NIST.FIPS.46.xml", "reference.FIPS.46.xml", "reference.fips.46.xml"},
	"bibxml7/reference.DOI.10.17487/RFC2119.xml":      {"reference.DOI.10.17487/RFC2119.xml", "reference.10.17487/RFC2119.xml", "reference.DOI_10.17487_RFC2119.xml"},
	"bibxml2/reference.ANSI.X3-4.1986.xml":            {"reference.ANSI.X3-4.1986.xml", "reference.ansi.x3.4-1986.xml", "reference.ANSIX3-4.1986.xml"},
	"bibxml2/reference.ECMA.262.xml":                  {"reference.ECMA-262.xml", "reference.ECMA.262.xml", "reference.ecma_262.xml", "reference.ECMA262.xml"},
}

// Whatever directory a path is looked for in and however it is written: when it is not found, the address is named that
// answers, and that one alone.
func TestAdvice(t *testing.T) {
	resolver := shelf().resolver()
	dirs := []string{"", "bibxml42/", "/public/rfc/"}
	for _, dir := range Directories() {
		dirs = append(dirs, dir.Name+"/")
		for _, alias := range dir.Aliases {
			dirs = append(dirs, Prefix+alias+"/")
		}
	}
	refused := map[string]int{}
	for right, texts := range wrongTexts {
		for _, dir := range dirs {
			for _, text := range texts {
				asked := dir + text
				if path, err := ParsePath(asked); err == nil {
					if _, err := resolver.Resolve(t.Context(), path, ""); err == nil {
						continue
					}
				}
				refused[right]++
				address, err := resolver.Advice(t.Context(), asked)
				require.NoError(t, err, asked)
				require.Equal(t, Prefix+right, address, asked)
			}
		}
		path, err := parseURL(Prefix + right)
		require.NoError(t, err)
		_, err = resolver.Resolve(t.Context(), path, "")
		require.NoError(t, err, "what is named answers: %s", right)
		require.Positive(t, refused[right], right)
	}
}

func TestNoAdvice(t *testing.T) {
	resolver := shelf().resolver()
	resolver.Drafts, resolver.Works = datatracker("99"), crossref{host: "https://doi.org"} // who would know all of it
	for name, asked := range map[string]string{
		"RFC that does not exist":         "bibxml2/reference.RFC.9999.xml",
		"RFC that does not exist, right":  "bibxml/reference.RFC.9999.xml",
		"BCP that does not exist":         "bibxml3/reference.BCP.8888.xml",
		"draft that does not exist":       "bibxml/reference.I-D.no-such-draft.xml",
		"version that does not exist":     "bibxml/reference.I-D.draft-ietf-quic-http-99.xml",
		"version, in its directory":       "bibxml3/reference.I-D.draft-ietf-quic-http-99.xml",
		"DOI that Crossref alone knows":   "bibxml/reference.DOI.10.1145/2975159.xml",
		"3GPP that was never published":   "bibxml/reference.3GPP.23.502.xml",
		"IEEE that does not exist":        "bibxml6/reference.IEEE.802.11_2012.xml",
		"file that is marked as invalid":  "bibxml6/reference.IEEE.Withdrawn.xml",
		"NIST of which others are a part": "bibxml/reference.NIST.SP.800.xml",
		"something else":                  "bibxml/rfc2629.dtd",
		"nothing":                         "",
		"directory alone":                 "bibxml/",
		"no text":                         "bibxml/reference..xml",
		"beyond ASCII":                    "bibxml/reference.\u00e9\u4e2d.xml",
		"broken escapes":                  "bibxml/reference.%zz%.xml",
	} {
		t.Run(name, func(t *testing.T) {
			address, err := resolver.Advice(t.Context(), asked)
			require.NoError(t, err)
			require.Empty(t, address)
		})
	}
}

func TestAdviceFromTheArchive(t *testing.T) {
	address, err := shelf().resolver().Advice(t.Context(), "bibxml2/reference.RFC26000.xml")
	require.NoError(t, err)
	require.Equal(t, "/public/rfc/bibxml/reference.RFC.26000.xml", address)
}

// A document that is found by another identifier than its own is read to know its paths.
func TestAdviceByAnotherIdentifier(t *testing.T) {
	library := shelf()
	library.docs[9].Item.DocID = append(library.docs[9].Item.DocID, docid.ID{ID: "XML 1.0 second", Type: "alias"})
	address, err := library.resolver().Advice(t.Context(), "bibxml2/reference.XML.1.0.second.xml")
	require.NoError(t, err)
	require.Equal(t, "/public/rfc/bibxml4/reference.W3C.rec_XML-20081126.xml", address)
}

func TestAdviceIsBounded(t *testing.T) {
	for right, texts := range wrongTexts {
		for _, dir := range []string{"bibxml", "bibxml2", "bibxml6", "bibxml-nist", "nowhere"} {
			for _, text := range append(texts, "reference.NIST.NO.SUCH.THING.xml", "reference.IEEE.0.xml", "reference.A.B.C.D.E.F.xml") {
				counted := &counting{library: shelf()}
				_, err := (&Resolver{Finder: counted, Documents: counted, Archive: counted}).Advice(t.Context(), dir+"/"+text)
				require.NoError(t, err)
				require.LessOrEqual(t, counted.asked, 10, "%s for %s", dir+"/"+text, right)
				require.Zero(t, counted.read, "no document is read")
			}
		}
	}
}

// counting counts the look-ups in a library.
type counting struct {
	*library
	asked, read int
}

func (c *counting) Candidates(ctx context.Context, q docid.Query) ([]docid.Candidate, error) {
	c.asked++
	return c.library.Candidates(ctx, q)
}

func (c *counting) Archived(ctx context.Context, dir, file string) (*Archived, error) {
	c.asked++
	return c.library.Archived(ctx, dir, file)
}

func TestAdviceGivesUpWithoutDatabase(t *testing.T) {
	library := shelf()
	library.err = errors.New("connection refused")
	for _, asked := range []string{"bibxml2/reference.RFC2119.xml", "bibxml2/reference.A.B.xml"} {
		_, err := library.resolver().Advice(t.Context(), asked)
		require.ErrorIs(t, err, library.err)
	}
}
