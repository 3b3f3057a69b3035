package xml2rfc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithAnchor(t *testing.T) {
	for _, c := range []struct{ name, xml, anchor, want string }{
		{"given", `<reference anchor="A" target="T">`, "B", `<reference anchor="B" target="T">`},
		{"its own is kept", `<reference anchor="A">`, "", `<reference anchor="A">`},
		{"its own is mended", `<reference anchor="3GPP 1:2">`, "", `<reference anchor="_3GPP.1.2">`},
		{"its own is nothing", `<reference anchor="">`, "", `<reference anchor="">`},
		{"single quotes", `<reference target='T' anchor='A'/>`, "B", `<reference target='T' anchor='B'/>`},
		{"blanks around the sign", "<reference\n anchor = \"A\">", "B", "<reference\n anchor = \"B\">"},
		{"missing", `<reference target="T">`, "B", `<reference anchor="B" target="T">`},
		{"missing in an empty element", `<reference/>`, "B", `<reference anchor="B"/>`},
		{"missing and not given", `<reference/>`, "", `<reference/>`},
		{"in the value of another", `<reference title="x anchor='A'" target="a>b" anchor="A">`, "B", `<reference title="x anchor='A'" target="a>b" anchor="B">`},
		{"another of its end", `<reference derivedAnchor="D" anchor="A">`, "B", `<reference derivedAnchor="D" anchor="B">`},
		{"only the root's", `<referencegroup anchor="A"><reference anchor="C"/>`, "B", `<referencegroup anchor="B"><reference anchor="C"/>`},
		{
			"after a prolog", "<?xml version='1.0'?><!DOCTYPE x><!-- <reference anchor='A'> --><reference anchor='A'>", "B",
			"<?xml version='1.0'?><!DOCTYPE x><!-- <reference anchor='A'> --><reference anchor='B'>",
		},
		{"broken: no element", "text", "B", "text"},
		{"broken: comment without end", "<!-- <reference anchor='A'>", "B", "<!-- <reference anchor='A'>"},
		{"broken: tag without end", `<reference`, "B", `<reference anchor="B"`},
		{"broken: value without end", `<reference target="T`, "B", `<reference anchor="B" target="T`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, string(withAnchor(c.xml, c.anchor)))
		})
	}
}
