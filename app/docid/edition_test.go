package docid

import (
	"slices"
	"strings"
	"testing"
)

func TestEditionOf(t *testing.T) {
	for _, c := range []struct {
		kind, id string
		family   string // empty: tells of no edition
		order    []int
	}{
		{"Internet-Draft", "draft-ietf-quic-transport-33", "draft-ietf-quic-transport", []int{33}},
		{"Internet-Draft", "draft-ietf-quic-transport", "draft-ietf-quic-transport", nil},
		{"Internet-Draft", "draft-ietf-dnsop-rfc2845bis-00", "draft-ietf-dnsop-rfc2845bis", []int{0}},
		{"W3C", "W3C REC-xml-20081126", "xml", []int{20081126}},
		{"W3C", "W3C REC-xml-names-20091208", "xml-names", []int{20091208}},
		{"W3C", "W3C xml", "xml", nil},
		{"W3C", "W3C CRD-WGSL-20250121", "wgsl", []int{20250121}},
		{"3GPP", "3GPP TS 23.501:REL-18/18.8.0", "3GPP TS 23.501", []int{18, 18, 8, 0}},
		{"3GPP", "3GPP TR 21.905:REL-99/3.0.0", "3GPP TR 21.905", []int{-1, 3, 0, 0}},
		{"3GPP", "3GPP TS 23.501", "", nil},
		{"NIST", "NIST SP 800-53r4", "nist sp 800-53", []int{4, 0}},
		{"NIST", "NIST SP 800-53Ar5", "nist sp 800-53a", []int{5, 0}},
		{"NIST", "NIST SP 800-53", "nist sp 800-53", []int{0, 0}},
		{"NIST", "NIST SP 800-63B-4 ipd", "", nil},
		{"NIST", "NIST FIPS 186-5", "fips 186", []int{5, 0}},
		{"NIST", "NBS FIPS 46", "fips 46", []int{0, 0}},
		{"NIST", "NIST FIPS 197-upd1", "fips 197", []int{0, 1}},
		{"NIST", "NIST FIPS 151-2-1993", "", nil},
		{"IEEE", "IEEE Std 802.11-2012", "802.11", []int{2012}},
		{"IEEE", "ANSI/IEEE Std 754-1985", "754", []int{1985}},
		{"IEEE", "IEEE P802.11REVme/D-7.0", "", nil},
		{"IETF", "RFC 9000", "", nil},
		{"", "draft-ietf-quic-transport-33", "", nil},
	} {
		got, ok := EditionOf(ID{ID: c.id, Type: c.kind})
		if ok != (c.family != "") || got.Family != c.family || !slices.Equal(got.Order, c.order) {
			t.Errorf("%s %s: %+v, %v", c.kind, c.id, got, ok)
		}
		begins := func(begin string) bool { return strings.HasPrefix(strings.ToLower(c.id), strings.ToLower(begin)) }
		if ok && !got.IsWork() && !slices.ContainsFunc(got.Begins, begins) {
			t.Errorf("%s begins with none of %q", c.id, got.Begins)
		}
	}
}
