package db_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestNewest(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	document := func(id, date string) string {
		return fmt.Sprintf("docid: [{id: %s, type: X, primary: true}]\ntitle: thing\ndate: [{type: published, value: %s}]\n", id, date)
	}
	soon := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	index(t, d, "ieee", files{
		"data/1.yaml": document("IEEE 1", "2024-05-01"), "data/2.yaml": document("IEEE 2", "2024-05-02"), "data/3.yaml": document("IEEE 3", "2024-05-03"),
		"data/4.yaml": document("IEEE 4", "2024-05-04"), "data/future.yaml": document("IEEE 5", soon),
		"data/undated.yaml": "docid: [{id: IEEE 6, type: X, primary: true}]\ntitle: thing\n",
	})
	index(t, d, "rfcs", files{"data/1.yaml": document("RFC 1", "2023-01-01")})

	keys, err := d.Newest(t.Context(), 10)
	require.NoError(t, err)
	require.Equal(t, []int64{key("X", "IEEE 4"), key("X", "IEEE 3"), key("X", "IEEE 2"), key("X", "RFC 1")}, keys, "three of each source")
	keys, err = d.Newest(t.Context(), 2)
	require.NoError(t, err)
	require.Equal(t, []int64{key("X", "IEEE 4"), key("X", "IEEE 3")}, keys)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	for name, test := range map[string]struct {
		text  string
		sound bool
	}{
		"a predicate":    {`$.docid[*].id like_regex "^RFC"`, true},
		"strict":         {`strict $.doctype == "rfc"`, true},
		"no predicate":   {`$.docid`, true},
		"cut short":      {`$.docid ==`, false},
		"bad expression": {`$.id like_regex "("`, false},
		"NUL":            {`$.a == "\u0000"`, false},
		"NUL itself":     {"$.\x00", false},
		"not UTF-8":      {"$.\xff", false},
		"SQL":            {`'; DROP TABLE records; --`, false},
		"a cast":         {`$' :: text || '`, false},
		"a placeholder":  {`$.a == "?0"`, true},
		"nothing":        {``, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := d.Check(t.Context(), search.Query{Format: search.JSONPath, Text: test.text})
			if test.sound {
				require.NoError(t, err)
				return
			}
			require.Equal(t, fault.Invalid, fault.Of(err), "%v", err)
			require.NotContains(t, fault.Message(err), "SQLSTATE")
		})
	}
	require.NoError(t, d.Check(t.Context(), search.Query{Format: search.WebSearch, Text: "'"}))
	for _, text := range hostile {
		err := d.Check(t.Context(), search.Query{Format: search.JSONPath, Text: text})
		require.True(t, err == nil || fault.Is(err, fault.Invalid), "%q: %v", text, err)
	}
}
