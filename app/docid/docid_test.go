package docid

import "testing"

func TestNormalize(t *testing.T) {
	for _, test := range []struct{ id, want string }{
		{"RFC 9000", "rfc.9000"},
		{"W3C REC-xml-20081126", "w3c.rec.xml.20081126"},
		{"3GPP TS 23.501:Rel-17/17.8.0", "3gpp.ts.23.501.rel.17.17.8.0"},
		{"IEEE Std 754™-2019", "ieee.std.754..2019"}, // one dot for one character, however many bytes it has
		{"", ""},
	} {
		if got := Normalize(test.id); got != test.want {
			t.Errorf("Normalize(%q) = %q, want %q", test.id, got, test.want)
		}
	}
}

func TestMatchDots(t *testing.T) {
	for _, test := range []struct {
		pattern, id string
		want        bool
	}{
		{"RFC.2119", "RFC 2119", true},
		{"rfc.2119", "RFC 2119", true},
		{"RFC-2119", "RFC 2119", false},
		{"RFC.2119", "RFC  2119", false},
		{"IEEE.754.", "IEEE 754™", true},
		{"RFC.2119", "RFC 211", false},
	} {
		if got := MatchDots(test.pattern, test.id); got != test.want {
			t.Errorf("MatchDots(%q, %q) = %v, want %v", test.pattern, test.id, got, test.want)
		}
	}
}

func TestIsPrimary(t *testing.T) {
	for _, test := range []struct {
		name string
		id   ID
		want bool
	}{
		{"an ordinary one", ID{ID: "RFC 9000", Type: "IETF", Primary: true}, true},
		{"not marked", ID{ID: "RFC 9000", Type: "IETF"}, false},
		{"with a scope", ID{ID: "IEEE Std 754™-2019", Type: "IEEE", Primary: true, Scope: "trademark"}, false},
		{"without type", ID{ID: "RFC 9000", Primary: true}, false},
		{"empty", ID{Type: "IETF", Primary: true}, false},
	} {
		if got := test.id.IsPrimary(); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
