package indexing

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMarks(t *testing.T) {
	t.Parallel()
	const record = `{"docid": [{"id": "RFC 1", "type": "IETF", "primary": true}, {"type": "DOI", "scope": "x"}], "doctype": "rfc",
		"title": [{"content": "rfc"}], "series": [{"title": {"content": "STD"}, "number": "14"}], "link": [{"type": "src"}],
		"keyword": [{"content": "two words"}, {"content": "a\u0062c"}], "ext": {"flag": false, "empty": "", "none": null, "n": 5},
		"contributor": [{"person": {"name": "Cerf"}, "role": [{"type": "author"}]}]}`
	of, _ := Marks(record)
	for name, test := range map[string]struct {
		structure string
		marks     int
		complete  bool
		found     bool
	}{
		"field":         {`{"doctype": "rfc"}`, 1, true, true},
		"another value": {`{"doctype": "RFC"}`, 1, true, false},
		"another field": {`{"type": "rfc"}`, 1, true, false},
		"within lists":  {`{"docid": [{"type": "DOI"}]}`, 1, true, true},
		"several":       {`{"docid": [{"type": "IETF", "primary": true}]}`, 2, true, true},
		"in two elements, which are not told apart": {`{"docid": [{"type": "DOI", "primary": true}]}`, 2, true, true},
		"false":                    {`{"ext": {"flag": false}}`, 1, true, true},
		"a text is no flag":        {`{"ext": {"flag": "false"}}`, 1, true, false},
		"deeper":                   {`{"series": [{"title": {"content": "STD"}, "number": "14"}]}`, 2, true, true},
		"escaped":                  {`{"keyword": [{"content": "abc"}]}`, 1, true, true},
		"escaped in the structure": {`{"keyword": [{"content": "a\u0062c"}]}`, 1, true, true},
		"the last of two":          {`{"doctype": "x", "doctype": "rfc"}`, 1, true, true},
		"after a list":             {`{"x": [["y"]], "doctype": "rfc"}`, 2, true, false},
		"role":                     {`{"contributor": [{"role": [{"type": "author"}]}]}`, 1, true, true},
		"several words":            {`{"keyword": [{"content": "two words"}]}`, 0, false, true},
		"title":                    {`{"title": [{"content": "rfc"}]}`, 0, false, true},
		"identifier":               {`{"docid": [{"id": "x"}]}`, 0, false, true},
		"person":                   {`{"contributor": [{"person": {"name": "Cerf"}}]}`, 0, false, true},
		"number, null and nothing": {`{"ext": {"empty": "", "none": null, "n": 5}}`, 0, false, true},
		"no object":                {`"rfc"`, 1, true, false},
		"no JSON":                  {`{"doctype": "rfc"`, 0, false, true},
		"ends of nothing":          {`]]}`, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wanted, complete := Marks(test.structure)
			require.Len(t, wanted, test.marks)
			require.Equal(t, test.complete, complete)
			found := !slices.ContainsFunc(wanted, func(mark int32) bool { return !slices.Contains(of, mark) })
			require.Equal(t, test.found, found)
		})
	}
}

func TestMarksStayTheSame(t *testing.T) {
	t.Parallel()
	// The index holds these numbers: when they change, indexing.Version has to.
	found, _ := Marks(`{"docid": [{"type": "DOI", "primary": true}]}`)
	require.Equal(t, []int32{-1171935029, 600868700}, found)
}
