package browse

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKeysAreInTheOrderThatPeopleExpect(t *testing.T) {
	t.Parallel()
	for name, ordered := range map[string][]string{
		"numbers":                 {"RFC 2", "RFC 10", "RFC 999", "RFC 1000", "RFC 10000", "RFC 12345678901", "RFC 123456789012"},
		"zeros before them":       {"RFC0002", "RFC0010", "RFC1000"},
		"versions of drafts":      {"draft-x", "draft-x-00", "draft-x-09", "draft-x-10", "draft-x-bis", "draft-xa"},
		"releases":                {"TS_23.501_REL-15_15.9.0", "TS_23.501_REL-15_15.13.0", "TS_23.501_REL-16_16.1.0", "TS_23.1000_REL-8_8.0.0"},
		"numbers before words":    {"NIST SP 800-53", "NIST SP 800-53A", "NIST SP 800-181", "NIST SP X"},
		"capitals are no matter":  {"rec-a", "REC-b", "rec-c"},
		"signs alone are nothing": {"--", "a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.True(t, slices.IsSortedFunc(ordered, func(a, b string) int { return strings.Compare(Key(a), Key(b)) }))
		})
	}
}

func TestKeysOfFilesAreThoseOfDocuments(t *testing.T) {
	t.Parallel()
	for file, document := range map[string]string{
		"RFC0020":                     "rfc 20",
		"reference.ISO.8823.1989":     "ISO 8823.1989",
		"TS_06.51_REL-98_7.0.2":       "TS 06.51:REL-98/7.0.2",
		"IEEE_P1857A_D-1-2013-12":     "IEEE P1857a/D-1-2013-12",
		"sasl-mechanisms_scram":       "sasl-mechanisms/scram",
		"reference":                   "",
		"ÜBER":                        "über",
		strings.Repeat("long1", 1000): strings.Repeat("LONG 1 ", 1000),
	} {
		require.Equal(t, Key(document), Key(file), file)
		require.LessOrEqual(t, len(Key(file)), 2*maxKey)
	}
}

// many gives n refs.
func many(n int, format string) []string {
	refs := make([]string, n)
	for i := range refs {
		refs[i] = fmt.Sprintf(format, i+1)
	}
	return refs
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		refs []string
		want []string
	}{
		"nothing":      {nil, nil},
		"one":          {[]string{"RFC0001"}, []string{"RFC 1 (1)"}},
		"few numbers":  {[]string{"BCP0001", "BCP0002", "FYI0001", "STD0001"}, []string{"BCP (2)", "FYI (1)", "STD (1)"}},
		"many numbers": {many(2500, "RFC%04d"), []string{"RFC 1–999 (999)", "RFC 1000–1999 (1000)", "RFC 2000–2999 (501)"}},
		"a range that is large": {
			slices.Concat(many(1999, "A_1.%d"), many(99, "A_2.%d"), many(20, "A_3-%d")),
			[]string{"A 1.1–999 (999)", "A 1.1000–1999 (1000)", "A 2 (99)", "A 3 (20)"},
		},
		"a word that is large": {
			slices.Concat([]string{"draft-a", "draft-b"}, many(750, "draft-ietf-q-%d"), many(750, "draft-ietf-r-%d"), []string{"draft-z"}),
			[]string{"draft-a (1)", "draft-b (1)", "draft-ietf-q (750)", "draft-ietf-r (750)", "draft-z (1)"},
		},
		"letters": {
			letters("draft-%c%c"), []string{"draft-a… (5)", "draft-b… (5)", "draft-c… (5)", "draft-d… (5)"},
		},
		"files":                      {[]string{"reference.ANSI.1", "reference.ISO.1"}, []string{"ANSI (1)", "ISO (1)"}},
		"the same names":             {[]string{"a", "A", "a_"}, []string{"a (3)"}},
		"one is the start of others": {[]string{"iana", "iana-x", "iana-y"}, []string{"iana (1)", "iana-x (1)", "iana-y (1)"}},
		"nothing to read":            {[]string{"--", "__"}, []string{" (2)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			total := 0
			for _, s := range Names(test.refs) {
				got = append(got, fmt.Sprintf("%s (%d)", s.Label, s.Count))
				require.Equal(t, test.refs[total], s.Ref)
				total += s.Count
			}
			require.Equal(t, test.want, got)
			require.Equal(t, len(test.refs), total)
		})
	}
}

// letters gives twenty refs with different words, of four letters.
func letters(format string) []string {
	var refs []string
	for _, first := range "abcd" {
		for _, second := range "vwxyz" {
			refs = append(refs, fmt.Sprintf(format, first, second))
		}
	}
	return refs
}

func TestSmallSectionsAreJoined(t *testing.T) {
	t.Parallel()
	var refs []string
	for first := 'a'; first <= 'w'; first++ {
		refs = append(refs, string(first)+"-alone")
	}
	for first := 'a'; first <= 'z'; first++ {
		refs = append(refs, many(60, "x-"+string(first)+"a%d")...)
		refs = append(refs, many(1200, "x-"+string(first)+"b%d")...)
	}
	sections := Names(refs)
	require.Equal(t, "a… to w…", sections[0].Label)
	require.Equal(t, 23, sections[0].Count)
	total := 0
	for _, s := range sections {
		require.Equal(t, refs[total], s.Ref, s.Label)
		total += s.Count
	}
	require.Equal(t, len(refs), total)
}

func TestYears(t *testing.T) {
	t.Parallel()
	require.Equal(t, []Year{{2020, 2}, {1999, 1}, {Undated, 1}}, Years([]int{1999, 2020, Undated, 2020}))
}
