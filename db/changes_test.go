package db_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// told writes down changes: the newest first.
func told(t *testing.T, d *db.DB, ask catalog.ChangeQuery, queries ...search.Query) []string {
	t.Helper()
	if ask.Limit == 0 {
		ask.Limit = 100
	}
	found, err := catalog.New(d).ChangesFound(t.Context(), ask, queries...)
	require.NoError(t, err)
	var lines []string
	for _, c := range found {
		line := fmt.Sprintf("%s %s/%s", c.Kind, c.Dataset, c.Ref)
		for _, f := range c.Fields {
			line += fmt.Sprintf(" [%s: %s → %s]", f.Path, f.Before, f.After)
		}
		lines = append(lines, line)
	}
	return lines
}

// news is a library in which something changed.
func news(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	rfcs := files{
		"data/RFC1.yaml": "docid: [{id: RFC 1, type: IETF, primary: true}]\ntitle: Host Software\ndate: [{type: published, value: 1969-04}]\n",
		"data/RFC2.yaml": "docid: [{id: RFC 2, type: IETF, primary: true}]\ntitle: Host Software, continued\n",
		"data/RFC3.yaml": "docid: [{id: RFC 3, type: IETF, primary: true}]\ntitle: Documentation conventions\nfetched: 2020-01-01\n",
	}
	index(t, d, "rfcs", rfcs)
	rfcs = maps.Clone(rfcs)
	rfcs["data/RFC1.yaml"] = strings.Replace(rfcs["data/RFC1.yaml"], "1969-04", "1969-05", 1)
	rfcs["data/RFC3.yaml"] = strings.Replace(rfcs["data/RFC3.yaml"], "2020-01-01", "2026-01-01", 1)
	rfcs["data/RFC4.yaml"] = "docid: [{id: RFC 4, type: IETF, primary: true}]\ntitle: Network timetable\n"
	index(t, d, "rfcs", rfcs)
	rfcs = maps.Clone(rfcs)
	delete(rfcs, "data/RFC2.yaml")
	index(t, d, "rfcs", rfcs)
	misc := files{"data/a.yaml": "docid: [{id: A, type: X, primary: true}]\ntitle: A thing\n"}
	index(t, d, "misc", misc)
	misc = maps.Clone(misc)
	misc["data/b.yaml"] = "docid: [{id: B, type: X, primary: true}]\ntitle: Another thing\n"
	index(t, d, "misc", misc)
	return d
}

