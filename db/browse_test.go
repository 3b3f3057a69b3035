package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestListRecords(t *testing.T) {
	t.Parallel()
	d := library(t)
	page, err := d.ListRecords(t.Context(), browse.Query{Dataset: "rfcs", Limit: 2})
	require.NoError(t, err)
	require.Len(t, page.Records, 2)
	require.Equal(t, catalog.RecordEntry{
		Ref: "RFC0020", Title: "ASCII format for network interchange", ID: "RFC 20", Latest: "1969-10-16",
	}, page.Records[0], "a document type as a text is no problem")
	require.Equal(t, "RFC2119", page.Records[1].Ref)
}

// shelf is a source whose names are not in the order of their characters.
func shelf(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	index(t, d, "3gpp", files{
		"data/TS_9.yaml":   "docid: [{id: 3GPP TS 9, type: 3GPP, primary: true}]\ndate: [{type: published, value: 2001}]\n",
		"data/TS_10.yaml":  "docid: [{id: 3GPP TS 10, type: 3GPP, primary: true}]\ndate: [{type: published, value: 2002-05}]\n",
		"data/TS_100.yaml": "docid: [{id: 3GPP TS 100, type: 3GPP, primary: true}]\ndate: [{type: published, value: 2001-01-31}]\n",
		"data/ts-10.yaml":  "docid: [{id: other, type: 3GPP, primary: true}]\n",
		"data/TR_1.yaml":   "docid: [{id: 3GPP TR 1, type: 3GPP, primary: true}]\ndate: [{type: published, value: 2001-12}]\n",
	})
	index(t, d, "nist", files{"data/TS_11.yaml": "title: elsewhere\n"})
	return d
}

func TestListRecordsFromAnywhere(t *testing.T) {
	t.Parallel()
	d := shelf(t)
	in := func(year int) *int { return &year }
	index(t, d, "w3c", files{
		"data/rec-a.yaml": "title: a\n", "data/rec-b.yaml": "title: b\n", "data/w3c-vision.yaml": "title: c\n", "data/zz.yaml": "title: d\n",
	})
	for name, test := range map[string]struct {
		q             browse.Query
		want          string
		before, after bool
	}{
		"the first":                             {browse.Query{Limit: 2}, "[TR_1 TS_9]", false, true},
		"all":                                   {browse.Query{Limit: 9}, "[TR_1 TS_9 TS_10 ts-10 TS_100]", false, false},
		"the last":                              {browse.Query{Last: true, Limit: 2}, "[ts-10 TS_100]", true, false},
		"after one":                             {browse.Query{After: "TS_9", Limit: 2}, "[TS_10 ts-10]", true, true},
		"after one of the same":                 {browse.Query{After: "TS_10", Limit: 1}, "[ts-10]", true, true},
		"after one that is gone":                {browse.Query{After: "TS_50", Limit: 2}, "[TS_100]", true, false},
		"after the last":                        {browse.Query{After: "TS_100", Limit: 2}, "[]", false, false},
		"before one":                            {browse.Query{Before: "TS_100", Limit: 2}, "[TS_10 ts-10]", true, true},
		"before one that is gone":               {browse.Query{Before: "TS_2", Limit: 2}, "[TR_1]", false, true},
		"from a number":                         {browse.Query{From: "ts 9", Limit: 1}, "[TS_9]", true, true},
		"from an identifier":                    {browse.Query{From: "3GPP TS 10", Limit: 2}, "[TS_10 ts-10]", true, true},
		"from an identifier that files shorten": {browse.Query{Dataset: "w3c", From: "W3C REC-b", Limit: 1}, "[rec-b]", true, true},
		"from one that they do not":             {browse.Query{Dataset: "w3c", From: "W3C vis", Limit: 1}, "[w3c-vision]", true, true},
		"from none that is there":               {browse.Query{From: "TS 50", Limit: 2}, "[TS_100]", true, false},
		"from a beginning":                      {browse.Query{From: "t", Limit: 1}, "[TR_1]", false, true},
		"of a year":                             {browse.Query{Year: in(2001), Limit: 9}, "[TR_1 TS_9 TS_100]", false, false},
		"of a year, after one":                  {browse.Query{Year: in(2001), After: "TR_1", Limit: 1}, "[TS_9]", true, true},
		"of a year, the last":                   {browse.Query{Year: in(2001), Last: true, Limit: 1}, "[TS_100]", true, false},
		"of a year, from":                       {browse.Query{Year: in(2001), From: "TS", Limit: 1}, "[TS_9]", true, true},
		"without a date":                        {browse.Query{Year: in(browse.Undated), Limit: 9}, "[ts-10]", false, false},
		"of another year":                       {browse.Query{Year: in(1999), Limit: 9}, "[]", false, false},
		"NUL":                                   {browse.Query{From: "\x00", Limit: 9}, "[]", false, false},
		"another dataset":                       {browse.Query{Dataset: "nothing", Limit: 9}, "[]", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if test.q.Dataset == "" {
				test.q.Dataset = "3gpp"
			}
			page, err := d.ListRecords(t.Context(), test.q)
			require.NoError(t, err)
			refs := []string{}
			for _, r := range page.Records {
				refs = append(refs, r.Ref)
			}
			require.Equal(t, test.want, fmt.Sprint(refs))
			require.Equal(t, test.before, page.Before, "before")
			require.Equal(t, test.after, page.After, "after")
		})
	}
}

func TestNeighbours(t *testing.T) {
	t.Parallel()
	d := shelf(t)
	for ref, want := range map[string][2]string{
		"TR_1": {"", "TS_9"}, "TS_10": {"TS_9", "ts-10"}, "TS_100": {"ts-10", ""}, "TS_50": {"ts-10", "TS_100"}, "\x00": {"", ""},
	} {
		before, after, err := d.Neighbours(t.Context(), "3gpp", ref)
		require.NoError(t, err, ref)
		require.Equal(t, want, [2]string{before, after}, ref)
	}
}

func TestSections(t *testing.T) {
	t.Parallel()
	d := shelf(t)
	sections, err := d.Sections(t.Context(), "3gpp")
	require.NoError(t, err)
	require.Equal(t, browse.Sections{
		Names: []browse.Section{{Label: "TR", Ref: "TR_1", Count: 1}, {Label: "TS", Ref: "TS_9", Count: 4}},
		Years: []browse.Year{{Year: 2002, Count: 1}, {Year: 2001, Count: 3}, {Year: browse.Undated, Count: 1}},
	}, sections)
	for _, dataset := range []string{"nothing", "\x00"} {
		none, err := d.Sections(t.Context(), dataset)
		require.NoError(t, err)
		require.Empty(t, none, dataset)
	}
}
