package yamltree

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/fault"
)

func TestParseAndAny(t *testing.T) {
	type m = map[string]any
	type l = []any
	for _, c := range []struct {
		name, in string
		want     any
	}{
		{
			"record", "---\nid: RFC52\ntitle:\n- type: main\n  content: Updated distribution list\n",
			m{"id": "RFC52", "title": l{m{"type": "main", "content": "Updated distribution list"}}},
		},
		{
			"dates and versions are text", "a: 1970-07\nb: 2021-03-04\nc: 1.10\nd: 09\ne: 2001-12-14t21:59:43.10-05:00\n",
			m{"a": "1970-07", "b": "2021-03-04", "c": "1.10", "d": "09", "e": "2001-12-14t21:59:43.10-05:00"},
		},
		{"integers", "- 0\n- 12\n- -7\n- 999999999999999\n", l{0.0, 12.0, -7.0, 999999999999999.0}},
		{
			"near integers are text", "- 1000000000000000\n- 0x1f\n- 0o17\n- 017\n- +5\n- 1_000\n- -0\n-\n- 12 \n- 1e3\n",
			l{"1000000000000000", "0x1f", "0o17", "017", "+5", "1_000", "-0", nil, 12.0, "1e3"},
		},
		{"booleans", "- true\n- False\n- TRUE\n- yes\n- off\n- 'true'\n- !!str true\n", l{true, false, true, "yes", "off", "true", "true"}},
		{"nulls", "a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: !!null x\n", m{"a": nil, "b": nil, "c": nil, "d": "null", "e": "", "f": nil}},
		{"quoted number", "- '12'\n- \"12\"\n- |\n  12\n- !!int '12'\n", l{"12", "12", "12\n", 12.0}},
		{"empty collections", "a: []\nb: {}\n", m{"a": l{}, "b": m{}}},
		{"flow", "a: [x, 'y', {z: 1}]\n", m{"a": l{"x", "y", m{"z": 1.0}}}},
		{"alias", "a: &x [1]\nb: *x\n", m{"a": l{1.0}, "b": l{1.0}}},
		{"merge", "a: &x {p: 1, q: 2}\nb:\n  q: 3\n  <<: *x\n  r: 4\n", m{"a": m{"p": 1.0, "q": 2.0}, "b": m{"q": 3.0, "r": 4.0, "p": 1.0}}},
		{"alias as key", "a: &x b\n*x : c\n", m{"a": "b", "b": "c"}},
		{"merge of several, the first wins", "a: &x {p: 1}\nb: &y {p: 2, q: 3}\nc:\n  <<: [*x, *y]\n", m{"a": m{"p": 1.0}, "b": m{"p": 2.0, "q": 3.0}, "c": m{"p": 1.0, "q": 3.0}}},
		{"quoted merge key is a key", "'<<': 1\n", m{"<<": 1.0}},
		{"keys are text", "1: a\ntrue: b\n~: c\n2021-03-04: d\n", m{"1": "a", "true": "b", "~": "c", "2021-03-04": "d"}},
		{"scalar", "text\n", "text"},
		{"byte order mark", "\ufeffa: b\n", m{"a": "b"}},
		{"document end", "---\na: b\n...\n", m{"a": "b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := Parse([]byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, n.Any()); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestParseKeepsOrderAndLines(t *testing.T) {
	n, err := Parse([]byte("b: 1\na:\n- x\n- 'y'\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &Node{Kind: Mapping, Line: 1, Keys: []string{"b", "a"}, Nodes: []Node{
		{Kind: Scalar, Value: "1", Plain: true, Line: 1},
		{Kind: Sequence, Line: 3, Nodes: []Node{
			{Kind: Scalar, Value: "x", Plain: true, Line: 3},
			{Kind: Scalar, Value: "y", Line: 4},
		}},
	}}
	if d := cmp.Diff(want, n); d != "" {
		t.Error(d)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", "the file is empty"},
		{"only comments", "# nothing\n\n", "the file is empty"},
		{"only a start", "---\n", "the file is empty"},
		{"null", "~\n", "the file is empty"},
		{"two documents", "a: 1\n---\nb: 2\n", "line 2: a second document in one file"},
		{"key twice", "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", `line 5: the key "c" a second time`},
		{"key twice, quoted once", "a: 1\n'a': 2\n", `line 2: the key "a" a second time`},
		{"key of a list", "? [a]\n: b\n", "line 1: a key that is a mapping or a list"},
		{"merge of a text", "a: 1\n<<: x\n", "line 2: a merge key (<<) of something other than mappings"},
		{"NUL byte", "a: 1\nb: \x00\n", "line 2: a NUL byte"},
		{"NUL escape", "a: 1\nb: \"\\0\"\n", "line 2: a NUL character"},
		{"NUL escape in a key", "\"a\\0\": 1\n", "line 1: a NUL character"},
		{"Latin-1", "a: 1\nb: caf\xe9\n", "line 2: not valid UTF-8"},
		{"UTF-16", "\xff\xfea\x00", "line 1: a NUL byte"},
		{"control character", "a: \x01\n", "control characters are not allowed"},
		{"colon inside", "a: b: c\n", "mapping values are not allowed in this context"},
		{"broken second document", "a: 1\n---\n'b\n", "line 3: found unexpected end of stream"},
		{"broken far into the second document", "a: 1\n---\nb: c\nd: e: f\n", "line 4: mapping values are not allowed in this context"},
		{"broken UTF-8 after much that is not", "a: é\xc3\n", "line 1: not valid UTF-8"},
		{"key of an alias of a list", "a: &a [1]\n*a : b\n", "line 1: a key that is a mapping or a list"},
		{"merge of what is too deep", "b: 1\n<<: &a [*a]\n", "line 2: nested more than 100 deep"},
		{"open quote", "a: 'b\n", "line 2: found unexpected end of stream"},
		{"unknown alias", "a: *b\n", "unknown anchor 'b' referenced"},
		{"alias of itself", "a: &a [*a]\n", "line 1: nested more than 100 deep"},
		{"too deep", strings.Repeat("[", 101) + strings.Repeat("]", 101), "line 1: nested more than 100 deep"},
		{"aliases of aliases", laughs(), "line 2: more than 1048576 values, counted with what aliases stand for"},
		{"aliases of a long text", "a: &a " + strings.Repeat("x", MaxSize/2) + "\nb: [*a, *a,\n*a, *a]\n", "line 1: more than 16777216 bytes of text, counted with what aliases stand for"},
		{"too large", strings.Repeat("a", MaxSize+1), "the file has 8388609 bytes, more than the 8388608 allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse([]byte(c.in))
			if !fault.Is(err, fault.Invalid) || fault.Message(err) != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// laughs is a file in which each of nine lists holds the one before nine times.
func laughs() string {
	s := "a0: &a0 x\n"
	for i := '1'; i <= '9'; i++ {
		item := "*a" + string(i-1) + ","
		s += "a" + string(i) + ": &a" + string(i) + " [" + strings.Repeat(item, 9) + "]\n"
	}
	return s
}

func TestParseAllowsTheLimit(t *testing.T) {
	in := strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth)
	if _, err := Parse([]byte(in)); err != nil {
		t.Error(err)
	}
}

func TestGet(t *testing.T) {
	n, err := Parse([]byte("a:\n  b: c\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Get("a").Get("b"); got == nil || got.Value != "c" {
		t.Errorf("got %v", got)
	}
	for name, got := range map[string]*Node{
		"no such key": n.Get("x"), "below nothing": n.Get("x").Get("y"), "of a text": n.Get("a").Get("b").Get("c"),
	} {
		if got != nil || got.Any() != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}
