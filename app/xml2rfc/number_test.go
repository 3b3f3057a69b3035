package xml2rfc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithNumbers(t *testing.T) {
	for _, c := range []struct {
		anchor string
		want   []string
	}{
		{"XSF.XEP-0045", []string{"XSF.XEP-0045", "XSF.XEP-45"}},
		{"XSF.XEP-45", []string{"XSF.XEP-45", "XSF.XEP-0045"}},
		{"ANSI.X3-4.1986", []string{"ANSI.X3-4.1986", "ANSI.X3-0004.1986"}},
		{"NIST.SP.0800-053r5", []string{"NIST.SP.0800-053r5", "NIST.SP.800-53r5"}},
		{"PKCS.1.1991", []string{"PKCS.1.1991", "PKCS.0001.1991"}},
		{"ISO.10646", []string{"ISO.10646"}},
		{"FIPS.000", []string{"FIPS.000"}},
		{"W3C.REC-xml", []string{"W3C.REC-xml"}},
	} {
		t.Run(c.anchor, func(t *testing.T) { require.Equal(t, c.want, withNumbers(c.anchor)) })
	}
}

func TestSeriesOf3GPP(t *testing.T) {
	for in, want := range map[string]string{
		"23.501": "23.501", "5.05": "05.05", "05.05": "05.05", "005.05": "05.05", "023.501-1": "23.501-1",
		"TS 23.501": "TS 23.501", "501": "501", "": "",
	} {
		require.Equal(t, want, seriesOf3GPP(in), in)
	}
}
