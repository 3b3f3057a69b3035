package xml2rfc

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
)

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		kind, id string
		want     []string
	}{
		{"IETF", "RFC 822", []string{"/public/rfc/bibxml/reference.RFC.0822.xml"}},
		{"IETF", "RFC 10007", []string{"/public/rfc/bibxml/reference.RFC.10007.xml"}},
		{"IETF", "STD 78", []string{"/public/rfc/bibxml9/reference.STD.0078.xml"}},
		{"IETF", "IEN 1", nil},
		{"ANSI", "ANSI X3-4.1986", []string{"/public/rfc/bibxml2/reference.ANSI.X3-4.1986.xml"}},
		{"W3C", "W3C REC-xml-20081126", []string{"/public/rfc/bibxml4/reference.W3C.REC-xml-20081126.xml", "/public/rfc/bibxml2/reference.W3C.REC-xml-20081126.xml"}},
		{"W3C", "W3C P3P", []string{"/public/rfc/bibxml2/reference.W3C.P3P.xml", "/public/rfc/bibxml4/reference.W3C.P3P.xml"}},
		{"3GPP", "3GPP TS 23.501:REL-18/18.2.0", []string{"/public/rfc/bibxml5/reference.SDO-3GPP.23.501.xml", "/public/rfc/bibxml5/reference.3GPP.23.501.xml", "/public/rfc/bibxml2/reference.3GPP.TS%2023.501.REL-18/18.2.0.xml"}},
		{"3GPP", "3GPP TS 23.501:REL-19/19.0.0", []string{"/public/rfc/bibxml2/reference.3GPP.TS%2023.501.REL-19/19.0.0.xml"}}, // never published
		{"IEEE", "IEEE Std 754-2019", []string{"/public/rfc/bibxml6/reference.R.IEEE.Std%20754-2019.xml", "/public/rfc/bibxml2/reference.IEEE.Std%20754-2019.xml"}},
		{"IEEE", "ISO/IEC/IEEE 8802.3/D-1", []string{"/public/rfc/bibxml6/reference.R.ISO_IEC_IEEE.8802.3/D-1.xml"}},
		{"IANA", "IANA matroska/alpha-modes", []string{"/public/rfc/bibxml8/reference.IANA.matroska_alpha-modes.xml", "/public/rfc/bibxml2/reference.IANA.matroska/alpha-modes.xml"}},
		{"NIST", "NIST SP 800-53r5", []string{"/public/rfc/bibxml-nist/reference.NIST.NIST_SP_800-53r5.xml", "/public/rfc/bibxml2/reference.NIST.SP%20800-53r5.xml"}},
		{"Internet-Draft", "draft-ietf-quic-http-34", []string{"/public/rfc/bibxml3/reference.I-D.draft-ietf-quic-http-34.xml", "/public/rfc/bibxml3/reference.I-D.ietf-quic-http.xml"}},
	} {
		t.Run(c.id, func(t *testing.T) {
			library := shelf()
			found, err := library.Candidates(t.Context(), queryFor(c.kind, c.id))
			require.NoError(t, err)
			if len(found) == 0 { // not on the shelf: only what the name tells
				require.Equal(t, c.want, Paths(document(c.kind, c.id, "2000")))
				return
			}
			doc, err := library.Load(t.Context(), found[0].Document)
			require.NoError(t, err)
			require.Equal(t, c.want, Paths(doc))
			for _, path := range c.want {
				u, err := url.Parse(path)
				require.NoError(t, err)
				id, _ := resolve(t, library.resolver(), u.Path, "")
				require.Equal(t, c.id, id, "%s leads back", path)
			}
		})
	}
}

func TestPathsOfUnusualNames(t *testing.T) {
	for _, c := range []struct {
		name, kind, id string
		want           []string
	}{
		{"draft without version", "Internet-Draft", "draft-ietf-quic-http", []string{"/public/rfc/bibxml3/reference.I-D.ietf-quic-http.xml"}},
		{"underscore of IANA", "IANA", "IANA _6tisch", []string{"/public/rfc/bibxml8/reference.IANA._6tisch.xml", "/public/rfc/bibxml2/reference.IANA._6tisch.xml"}},
		{"dot of NIST, which means a space", "NIST", "NIST SP 800-63v1.0.1", []string{"/public/rfc/bibxml2/reference.NIST.SP%20800-63v1.0.1.xml"}},
		{"sign outside the alphabet", "IEEE", "IEEE Std 1&2:3", []string{"/public/rfc/bibxml6/reference.R.IEEE.Std%201%25262%253A3.xml", "/public/rfc/bibxml2/reference.IEEE.Std%201.2.3.xml"}},
		{"sign that no anchor has", "ISO", "ISO 1:2", []string{"/public/rfc/bibxml2/reference.ISO.1.2.xml"}},
		{"hyphen after the type", "ECMA", "ECMA-262", []string{"/public/rfc/bibxml2/reference.ECMA.262.xml"}},
		{"no separator after the type", "XEP", "XEP0045", nil},
		{"the type alone", "XEP", "XEP-", nil},
		{"type with a dot", "A.B", "A.B 1", nil},
		{"identifier without its type", "ISO", "1234", nil},
		{"DOI", "DOI", "10.1145/2975159", []string{"/public/rfc/bibxml7/reference.DOI.10.1145/2975159.xml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, Paths(document(c.kind, c.id, "2000")))
		})
	}
}

func queryFor(kind, id string) docid.Query {
	return docid.Query{Value: id, Type: kind, Match: docid.Exact}
}
