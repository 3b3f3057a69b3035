package docid

import (
	"reflect"
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
		{"W3C", "W3C REC-xml-20081126", "xml", []int{0, 0, 20081126}},
		{"W3C", "W3C REC-xml-names-20091208", "xml-names", []int{0, 0, 20091208}},
		{"W3C", "W3C REC-xml", "xml", nil},
		{"W3C", "W3C REC-xml-20081126/errata", "", nil},
		{"W3C", "W3C WD-css-grid-1-20150917", "css-grid-1", []int{1, 0, 20150917}},
		{"W3C", "W3C css-grid-2", "css-grid-2", nil},
		{"W3C", "W3C WD-wai-aria-1.3-20240123", "wai-aria-1.3", []int{1, 3, 20240123}},
		{"W3C", "W3C REC-css3-color-20110607", "css-color-3", []int{3, 0, 20110607}},
		{"W3C", "W3C REC-css3-selectors-20110929", "selectors-3", []int{3, 0, 20110929}},
		{"W3C", "W3C css3-selectors", "selectors-3", nil},
		{"W3C", "W3C xfa-19990831", "xfa-19990831", nil},
		{"W3C", "W3C xml", "xml", nil},
		{"W3C", "W3C CRD-WGSL-20250121", "wgsl", []int{0, 0, 20250121}},
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

// A name without a level stands for all levels of the series.
func TestLevelsOfSeries(t *testing.T) {
	for id, want := range map[string]Edition{
		"W3C webauthn":                             {Family: "webauthn", Series: "webauthn"},
		"W3C WD-webauthn-20160531":                 {Family: "webauthn", Series: "webauthn"},
		"W3C REC-webauthn-2-20210408":              {Family: "webauthn-2", Series: "webauthn", Level: "2.0", Mature: true},
		"W3C NOTE-wai-aria-practices-1.1-2021":     {Family: "wai-aria-practices-1.1-2021", Series: "wai-aria-practices-1.1-2021"},
		"W3C NOTE-wai-aria-practices-1.1-20211129": {Family: "wai-aria-practices-1.1", Series: "wai-aria-practices", Level: "1.1"},
		"W3C REC-xpath-31-20170321":                {Family: "xpath-31", Series: "xpath-31", Mature: true},
		"W3C CRD-selectors-4-20221111":             {Family: "selectors-4", Series: "selectors", Level: "4.0", Mature: true},
		"W3C css3-color":                           {Family: "css-color-3", Series: "css-color", Level: "3.0"},
	} {
		got, ok := EditionOf(ID{ID: id, Type: "W3C"})
		got.Begins, got.Order = nil, nil
		if !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
	for _, pair := range [][2]string{
		{"W3C css-color-3", "W3C REC-css3-color-20110607"},
		{"W3C css3-color", "W3C REC-css-color-3-20220118"},
		{"W3C selectors-3", "W3C REC-css3-selectors-20110929"},
		{"W3C webauthn", "W3C REC-webauthn-2-20210408"},
	} {
		work, _ := EditionOf(ID{ID: pair[0], Type: "W3C"})
		if !slices.ContainsFunc(work.Begins, func(begin string) bool { return strings.HasPrefix(pair[1], begin) }) {
			t.Errorf("%s is not looked for as %s", pair[1], pair[0])
		}
	}
}