func TestChanges(t *testing.T) {
	t.Parallel()
	d := news(t)
	all := []string{"added misc/b", "removed rfcs/RFC2", "added rfcs/RFC4", "changed rfcs/RFC1 [date[0].value: 1969-04 → 1969-05]"}
	find := func(format search.Format, text string) []search.Query {
		return []search.Query{{Format: format, Text: text}}
	}
	for name, test := range map[string]struct {
		ask     catalog.ChangeQuery
		queries []search.Query
		want    []string
	}{
		"all, but what was only fetched again":  {catalog.ChangeQuery{}, nil, all},
		"as many as wanted":                     {catalog.ChangeQuery{Limit: 2}, nil, all[:2]},
		"of a source":                           {catalog.ChangeQuery{Dataset: "rfcs"}, nil, all[1:]},
		"of a source in another case":           {catalog.ChangeQuery{Dataset: "RFCS"}, nil, all[1:]},
		"of an unknown source":                  {catalog.ChangeQuery{Dataset: "none"}, nil, nil},
		"of a record":                           {catalog.ChangeQuery{Dataset: "rfcs", Ref: "rfc1"}, nil, all[3:]},
		"of a record without any":               {catalog.ChangeQuery{Dataset: "rfcs", Ref: "RFC3"}, nil, nil},
		"a name that cannot be":                 {catalog.ChangeQuery{Dataset: "rf\x00cs"}, nil, nil},
		"by words, what is gone as well":        {catalog.ChangeQuery{}, find(search.WebSearch, "software host"), []string{all[1], all[3]}},
		"by words that nothing has":             {catalog.ChangeQuery{}, find(search.WebSearch, "xyzzy"), nil},
		"by words, those left out":              {catalog.ChangeQuery{}, find(search.WebSearch, "host -continued"), all[3:]},
		"by a part of an identifier":            {catalog.ChangeQuery{}, find(search.DocIDRegex, "rfc"), all[1:]},
		"by an identifier of what is gone":      {catalog.ChangeQuery{}, find(search.DocIDRegex, "RFC-2"), all[1:2]},
		"by a structure":                        {catalog.ChangeQuery{}, find(search.JSONStruct, `{"docid":[{"id":"RFC 2"}]}`), all[1:2]},
		"by a path":                             {catalog.ChangeQuery{}, find(search.JSONPath, `$.docid[*].id like_regex "RFC [24]"`), all[1:3]},
		"by words of the JSON":                  {catalog.ChangeQuery{}, find(search.JSONRepr, "host software continued"), all[1:2]},
		"by nothing":                            {catalog.ChangeQuery{}, find(search.WebSearch, " "), nil},
		"of a source and by words":              {catalog.ChangeQuery{Dataset: "misc"}, find(search.WebSearch, "thing"), all[:1]},
		"the first query that finds documents":  {catalog.ChangeQuery{}, append(find(search.DocIDRegex, "thing"), find(search.WebSearch, "thing")...), all[:1]},
		"the last query when none finds any":    {catalog.ChangeQuery{}, append(find(search.DocIDRegex, "xyzzy"), find(search.WebSearch, "xyzzy")...), nil},
		"the first query, though the last does": {catalog.ChangeQuery{}, append(find(search.DocIDRegex, "rfc4"), find(search.WebSearch, "rfc")...), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "the first query, though the last does" {
				test.queries[0].Text, test.want = "rfc 4", all[2:3]
			}
			require.Equal(t, test.want, told(t, d, test.ask, test.queries...))
		})
	}
}

