package docid

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTrim(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing to trim", "RFC 2119", "RFC 2119"},
		{"spaces", "  RFC 2119 ", "RFC 2119"},
		{"tabs and line breaks", "\t RFC 2119\r\n", "RFC 2119"},
		{"no-break spaces", "\u00a0RFC 2119\u202f", "RFC 2119"},
		{"ideographic space", "\u3000RFC 2119", "RFC 2119"},
		{"characters of no width", "\ufeffRFC 2119\u200b\u2060", "RFC 2119"},
		{"blanks inside stay", " RFC \t2119 ", "RFC \t2119"},
		{"blanks alone", " \t\u00a0", ""},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, Trim(c.in)) })
	}
}
