package search

import (
	"regexp"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/docid"
)

// contains is what the database makes of the patterns of Identifier.
func contains(t *testing.T, like, expression, id string) bool {
	t.Helper()
	norm := docid.Normalize(id)
	found := likely(t, like).MatchString(norm)
	if expression != "" {
		if precise := regexp.MustCompile(expression).MatchString(norm); precise && !found {
			t.Errorf("LIKE %q misses %q, which %q finds", like, norm, expression)
		} else {
			found = precise
		}
	}
	return found
}

// likely is a regular expression for a pattern of LIKE without escapes or underscores.
func likely(t *testing.T, like string) *regexp.Regexp {
	t.Helper()
	if strings.ContainsAny(like, `\_`) {
		t.Fatalf("pattern %q has a special character", like)
	}
	return regexp.MustCompile("(?s)^" + strings.ReplaceAll(regexp.QuoteMeta(like), "%", ".*") + "$")
}

func TestIdentifier(t *testing.T) {
	tests := []struct {
		text, id string
		want     bool
	}{
		{"rfc 9000", "RFC 9000", true},
		{"rfc-9000", "RFC 9000", true},
		{"RFC 900", "RFC 9000", true},
		{"rfc9000", "RFC 9000", false},
		{"rfc 9000", "10.17487/RFC9000", false},
		{"3GPP 23.501", "3GPP TS 23.501:REL-16/16.18.0", false},
		{"rfc[", "draft-ietf-hip-rfc5202-bis", true},
		{"rfc[", "RFC 9000", true},
		{"rfc[", "pandoc2rfc", false},
		{"rfc.*", "draft-schoenw-rfc-2593-update", true},
		{"rfc.*", "RFC 2593", false},
		{"rfc.*", "draft-iab-rfc-editor", false},
		{"(?i)", "NIST SP 1011-I-2.0", true},
		{"(?i)", "draft-ietf-json-i-json", false},
		{"%", "RFC", false},
		{"%", "RFC 1", true},
		{"_", "X", false},
		{`\`, "a-b", true},
		{"über", "X-ber", true},
		{"", "X", false},
	}
	for _, test := range tests {
		t.Run(test.text+" in "+test.id, func(t *testing.T) {
			like, expression := Identifier(test.text)
			if got := like != "" && contains(t, like, expression, test.id); got != test.want {
				t.Errorf("%q (LIKE %q, %q) in %q: %v, want %v", test.text, like, expression, test.id, got, test.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	for text, want := range map[string][2]string{
		"Cerf":             {"%cerf%", "%cerf%"},
		"3GPP TS 23.501":   {"%3gpp%ts%23%501%", "%3gpp%"},
		`100% _a_ \b "c"'`: {"%100%a%b%c%", "%100%"},
		"Über-Maß rot":     {"%über%maß%rot%", "%rot%"},
		"Über":             {"%über%", ""},
		" -+% ":            {"", ""},
		"":                 {"", ""},
	} {
		if all, longest := Words(text); all != want[0] || longest != want[1] {
			t.Errorf("Words(%q) = %q, %q, want %q", text, all, longest, want)
		}
	}
}

// FuzzPatterns looks for texts that get more than letters and digits into a pattern, or whose patterns do
// not find the text itself.
func FuzzPatterns(f *testing.F) {
	for _, seed := range []string{"rfc 9000", `\_%'";--`, "(?i)[[:alpha:]]{9}***:", "İß\x00\xff", "$.a == \"x\"", "K7 ﬁ"} {
		f.Add(seed)
	}
	letters := regexp.MustCompile(`^[a-z0-9.%]*$`)
	signs := regexp.MustCompile(`^(?:[a-z0-9]|\[0-9\]\*\[\.\])*$`)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 200 {
			return // the patterns that judge here take time that grows with its square
		}
		like, expression := Identifier(text)
		if !letters.MatchString(like) || !signs.MatchString(expression) {
			t.Fatalf("Identifier(%q) = %q, %q", text, like, expression)
		}
		if text != "" && !contains(t, like, expression, text) {
			t.Errorf("%q is not found in itself by %q, %q", text, like, expression)
		}
		words, longest := Words(text)
		for _, pattern := range []string{words, longest} {
			if pattern != "" && !likely(t, pattern).MatchString(strings.ToLower(text)) {
				t.Errorf("%q is not found in itself by %q", text, pattern)
			}
		}
	})
}
