package relaton_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("The quick brown fox jumps. ", 30)
	for name, test := range map[string]struct {
		before, after string
		want          []string // path: before → after
	}{
		"nothing":                     {`{"docid":[{"id":"RFC 1"}]}`, `{"docid":[{"id":"RFC 1"}]}`, nil},
		"the order of fields":         {`{"a":1,"b":{"c":1,"d":2}}`, `{"b":{"d":2,"c":1.0},"a":1}`, nil},
		"when it was fetched":         {`{"fetched":"2020-01-01"}`, `{"fetched":"2021-01-01"}`, nil},
		"fetched, of a relation":      {`{"relation":[{"bibitem":{"fetched":"2020"}}]}`, `{"relation":[{"bibitem":{}}]}`, nil},
		"a text":                      {`{"type":"standard"}`, `{"type":"article"}`, []string{"type: standard → article"}},
		"a field that is new":         {`{}`, `{"type":"article"}`, []string{"type:  → article"}},
		"a field that is gone":        {`{"type":"article"}`, `{}`, []string{"type: article → "}},
		"null is as good as absent":   {`{"type":null}`, `{}`, nil},
		"within objects":              {`{"ext":{"doctype":{"type":"rfc"}}}`, `{"ext":{"doctype":{"type":"bcp"}}}`, []string{"ext.doctype.type: rfc → bcp"}},
		"an item at the end":          {`{"docid":[{"id":"A"}]}`, `{"docid":[{"id":"A"},{"id":"10.1/A","type":"DOI"}]}`, []string{"docid[1]:  → 10.1/A, DOI"}},
		"an item at the front":        {`{"docid":[{"id":"A"}]}`, `{"docid":[{"id":"B"},{"id":"A"}]}`, []string{"docid[0]:  → B"}},
		"an item that is gone":        {`{"keyword":["x","y","z"]}`, `{"keyword":["x","z"]}`, []string{"keyword[1]: y → "}},
		"one item for another":        {`{"date":[{"type":"published","value":"2021-05"}]}`, `{"date":[{"type":"published","value":"2021-06"}]}`, []string{"date[0].value: 2021-05 → 2021-06"}},
		"moved and changed":           {`{"docid":[{"id":"A"},{"id":"B"},{"id":"C"}]}`, `{"docid":[{"id":"C"},{"id":"D"},{"id":"A"}]}`, []string{"docid[1].id: B → D"}},
		"authors in another order":    {`{"contributor":[{"n":"Ann"},{"n":"Bob"}]}`, `{"contributor":[{"n":"Bob"},{"n":"Ann"}]}`, []string{"contributor: Ann, Bob → Bob, Ann"}},
		"a list that is new":          {`{}`, `{"keyword":["x","y"]}`, []string{"keyword[0]:  → x", "keyword[1]:  → y"}},
		"a flag":                      {`{"docid":[{"id":"A","primary":true}]}`, `{"docid":[{"id":"A"}]}`, []string{"docid[0].primary: true → "}},
		"a flag within what is new":   {`{}`, `{"docid":[{"id":"A","primary":true}]}`, []string{"docid[0]:  → A, primary"}},
		"another kind of value":       {`{"edition":"2"}`, `{"edition":{"content":"second"}}`, []string{"edition: 2 → second"}},
		"a long text, where it is so": {`{"a":"` + long + `old end."}`, `{"a":"` + long + `new end."}`, []string{"a: …The quick brown fox jumps. old end. → …The quick brown fox jumps. new end."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := relaton.Compare(test.before, test.after)
			require.NoError(t, err)
			var got []string
			for _, f := range found.Fields {
				got = append(got, fmt.Sprintf("%s: %s → %s", f.Path, f.Before, f.After))
			}
			if name == "a long text, where it is so" {
				require.Len(t, found.Fields, 1)
				require.Less(t, len(found.Fields[0].Before), 120)
				require.Contains(t, found.Fields[0].Before, "jumps. old end.")
				require.Contains(t, found.Fields[0].After, "jumps. new end.")
				return
			}
			require.Equal(t, test.want, got)
			require.Zero(t, found.More)
		})
	}
}

func TestCompareIsBounded(t *testing.T) {
	t.Parallel()
	var many, huge []string
	for i := range 400 {
		many = append(many, fmt.Sprintf(`"k%d"`, i))
		huge = append(huge, fmt.Sprintf(`"%d%s"`, i, strings.Repeat("ü", 5000)))
	}
	for name, list := range map[string][]string{"many": many, "huge": huge} {
		found, err := relaton.Compare(`{"keyword":["only"]}`, `{"keyword":[`+strings.Join(list, ",")+`]}`)
		require.NoError(t, err, name)
		require.LessOrEqual(t, len(found.Fields), relaton.MaxFields, name)
		require.Equal(t, 401, len(found.Fields)+found.More, name)
		size := 0
		for _, f := range found.Fields {
			require.True(t, strings.HasPrefix(f.After, strings.ToValidUTF8(f.After, "?")), name)
			size += len(f.Before) + len(f.After)
		}
		require.Less(t, size, 5000, name)
	}
}

// To look for each of them among all would take half an hour.
func TestCompareVeryManyFields(t *testing.T) {
	t.Parallel()
	var fields strings.Builder
	for i := range 300_000 {
		fmt.Fprintf(&fields, `,"f%06d":1`, i)
	}
	got, err := relaton.Compare(`{"ext":{"a":1,"b":2`+fields.String()+`}}`, `{"ext":{"a":2`+fields.String()+`,"c":3}}`)
	require.NoError(t, err)
	require.Equal(t, []relaton.FieldChange{
		{Path: "ext.a", Before: "1", After: "2"}, {Path: "ext.c", After: "3"}, {Path: "ext.b", Before: "2"},
	}, got.Fields)
}

func TestCompareWhatIsNoItem(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{", "[]", "null"} {
		_, err := relaton.Compare("{}", text)
		require.Error(t, err, text)
		_, err = relaton.Compare(text, "{}")
		require.Error(t, err, text)
	}
}

func BenchmarkCompare(b *testing.B) {
	before := `{"docid":[{"id":"RFC 9000","type":"IETF","primary":true}],"abstract":[{"content":"` + strings.Repeat("words and words ", 60) + `"}],"date":[{"value":"2021-05"}]}`
	after := strings.Replace(before, "2021-05", "2021-06", 1)
	for b.Loop() {
		if _, err := relaton.Compare(before, after); err != nil {
			b.Fatal(err)
		}
	}
}
