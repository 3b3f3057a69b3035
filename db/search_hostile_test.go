package db_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestSearchRefuses(t *testing.T) {
	t.Parallel()
	d := library(t)
	for name, test := range map[string]struct {
		format search.Format
		text   string
	}{
		"structure that is no JSON":          {search.JSONStruct, `{"a`},
		"structure with a NUL":               {search.JSONStruct, `{"doctype": "\u0000"}`},
		"structure with half a character":    {search.JSONStruct, `{"doctype": "\ud83d"}`},
		"structure with too large a number":  {search.JSONStruct, `{"doctype": 1e999999}`},
		"path that is none":                  {search.JSONPath, `$[`},
		"path that ends too early":           {search.JSONPath, `$.doctype == "rfc" &&`},
		"path with a wrong expression":       {search.JSONPath, `$.doctype like_regex "("`},
		"path with an expression of its own": {search.JSONPath, `$.doctype like_regex "a b" flag "x"`},
		"path with something after it":       {search.JSONPath, `$.x == "x" ; drop table records`},
		"path with a quote":                  {search.JSONPath, `$.x == 'x'`},
		"path out of place":                  {search.JSONPath, `@.id == "x"`},
		"path that is no text":               {search.JSONPath, `$.a == "\u0000"`},
		"unknown format":                     {"sql", "x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := d.Search(t.Context(), search.Query{Format: test.format, Text: test.text, Limit: 10})
			require.Equal(t, fault.Invalid, fault.Of(err), "%v", err)
			require.NotContains(t, fault.Message(err), "SQLSTATE")
			require.NotErrorIs(t, err, search.ErrCutOff)
		})
	}
}

// hostile are texts that have a meaning in SQL, in a string of it, in LIKE, in regular expressions, in JSON paths or
// for what puts queries together.
var hostile = []string{
	`'; DROP TABLE records; --`, `' OR '1'='1`, `\'; SELECT pg_sleep(60); --`, `'||(SELECT version())||'`, `"`, `\`, `'`, `\\'`, `$$`, `$1`, `?`, `?0`, `?1 ?text`,
	`%`, `_`, `%%%`, `RFC%`, `(?=x)`, `[[:alpha:]`, `***:.*`, `(a+)+$`, `{`, `}`, `") || true || ("`, `" flag "q`, `$.** ? (@ == "x"`, `$.docid[*].id like_regex "(a|a)*$" flag "i"`,
	`$.x == "\"" || 1 == 1`, `{"a": "' OR ''='"}`, `{"?": "?0"}`, `["'"]`, `"'\\"`, "\u2028", "\U0010FFFF", "a\x00b", "\xff\xfe", "İıſK", "/* x", "--", ";", "\t\n\r\v",
	`!(&|<->)`, `'a':*`, `-`, `- - -`, `""`, `" `, "<script>", strings.Repeat("x.", 2000), strings.Repeat("(", 3000),
	strings.Repeat("a", 4000), `{"a":` + strings.Repeat("[", 4000) + strings.Repeat("]", 4000) + `}`, strings.Repeat("(", 4000) + "$.a == 1" + strings.Repeat(")", 4000), `$.id == $unknown`,
}

func TestSearchKeepsTextsFromBecomingQueries(t *testing.T) {
	t.Parallel()
	d := library(t)
	for _, format := range search.Formats {
		for _, text := range hostile {
			hits, total, err := d.Search(t.Context(), search.Query{Format: format, Text: text, Limit: 10})
			require.True(t, err == nil || fault.Is(err, fault.Invalid), "%s %q: %v", format, text, err)
			require.LessOrEqual(t, len(hits), total, "%s %q", format, text)
		}
	}
	_, total, err := d.Search(t.Context(), search.Query{Format: search.JSONStruct, Text: "{}"})
	require.NoError(t, err)
	require.Equal(t, 5, total, "documents that are left")
}

// What has a meaning elsewhere is found where it stands.
func TestSearchFindsHostileTexts(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "misc", files{"data/a.yaml": `docid: [{id: "A ' \" \\ ? %_1", type: X, primary: true}]` + "\n" + `title: "it's ?0 a \\ \"quote\" %s"` + "\n"})
	for format, text := range map[search.Format]string{
		search.DocIDRegex: `A ' " \ ? %_1`,
		search.JSONStruct: `{"title": [{"content": "it's ?0 a \\ \"quote\" %s"}]}`,
		search.JSONPath:   `$.title[*].content == "it's ?0 a \\ \"quote\" %s"`,
		search.JSONRepr:   `it's ?0 a \ "quote" %s`,
		search.WebSearch:  `it's ?0 a \ "quote" %s`,
	} {
		_, total, err := d.Search(t.Context(), search.Query{Format: format, Text: text})
		require.NoError(t, err, format)
		require.Equal(t, 1, total, format)
	}
}

func TestSearchIsCutOff(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	d := open(t, url, 0)
	content := make(files)
	for _, name := range strings.Fields("one two three four five six seven eight") {
		content["data/"+name+".yaml"] = "docid: [{id: " + name + ", type: X, primary: true}]\nkeyword: [" + strings.Repeat("a, ", 1000) + "a]\n"
	}
	index(t, d, "misc", content)
	hurried := open(t, url, 20*time.Millisecond)
	_, _, err := hurried.Search(t.Context(), search.Query{Format: search.JSONPath, Text: `exists($.keyword[*] ? (@.content > $.keyword[*].content))`})
	require.ErrorIs(t, err, search.ErrCutOff)
	require.Equal(t, fault.Invalid, fault.Of(err))
	require.Contains(t, fault.Message(err), "cut off")
}

func open(t *testing.T, url string, timeout time.Duration) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), db.Config{URL: url, WebTimeout: timeout})
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}
