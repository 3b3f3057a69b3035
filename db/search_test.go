package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	d := library(t)
	names := map[int64]string{
		key("IETF", "RFC 20"): "ascii", key("IETF", "RFC 2119"): "words", key("IETF", "RFC 9000"): "quic",
		key("W3C", "W3C REC_xml%2"): "xml", key("Other", "rfc 9000"): "other",
	}
	for name, test := range map[string]struct {
		format search.Format
		text   string
		want   []string
	}{
		"part of an identifier, newest first":     {search.DocIDRegex, "rfc 9", []string{"other", "quic"}},
		"separators stand for any other":          {search.DocIDRegex, "rec.xml", []string{"xml"}},
		"separators stand for digits too":         {search.DocIDRegex, "10..rfc21", []string{"words"}},
		"separators must be there":                {search.DocIDRegex, "rfc 2119[", nil},
		"an identifier that is not primary":       {search.DocIDRegex, "10.17487/RFC21", []string{"words"}},
		"no letter or digit":                      {search.DocIDRegex, "+", []string{"other", "quic", "words", "ascii", "xml"}},
		"a single letter":                         {search.DocIDRegex, "w", []string{"xml"}},
		"unknown identifier":                      {search.DocIDRegex, "rfc 1", nil},
		"words":                                   {search.WebSearch, "multiplexed transport", []string{"quic"}},
		"words by their stems":                    {search.WebSearch, "requires", []string{"words"}},
		"words of title, people and abstract":     {search.WebSearch, "bradner signify level", []string{"words"}},
		"words of another record of the same":     {search.WebSearch, "elsewhere multiplexed", []string{"quic"}},
		"a phrase":                                {search.WebSearch, `"key words"`, []string{"words"}},
		"a phrase across markup":                  {search.WebSearch, `"several words are"`, []string{"words"}},
		"no phrase across fields":                 {search.WebSearch, `"levels standards"`, nil},
		"without a word":                          {search.WebSearch, "quic -multiplexed", nil},
		"one or the other, the undated last":      {search.WebSearch, "dokument OR ascii", []string{"ascii", "xml"}},
		"only words that are everywhere":          {search.WebSearch, "the", nil},
		"no words at all":                         {search.WebSearch, " ", nil},
		"letters beyond ASCII":                    {search.WebSearch, "über", []string{"xml"}},
		"addresses are not searched":              {search.WebSearch, "www.rfc-editor.org", nil},
		"structure":                               {search.JSONStruct, `{"doctype": "rfc", "keyword": [{"content": "Track"}]}`, []string{"words"}},
		"structure, of one record of several":     {search.JSONStruct, `{"title": [{"content": "QUIC, as seen from elsewhere"}]}`, []string{"quic"}},
		"structure of a field that merging drops": {search.JSONStruct, `{"type": "article"}`, []string{"quic"}},
		"structure without words":                 {search.JSONStruct, `{"docid": [{"primary": true}], "doctype": "rfc"}`, []string{"quic", "words", "ascii"}},
		"structure of an address":                 {search.JSONStruct, `{"link": [{"type": "src"}]}`, []string{"quic"}},
		"structure of stop words":                 {search.JSONStruct, `{"keyword": [{"content": "The"}]}`, nil},
		"structure of a date":                     {search.JSONStruct, `{"date": [{"value": "2021-05"}]}`, []string{"quic"}},
		"structure of a date, and more":           {search.JSONStruct, `{"date": [{"type": "published"}], "docid": [{"primary": true}]}`, []string{"quic", "words", "ascii"}},
		"structure of a date that is a text":      {search.JSONStruct, `{"date": "2021-05"}`, nil},
		"structure of everything":                 {search.JSONStruct, `{}`, []string{"other", "quic", "words", "ascii", "xml"}},
		"structure of nothing":                    {search.JSONStruct, `null`, nil},
		"a list is no structure of records":       {search.JSONStruct, `[{"doctype": "rfc"}]`, nil},
		"anything but a structure":                {search.JSONStruct, `true`, nil},
		"structure is exact":                      {search.JSONStruct, `{"doctype": "RFC"}`, nil},
		"path":                                    {search.JSONPath, `$.docid[*].id like_regex "^RFC 2"`, []string{"words", "ascii"}},
		"path, strict":                            {search.JSONPath, `strict $.doctype == "rfc"`, []string{"quic", "words", "ascii"}},
		"path that is no predicate":               {search.JSONPath, `$.docid`, nil},
		"any text":                                {search.JSONRepr, "Bradner", []string{"words"}},
		"any text, a part of a word in any case":  {search.JSONRepr, "BRADN", []string{"words"}},
		"any text, words with others between":     {search.JSONRepr, "udp secure", []string{"quic"}},
		"any text, words in another order":        {search.JSONRepr, "secure udp", nil},
		"any text, names of fields too":           {search.JSONRepr, "completename", []string{"words"}},
		"any text, letters beyond ASCII":          {search.JSONRepr, "ÜBER-DOKUMENT", []string{"xml"}},
		"any text, without letters":               {search.JSONRepr, "%", nil},
		"NUL":                                     {search.WebSearch, "a\x00b", nil},
		"not UTF-8":                               {search.JSONPath, "$.\xff", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hits, total, err := d.Search(t.Context(), search.Query{Format: test.format, Text: test.text, Limit: 10, Cap: 400})
			require.NoError(t, err)
			require.Equal(t, len(test.want), total)
			var got []string
			for _, hit := range hits {
				got = append(got, names[hit])
			}
			require.Equal(t, test.want, got)
		})
	}
}

func TestSearchPages(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	content := make(files)
	for i := range 25 {
		content[fmt.Sprintf("data/%02d.yaml", i)] = fmt.Sprintf("docid: [{id: X %02d, type: X, primary: true}]\ntitle: thing\ndate: [{type: published, value: 20%02d}]\n", i, i)
	}
	index(t, d, "misc", content)
	for name, test := range map[string]struct {
		offset, limit, cap int
		total, found       int
		first              string
	}{
		"first page":       {0, 10, 400, 25, 10, "X 24"},
		"last page":        {20, 10, 400, 25, 5, "X 04"},
		"beyond the end":   {30, 10, 400, 25, 0, ""},
		"cap":              {0, 10, 12, 12, 10, "X 24"},
		"page at the cap":  {10, 10, 12, 12, 2, "X 14"},
		"the count alone":  {0, 0, 400, 25, 0, ""},
		"usual cap":        {0, 100, 0, 25, 25, "X 24"},
		"below the begin":  {-5, 10, 400, 25, 10, "X 24"},
		"less than a page": {0, 3, 400, 25, 3, "X 24"},
	} {
		hits, total, err := d.Search(t.Context(), search.Query{
			Format: search.WebSearch, Text: "thing", Offset: test.offset, Limit: test.limit, Cap: test.cap,
		})
		require.NoError(t, err, name)
		require.Equal(t, test.total, total, name)
		require.Len(t, hits, test.found, name)
		if test.found > 0 {
			require.Equal(t, key("X", test.first), hits[0], name)
		}
	}
}

func TestSearchLastPage(t *testing.T) {
	t.Parallel()
	d := library(t)
	for text, want := range map[string]int{"rfc": 2, "rfc 2": 2, "rfc 9": 2, "rfc 21": 1, "nothing": 0} {
		hits, _, err := d.Search(t.Context(), search.Query{Format: search.DocIDRegex, Text: text, Limit: 2, Last: true})
		require.NoError(t, err, text)
		require.Len(t, hits, want, text)
	}
}
