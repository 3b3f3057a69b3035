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
		{"underscore of the anchor", "bibxml8/reference.IANA._6tisch.xml", "bibxml8/reference.IANA._6tisch.xml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParsePath(c.in)
			require.NoError(t, err)
			require.Equal(t, c.want, got.String())
		})
	}
	for name, in := range map[string]string{
		"unknown directory":       "bibxml42/reference.RFC.9000.xml",
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