// The one box finds changes as it finds documents.
func TestChangesByTheOneBox(t *testing.T) {
	t.Parallel()
	d := news(t)
	of := func(facet search.Facet, values ...string) map[search.Facet][]string {
		return map[search.Facet][]string{facet: values}
	}
	for name, test := range map[string]struct {
		asked search.Asked
		want  []string
	}{
		"by words, what is gone as well": {search.Asked{Text: "host software"}, []string{"RFC2", "RFC1"}},
		"by words left out":              {search.Asked{Text: "host -continued"}, []string{"RFC1"}},
		"by a phrase":                    {search.Asked{Text: `"network timetable"`}, []string{"RFC4"}},
		"by an identifier":               {search.Asked{Text: "rfc4"}, []string{"RFC4"}},
		"by what nothing has":            {search.Asked{Text: "xyzzy"}, nil},
		"by nothing":                     {search.Asked{}, nil},
		"by a source":                    {search.Asked{Chosen: of(search.FacetSource, "rfcs")}, []string{"RFC2", "RFC4", "RFC1"}},
		"by one of two sources":          {search.Asked{Text: "thing", Chosen: of(search.FacetSource, "misc", "rfcs")}, []string{"b"}},
		"by words of another source":     {search.Asked{Text: "thing", Chosen: of(search.FacetSource, "rfcs")}, nil},
		"by a field of the text":         {search.Asked{Text: "host year:1969"}, []string{"RFC1"}},
		"hostile":                        {search.Asked{Text: `'); DROP TABLE records; -- \' & | ! : *`, Chosen: of(search.FacetSource, `a'b\`)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := catalog.New(d).ChangesAsked(t.Context(), catalog.ChangeQuery{Limit: 100}, test.asked)
			require.NoError(t, err)
			var refs []string
			for _, c := range found {
				refs = append(refs, c.Ref)
			}
			require.Equal(t, test.want, refs)
		})
	}
}

func TestChangesPageByPage(t *testing.T) {
	t.Parallel()
	d := news(t)
	var all []string
	ask := catalog.ChangeQuery{Limit: 3}
	for {
		page, err := d.Changes(t.Context(), ask)
		require.NoError(t, err)
		if len(page) == 0 {
			break
		}
		for _, c := range page {
			all = append(all, c.Ref)
			require.Len(t, c.Commit, 40)
			require.False(t, c.At.IsZero())
			require.NotZero(t, c.Document)
			require.Equal(t, c.Title != "", true)
		}
		ask.Before = page[len(page)-1].Number
	}
	require.Equal(t, []string{"b", "RFC2", "RFC4", "RFC1"}, all)
}

func TestChangesBySearchesThatCannotBeRun(t *testing.T) {
	t.Parallel()
	d := news(t)
	for format, text := range map[search.Format]string{
		search.JSONStruct: "{", search.JSONPath: "$.[", "klingon": "a",
	} {
		_, err := d.Changes(t.Context(), catalog.ChangeQuery{Search: &search.Query{Format: format, Text: text}, Limit: 1})
		require.Equal(t, fault.Invalid, fault.Of(err), "%s: %v", format, err)
	}
}

// A reset and a forced indexing are no news: the source has not changed.
func TestWhatIsNoNews(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	content := files{"data/a.yaml": "title: A\n", "data/b.yaml": "title: B\n"}
	index(t, d, "misc", content)
	forced(t, d, "misc", content)
	reset(t, d, "misc")
	index(t, d, "misc", content)
	require.Empty(t, told(t, d, catalog.ChangeQuery{}))
}

// What is kept of a record and of a source is bounded; the newest stays.
func TestOldChangesAreForgotten(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	content := files{"data/a.yaml": "title: A\n", "data/b.yaml": "title: B\n"}
	index(t, d, "misc", content)
	_, err := d.Pool().Exec(t.Context(), `
		INSERT INTO record_changes (dataset, ref, kind, at, commit_hash, document_id, docid, docid_type, title, more)
		SELECT 'misc', 'A', 'changed', now(), '', n, '', '', '', 0 FROM generate_series(1, 30) AS n
		UNION ALL SELECT 'misc', 'old', 'changed', now() - interval '3 years', '', 0, '', '', '', 0
		UNION ALL SELECT 'other', 'old', 'changed', now() - interval '3 years', '', 0, '', '', '', 0`)
	require.NoError(t, err)
	content = maps.Clone(content)
	content["data/a.yaml"] = "title: Another\n"
	index(t, d, "misc", content)
	require.Len(t, told(t, d, catalog.ChangeQuery{Dataset: "misc"}), 20)
	require.Equal(t, "changed misc/a [title[0].content: A → Another]", told(t, d, catalog.ChangeQuery{Dataset: "misc"})[0])
	require.Len(t, told(t, d, catalog.ChangeQuery{Dataset: "other"}), 1, "not looked at")
}

// Whoever follows changes must not read through all of them.
func TestChangesAreFoundByIndexes(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	_, err := d.Pool().Exec(t.Context(), `
		INSERT INTO record_changes (dataset, ref, kind, commit_hash, document_id, docid, docid_type, title, more)
		SELECT 'd' || n % 9, 'r' || n, 'changed', '', n, '', '', 'Title', 0 FROM generate_series(1, 20000) AS n`)
	require.NoError(t, err)
	_, err = d.Pool().Exec(t.Context(), `ANALYZE record_changes`)
	require.NoError(t, err)
	for name, where := range map[string]string{
		"all":          "",
		"of a source":  "WHERE dataset = 'd3'",
		"of a record":  "WHERE dataset = 'd3' AND lower(ref) = 'r12'",
		"further back": "WHERE id < 900",
	} {
		var plan string
		err := d.Pool().QueryRow(t.Context(), `EXPLAIN (FORMAT JSON) SELECT id FROM record_changes `+where+` ORDER BY id DESC LIMIT 100`).Scan(&plan)
		require.NoError(t, err)
		require.NotContains(t, plan, "Seq Scan", name)
	}
}
