package docid

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNorms(t *testing.T) {
	for id, want := range map[string][]string{
		"RFC6749":                       {"rfc6749", "rfc.6749"},
		"rfc6749":                       {"rfc6749", "rfc.6749"},
		" RFC 6749 ":                    {"rfc.6749"},
		"RFC0793":                       {"rfc0793", "rfc.793", "rfc.0793"},
		"RFC 793":                       {"rfc.793", "rfc.0793"},
		"BCP0014":                       {"bcp0014", "bcp.14", "bcp.0014"},
		"std-3":                         {"std.3", "std.0003"},
		"I-D.ietf-quic-http":            {"i.d.ietf.quic.http", "draft.ietf.quic.http"},
		"i-d.draft-ietf-quic-http-34":   {"i.d.draft.ietf.quic.http.34", "draft.ietf.quic.http.34"},
		"draft-ietf-quic-http":          {"draft.ietf.quic.http"},
		"W3C REC-xml-20081126":          {"w3c.rec.xml.20081126"},
		"RFC 1-2":                       {"rfc.1.2"},
		"I-D.":                          {"i.d."},
		"":                              {""},
		"RFC 99999999999999999999999":   {"rfc.99999999999999999999999"},
		"10.17487/RFC9293":              {"10.17487.rfc9293"},
		"Internet-Draft of the Nothing": {"internet.draft.of.the.nothing"},
	} {
		if diff := cmp.Diff(want, Norms(id)); diff != "" {
			t.Errorf("Norms(%q): %s", id, diff)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, same := range [][]string{
		{"RFC 793", "RFC793", "rfc0793", "RFC-0793", "rfc.793"},
		{"BCP 14", "BCP0014", "bcp14", " BCP 0014"},
		{"draft-ietf-quic-http", "I-D.ietf-quic-http", "I-D.draft-ietf-quic-http", "DRAFT-ietf-quic-HTTP"},
	} {
		for _, id := range same {
			if got := Canonical(id); got != Canonical(same[0]) {
				t.Errorf("Canonical(%q) = %q, want that of %q, %q", id, got, same[0], Canonical(same[0]))
			}
		}
	}
	if Canonical("RFC 79") == Canonical("RFC 793") {
		t.Error("RFC 79 and RFC 793 are equal")
	}
}
