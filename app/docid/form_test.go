package docid

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestForms(t *testing.T) {
	for _, c := range []struct {
		name, id string
		want     []string
	}{
		{"IEEE without Std", "IEEE 754-2019", []string{"IEEE Std 754-2019"}},
		{"IEEE with Std", "IEEE Std 754-2019", []string{"IEEE 754-2019"}},
		{"in another case", "ieee std 754-2019", []string{"ieee Std 754-2019", "ieee 754-2019"}},
		{"abbreviated with a dot", "IEEE Std. 754-2019", []string{"IEEE Std 754-2019", "IEEE 754-2019"}},
		{"in full", "IEEE Standard 754-2019", []string{"IEEE Std 754-2019", "IEEE 754-2019"}},
		{"several publishers", "ANSI/IEEE 309-1970", []string{"ANSI/IEEE Std 309-1970"}},
		{"several publishers with Std", "ISO/IEC/IEEE Std 8802-3:2021", []string{"ISO/IEC/IEEE 8802-3:2021"}},
		{"IEEE first", "IEEE/ANSI Std 1003.1-1988", []string{"IEEE/ANSI 1003.1-1988"}},
		{"a draft", "IEEE P802.11REVme/D-7.0", []string{"IEEE Std P802.11REVme/D-7.0"}},
		{"the publisher alone", "IEEE", nil},
		{"another publisher", "AIEE 11-1937", nil},
		{"a series of the RFC Editor", "rfc2119", []string{"RFC 2119"}},
		{"zeros in a series", "BCP 48", []string{"BCP 48", "BCP 0048"}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, Forms(c.id)) })
	}
}
