package docid

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSeriesForms(t *testing.T) {
	for _, c := range []struct {
		name, id string
		want     []string
	}{
		{"padded", "BCP 0048", []string{"BCP 48", "BCP 0048"}},
		{"plain", "BCP 48", []string{"BCP 48", "BCP 0048"}},
		{"without blank, in lower case", "rfc822", []string{"RFC 822", "RFC 0822"}},
		{"with a dot", "STD.0078", []string{"STD 78", "STD 0078"}},
		{"four digits", "RFC 2119", []string{"RFC 2119"}},
		{"five digits", "RFC010007", []string{"RFC 10007"}},
		{"no number", "RFC index", nil},
		{"zero", "RFC 0", nil},
		{"the series alone", "FYI", nil},
		{"another series", "IEEE 754", nil},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, SeriesForms(c.id)) })
	}
}
