package xml2rfc

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

func TestParsePath(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"proper name", "bibxml/reference.RFC.9000.xml", "bibxml/reference.RFC.9000.xml"},
		{"with the prefix", "/public/rfc/bibxml/reference.RFC.9000.xml", "bibxml/reference.RFC.9000.xml"},
		{"underscore", "bibxml4/_reference.W3C.xml-c14n.xml", "bibxml4/reference.W3C.xml-c14n.xml"},
		{"alias", "bibxml-rfcs/reference.RFC.9000.xml", "bibxml/reference.RFC.9000.xml"},
		{"alias of the subseries", "bibxml-rfcsubseries/reference.BCP.0014.xml", "bibxml9/reference.BCP.0014.xml"},
		{"alias that kramdown-rfc writes", "bibxml-rfcsubseries-new/reference.BCP.0014.xml", "bibxml9/reference.BCP.0014.xml"},
		{"slash in the anchor", "bibxml6/reference.R.IEEE.P841/D-4.xml", "bibxml6/reference.R.IEEE.P841/D-4.xml"},
		{"the whole alphabet", "bibxml6/reference.Az09-+;% ().,/_.xml", "bibxml6/reference.Az09-+;% ().,/_.xml"},
		{"draft as at the Datatracker", "bibxml3/draft-ietf-quic-http-34.xml", "bibxml3/reference.I-D.draft-ietf-quic-http-34.xml"},
		{"draft without version as there", "bibxml-ids/draft-ietf-quic-http.xml", "bibxml3/reference.I-D.draft-ietf-quic-http.xml"},
		{"draft as there with an underscore", "bibxml-ids/_draft-ietf-quic-http-34.xml", "bibxml3/reference.I-D.draft-ietf-quic-http-34.xml"},
		{"3GPP as kramdown-rfc derives it", "/public/rfc//reference.SDO-.3GPP.23.501.xml", "bibxml5/reference.SDO-3GPP.23.501.xml"},
		{"3GPP as kramdown-rfc derives it, with an underscore", "/_reference.SDO-.3GPP.23.501-1.xml", "bibxml5/reference.SDO-3GPP.23.501-1.xml"},
		{"blanks around all parts", " bibxml / _reference.\u00a0RFC.9000\t.xml ", "bibxml/reference.RFC.9000.xml"},
		{"blanks around a draft", "bibxml3/ draft-ietf-quic-http-34 .xml", "bibxml3/reference.I-D.draft-ietf-quic-http-34.xml"},
		{"underscore of the anchor", "bibxml8/reference.IANA._6tisch.xml", "bibxml8/reference.IANA._6tisch.xml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParsePath(c.in)
			require.NoError(t, err)
			require.Equal(t, c.want, got.String())
		})
	}
	for name, in := range map[string]string{
		"unknown directory":                         "bibxml42/reference.RFC.9000.xml",
		"draft elsewhere":                           "bibxml/draft-ietf-quic-http-34.xml",
		"draft without extension":                   "bibxml3/draft-ietf-quic-http-34",
		"draft as text":                             "bibxml3/draft-ietf-quic-http-34.txt",
		"another name without reference.":           "bibxml3/ietf-quic-http-34.xml",
		"another anchor in no directory":            "/public/rfc//reference.RFC.9000.xml",
		"what kramdown-rfc derives, in a directory": "bibxml/reference.SDO-.3GPP.23.501.xml/",
		"no file":                 "bibxml",
		"directory alone":         "bibxml/",
		"final slash":             "bibxml/reference.RFC.2119.xml/",
		"another extension":       "bibxml/reference.RFC.2119.kramdown",
		"another file":            "bibxml/rfc2629.dtd",
		"empty anchor":            "bibxml/reference..xml",
		"anchor with a colon":     "bibxml/reference.a:b.xml",
		"anchor beyond ASCII":     "bibxml/reference.é.xml",
		"control character":       "bibxml/reference.RFC\x00.1.xml",
		"directory in upper case": "BIBXML/reference.RFC.9000.xml",
		"nothing":                 "",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParsePath(in)
			require.True(t, fault.Is(err, fault.NotFound), "%v", err)
		})
	}
}
