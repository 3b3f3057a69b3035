package yamltree

import (
	"reflect"
	"strings"
	"testing"
)

// scanned are files that scan reads itself.
var scanned = []struct{ name, in string }{
	{"record", "---\nid: RFC52\ntitle:\n- type: main\n  content: Updated list\ndocid:\n- id: RFC 52\n  primary: true\n"},
	{"no start, no end", "a: b"},
	{"blank lines", "---\n\na: b\n  \nc:\n\n  d: e\n\n\n"},
	{"nested deeper at will", "a:\n    b:\n     - c\n     -   d: e\n         f: g\n"},
	{"sequence of sequences", "- - a\n  - b\n-\n  - c\n- - - d\n"},
	{"sequence indented below its key", "a:\n  - b\n  - c\nd: e\n"},
	{"sequence in a sequence's mapping", "a:\n- b:\n  - c\n  - d\n  e: f\n- g\n"},
	{"nulls", "a:\nb:\n- \n-\n- ~\n- null\n- Null\n- NULL\n- nuLL\nc:\nd: ~\n"},
	{"null at the end", "a:\n- b:"},
	{"value in the next line", "a:\n  text\nb:\n  - text\n    more\n"},
	{"plain text in several lines", "a: one\n  two\n    three\n\n  four\n\n\n  - five\nb: six\n"},
	{"plain text in several lines of an item", "- one\n  two\n-  three\n four\n"},
	{"indicators inside plain text", "a: C# x#y http://z:80/?q=[1]&r={2} - 3 !*|>'\"%@`\nb: -x\nc: --- x\nd: ...\n"},
	{"spaces at the end", "a: b  \nc:  \n- d \n"},
	{"odd keys", "12: a\nx.y: b\ny-z: c\n_: d\ntrue: e\n"},
	{"text that is no key", "- a:b\n- http://example.org/\n"},
	{"single quotes", "a: ''\nb: 'it''s: # not'\nc: 'one\n  two  \n\n   three'\nd: 'end '   \n"},
	{"double quotes", `a: ""` + "\n" + `b: "a\tb\n\x41\u00e9\U0001F600\\\"\'\ \N\_\L\P\a\b\v\f\r\e"` + "\n" + `c: "one  ` + "\n  two\n\n  three \\\n  four\\\n\n   \\ five\"\n"},
	{"quoted items", "- 'a'\n- \"b\"\n-\n  'c'\n"},
	{"literal", "a: |\n  one\n   two\n\n  three  \n\n\nb: |-\n  one\n\nc: |+\n  one\n\n\nd: e\n"},
	{"literal with its indentation", "- |2\n    one\n   two\n- |1-\n   three\n- |-3\n    four\n"},
	{"folded", "a: >\n  one\n  two\n\n  three\n   four\n  five\n\n   six\n\n\n  seven\nb: >-\n  x\n"},
	{"block scalar without text", "a: |\nb: >+\n\n\nc: |-\n\nd: e\n"},
	{"block scalar after blank lines", "a: |\n\n \n  one\nb: >\n\n\n  one\n"},
	{"block scalar at the end", "a: |\n  one\n  "},
	{"block scalar below a sequence's key", "- a: |\n    one\n  b: c\n"},
	{"marker and comment in a block scalar", "a: |\n  ---\n  # text\nb: c\n"},
	{"empty collections", "a: []\nb: {} \nc:\n- []\n- {}\n"},
	{"not only ASCII", "a: Ünïcode 規格 — “quotes” 😀 \u00a0 \u2027 \ufeef \ufffd\nb: 'é'\n"},
	{"block scalar that ends with the file", "a: |\n  one\n  two"},
	{"folded scalar that ends with the file", "a:\n- >-\n  one\n  two"},
	{"more nodes than lines", strings.Repeat("- - - - a\n", 30)},
	{"more keys than lines", strings.Repeat("- a: b\n", 9) + "- c: d"},
	{"many children", "a:\n" + strings.Repeat("- x: y\n", 5000)},
}

// unscanned are files that scan leaves to the library, which reads them.
var unscanned = []struct{ name, in string }{
	{"comment", "a: b # c\n"},
	{"comment line", "# c\na: b\n"},
	{"comment line inside", "a:\n  # c\n  b: c\n"},
	{"comment after a block scalar", "a: |\n  b\n# c\n"},
	{"comment in the middle of text", "a: b\n  c\n  # d\n"},
	{"tab", "a:\tb\n"},
	{"tab in quotes", "a: 'b\tc'\n"},
	{"CRLF", "a: b\r\n"},
	{"line separator", "a: b\u2028 c\n"},
	{"next line", "a: b\u0085 c\n"},
	{"byte order mark", "\ufeffa: b\n"},
	{"scalar", "text\n"},
	{"root not at column 0", "  a: b\n"},
	{"start and more", "--- \na: b\n"},
	{"end marker", "a: b\n...\n"},
	{"directive", "%YAML 1.1\n---\na: b\n"},
	{"flow", "a: [b, c]\n"},
	{"space in an empty list", "a: [ ]\n"},
	{"anchor and alias", "a: &x b\nc: *x\n"},
	{"tag", "a: !!str 1\n"},
	{"merge", "a: &x {b: c}\nd:\n  <<: *x\n"},
	{"quoted key", "'a': b\n"},
	{"key with a space", "a b: c\n"},
	{"space before the colon", "a : b\n"},
	{"complex key", "? a\n: b\n"},
	{"text that begins like a key", "a: ?b\n"},
	{"text that begins with a colon", "a: :b\n"},
	{"quoted text at column 0", "a: 'b\nc'\n"},
	{"block style at the end of the file", "a: |-"},
	{"many keys", manyKeys(maxKeys + 1)},
	{"long key", strings.Repeat("k", maxKey+1) + ": v\n"},
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("k" + strings.Repeat("x", i) + ": v\n")
	}
	return b.String()
}

