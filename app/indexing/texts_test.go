package indexing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"values, not keys":      {`{"type":"standard","title":[{"content":"A"},{"content":"B"}]}`, []string{"A", "B", "standard"}},
		"addresses and dates":   {`{"link":[{"content":"https://example.org/","type":"src"}],"date":[{"value":"2021"}],"fetched":"2020","type":"x"}`, []string{"x"}},
		"language and script":   {`{"title":[{"content":"A","language":["en"],"script":["Latn"],"format":"text/plain"}]}`, []string{"A"}},
		"left out at the end":   {`{"type":"x","link":[{"content":"]}\"","a":{"b":[1]}}]}`, []string{"x"}},
		"left out, a number":    {`{"date":12,"type":"x"}`, []string{"x"}},
		"escaped":               {`{"a":"say \"hi\"\n\\","b":"c"}`, []string{"say \"hi\"\n\\", "c"}},
		"a value like a key":    {`{"type":"link","title":"date"}`, []string{"link", "date"}},
		"a key that is escaped": {`{"li\"nk":"x"}`, []string{"x"}},
		"empty and not texts":   {`{"a":"","b":1,"c":true,"d":null,"e":[],"f":{}}`, nil},
		"list of texts":         {`["a",["b"]]`, []string{"a", "b"}},
		"markup":                {`{"title":[{"content":"R&amp;D of <link>"}],"keyword":["a &lt; b","H<sub>2</sub>O"]}`, []string{"R&D of  link ", "a   b", "H2O"}},
		"elements in a text":    {`{"abstract":[{"content":"<p>the &lt;get-schema&gt; operation</p>"}]}`, []string{"the  get-schema  operation"}},
		"titles and identifiers first": {
			`{"type":"x","docid":[{"id":"RFC 1","type":"IETF"}],"title":[{"content":"T","type":"main"}],"relation":[{"bibitem":{"docid":[{"id":"RFC 2"}],"title":[{"content":"U"}]}}]}`,
			[]string{"T", "RFC 1", "x", "IETF", "main", "RFC 2", "U"},
		},
		"nothing": {``, nil},
		"no JSON": {`{"a":"b`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, Searchable(test.body))
		})
	}
}

func TestTextsByPlace(t *testing.T) {
	t.Parallel()
	var got contents
	got.read(`{"type":"x","docid":[{"id":"RFC 1","type":"IETF"}],"title":[{"content":"T","type":"main"}],` +
		`"contributor":[{"role":[{"type":"author","description":[{"content":"writes"}]}],"person":{"name":{"completename":{"content":"J. Doe"}},` +
		`"affiliation":[{"organization":{"name":[{"content":"ACME"}]}}]}},{"organization":{"name":[{"content":"IAB"}],"contact":[{"address":{"city":"Bern"}}]}}],` +
		`"keyword":[{"content":"k"}],"abstract":[{"content":"A","format":"text/plain"}],"series":[{"title":{"content":"STD"},"number":"1"}]}`)
	require.Equal(t, Texts{
		Titles: []string{"T"}, Heads: []string{"RFC 1", "k"}, People: []string{"J. Doe", "IAB"}, Abstracts: []string{"A"},
		Rest: []string{"x", "IETF", "main", "author", "writes", "ACME", "Bern", "STD", "1"},
	}, got.Texts)
	got = contents{}
	got.read(`{"keyword":["one","two"]}`)
	require.Equal(t, []string{"one", "two"}, got.Heads, "keywords that are texts")
}

func TestLineOf(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]struct {
		line int
		rest string
	}{
		"line 7: a NUL byte":              {7, "a NUL byte"},
		"not valid UTF-8":                 {0, "not valid UTF-8"},
		"line by line":                    {0, "line by line"},
		"line : x":                        {0, "x"},
		"line 99999999999999999999: huge": {0, "line 99999999999999999999: huge"},
	} {
		line, rest := lineOf(message)
		require.Equal(t, want.line, line, message)
		require.Equal(t, want.rest, rest, message)
	}
}

func TestHashIsStable(t *testing.T) {
	t.Parallel()
	// Caches and other tables hold these numbers: they must never change.
	require.Equal(t, int64(6362291560854074729), Hash("IETF\nRFC 9000"))
}
