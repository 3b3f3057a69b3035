package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// Documents that an earlier version indexed have no marks yet.
func TestSearchWithoutMarks(t *testing.T) {
	t.Parallel()
	d := library(t)
	_, err := d.Pool().Exec(t.Context(), `UPDATE documents SET marks = NULL WHERE primary_id = 'RFC 9000'`)
	require.NoError(t, err)
	_, total, err := d.Search(t.Context(), search.Query{Format: search.JSONStruct, Text: `{"doctype": "rfc"}`})
	require.NoError(t, err)
	require.Equal(t, 3, total)
}

// What has the marks of a structure need not contain it, however many of those there are.
func TestSearchBeyondTheLikely(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	content := make(files)
	for i := range 12 {
		first, second := "a, b: y", "c"
		if i < 2 {
			first, second = "c, b: y", "a"
		}
		content[fmt.Sprintf("data/%02d.yaml", i)] = fmt.Sprintf("docid: [{id: X %02d, type: X, primary: true}]\n"+
			"ext: {list: [{a: %s}, {a: %s}]}\ndate: [{type: published, value: 20%02d}]\n", i, first, second, i)
	}
	index(t, d, "misc", content)
	hits, total, err := d.Search(t.Context(), search.Query{
		Format: search.JSONStruct, Text: `{"ext": {"list": [{"a": "c", "b": "y"}]}}`, Limit: 5, Cap: 2,
	})
	require.NoError(t, err)
	require.Equal(t, 2, total)
	require.Equal(t, []int64{key("X", "X 01"), key("X", "X 00")}, hits)
}

// An identifier is found at the date of its document, which may be that of another record or of a part.
func TestSearchIdentifiersByDateOfDocument(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "misc", files{
		"data/a.yaml": "docid: [{id: X 1, type: X, primary: true}, {id: old name, type: Y}]\ndate: [{type: published, value: 2001}]\n",
		"data/b.yaml": "docid: [{id: X 2, type: X, primary: true}]\ndate: [{type: published, value: 2010}]\n",
		"data/c.yaml": "docid: [{id: X 3, type: X, primary: true}]\nrelation: [{type: includes, bibitem: {docid: {id: X 2, type: X, primary: true}}}]\n",
	})
	index(t, d, "nist", files{
		"data/a.yaml": "docid: [{id: X 1, type: X, primary: true}]\ndate: [{type: published, value: 2020}]\n",
	})
	found := func(text string) []int64 {
		hits, _, err := d.Search(t.Context(), search.Query{Format: search.DocIDRegex, Text: text, Limit: 10})
		require.NoError(t, err)
		return hits
	}
	require.Equal(t, []int64{key("X", "X 1")}, found("old"))
	require.Equal(t, key("X", "X 1"), found("x")[0])
	index(t, d, "nist", files{
		"data/b.yaml": "docid: [{id: X 2, type: X, primary: true}]\ndate: [{type: published, value: 2021}]\n",
	})
	require.Equal(t, key("X", "X 1"), found("x")[2], "the whole has the date of its part")
}