// broken are files that neither scan nor the library reads.
var broken = []struct{ name, in string }{
	{"nothing", ""},
	{"only a start", "---\n"},
	{"two documents", "a: b\n---\nc: d\n"},
	{"key twice", "a: b\na: c\n"},
	{"colon inside", "a: b: c\n"},
	{"colon at the end", "a: b:\n"},
	{"colon in the next line", "a: b\n  c: d\n"},
	{"sequence behind a key", "a: - b\n"},
	{"deeper key", "a: b\n   c: d\n"},
	{"key between two columns", "a:\n    b: c\n  d: e\n"},
	{"text after quotes", "a: 'b' c\n"},
	{"open single quote", "a: 'b\n"},
	{"text at a column that no collection has", "- a:\n    b: c\n   d\n"},
	{"quotes in a row", "a: 'b''"},
	{"open double quote", "a: \"b\n  c\n"},
	{"backslash at the end", "a: \"b\\\"\n"},
	{"unknown escape", "a: \"\\/\"\n"},
	{"NUL escape", "a: \"\\x00\"\n"},
	{"short escape", "a: \"\\u12\"\n"},
	{"escape cut short", "a: \"\\u12\""},
	{"escape at the end of the file", "a: \"b\\\"\\"},
	{"surrogate", "a: \"\\ud800\"\n"},
	{"beyond Unicode", "a: \"\\U00110000\"\n"},
	{"escape of eight digits that wraps", "a: \"\\UFFFFFFFF\"\n"},
	{"sequence ends in a mapping", "- a\nb: c\n"},
	{"mapping ends in a sequence", "a: b\n- c\n"},
	{"list open", "a: [\n"},
	{"text after a block style", "a: | b\n"},
	{"two block endings", "a: |-+\n  b\n"},
	{"two block indentations", "a: |12\n  b\n"},
	{"empty list as a key", "a:\n- []: b\n"},
	{"block scalar after deeper blank lines", "a: |\n    \n  one\n"},
	{"reserved character", "a: @b\n"},
	{"control character", "a: \x1b\n"},
	{"delete", "a: \x7f\n"},
	{"C1 control", "a: \u0090\n"},
	{"no character", "a: \uffff\n"},
	{"document marker in quotes", "a: 'b\n--- c'\n"},
}

func TestScanGivesTheLibrarysTree(t *testing.T) {
	for _, c := range scanned {
		t.Run(c.name, func(t *testing.T) {
			got := scan([]byte(c.in))
			if got == nil {
				t.Fatal("left to the library")
			}
			want, err := parseLibrary([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(want, got) {
				t.Errorf("got %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestScanLeavesTheRestToTheLibrary(t *testing.T) {
	for _, c := range unscanned {
		t.Run(c.name, func(t *testing.T) {
			if n := scan([]byte(c.in)); n != nil {
				t.Errorf("scanned: %v", n.Any())
			}
			if _, err := Parse([]byte(c.in)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestScanRefusesWhatTheLibraryRefuses(t *testing.T) {
	for _, c := range broken {
		t.Run(c.name, func(t *testing.T) {
			if n := scan([]byte(c.in)); n != nil {
				t.Errorf("scanned: %v", n.Any())
			}
			if n, err := Parse([]byte(c.in)); err == nil {
				t.Errorf("read: %v", n.Any())
			}
		})
	}
}

func TestScanDepth(t *testing.T) {
	mappings := func(depth int) (in string) {
		for i := range depth {
			in += strings.Repeat(" ", i) + "a:\n"
		}
		return in
	}
	sequences := func(depth int) string { return strings.Repeat("- ", depth) + "x\n" }
	for name, nest := range map[string]func(int) string{"mappings": mappings, "sequences": sequences} {
		for depth, want := range map[int]bool{MaxDepth: true, MaxDepth + 1: false} {
			in := []byte(nest(depth))
			if got := scan(in) != nil; got != want {
				t.Errorf("%d %s: scanned %v", depth, name, got)
			}
			if _, err := Parse(in); (err == nil) != want {
				t.Errorf("%d %s: %v", depth, name, err)
			}
		}
	}
}

// FuzzParse looks for a file that scan reads in another way than the library.
func FuzzParse(f *testing.F) {
	for _, list := range [][]struct{ name, in string }{scanned, unscanned, broken} {
		for _, c := range list {
			f.Add([]byte(c.in))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if checkBytes(data) != nil {
			return
		}
		got := scan(data)
		want, err := parseLibrary(data)
		if got == nil {
			return
		}
		if err != nil {
			t.Fatalf("scanned although the library refuses it: %v", err)
		}
		// Not go-cmp, which takes time exponential in the depth.
		if !reflect.DeepEqual(want, got) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	})
}
