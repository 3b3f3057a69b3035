package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestProblemsOfASource(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "misc", files{
		"data/b.yaml":      "docid: [{id: B, type: X, primary: true}]\ntitle: [{content: [no, text]}]\ndate: [{type: published, value: soon}]\n",
		"data/a.yaml":      "docid: [{id: A, type: X, primary: true}]\ndate: [{type: published, value: later}]\n",
		"data/good.yaml":   "docid: [{id: G, type: X, primary: true}]\ntitle: Fine\n",
		"data/broken.yaml": "a: [\n",
	})
	index(t, d, "ids", files{"data/other.yaml": "docid: [{id: O, type: X, primary: true}]\ndate: [{type: published, value: never}]\n"})

	all, err := d.Problems(t.Context(), indexing.ProblemQuery{Dataset: "misc", Limit: 100})
	require.NoError(t, err)
	require.Len(t, all.List, all.Total)
	require.GreaterOrEqual(t, all.Total, 3)
	require.Equal(t, "data/a.yaml", all.List[0].File)
	for _, p := range all.List {
		require.NotEqual(t, "data/other.yaml", p.File)
		require.NotEmpty(t, p.Path+p.Message)
		require.Positive(t, p.Line, "%+v", p)
	}

	wrong := map[string]bool{}
	for _, p := range all.List {
		wrong[p.File] = true
	}
	sources, err := d.Sources(t.Context())
	require.NoError(t, err)
	require.Equal(t, "misc", sources[1].Dataset)
	require.Equal(t, len(wrong), sources[1].Problems, "what the list is of is what is counted")
	require.Equal(t, 1, sources[1].Unreadable, "apart from these, which no record tells of")
	stats, err := d.SourceStats(t.Context())
	require.NoError(t, err)
	require.Equal(t, len(wrong)+1, stats[1].Problems, "the metric has both")

	for name, test := range map[string]struct {
		ask   indexing.ProblemQuery
		total int
		list  []indexing.FileProblem
	}{
		"a page":          {indexing.ProblemQuery{Dataset: "misc", Offset: 1, Limit: 1}, all.Total, all.List[1:2]},
		"past the end":    {indexing.ProblemQuery{Dataset: "misc", Offset: 100, Limit: 1}, all.Total, []indexing.FileProblem{}},
		"by file":         {indexing.ProblemQuery{Dataset: "misc", Text: "DATA/A.", Limit: 9}, 1, all.List[:1]},
		"as it is typed":  {indexing.ProblemQuery{Dataset: "misc", Text: "%", Limit: 9}, 0, []indexing.FileProblem{}},
		"no text of ours": {indexing.ProblemQuery{Dataset: "misc", Text: "\x00", Limit: 9}, 0, nil},
		"no source":       {indexing.ProblemQuery{Dataset: "nope", Limit: 9}, 0, []indexing.FileProblem{}},
	} {
		found, err := d.Problems(t.Context(), test.ask)
		require.NoError(t, err, name)
		require.Equal(t, test.total, found.Total, name)
		require.Equal(t, test.list, found.List, fmt.Sprint(name))
	}
}

func TestProblemKinds(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "misc", files{
		"data/a.yaml":    "docid: [{id: A, type: X, primary: true}]\ndate: [{type: published, value: later}, {type: updated, value: never}]\n",
		"data/b.yaml":    "docid: [{id: B, type: X, primary: true}]\ndate: [{type: published, value: '2001'}, {type: updated, value: soon}]\ncontributor: [IAB]\n",
		"data/good.yaml": "docid: [{id: G, type: X, primary: true}]\ndoctype: report\ntitle: Fine\n",
	})
	index(t, d, "ids", files{"data/other.yaml": "docid: [{id: O, type: X, primary: true}]\ndate: [{type: published, value: never}]\n"})
	kinds, err := d.ProblemKinds(t.Context(), "misc")
	require.NoError(t, err)
	require.Equal(t, []browse.ProblemKind{
		{Name: "date[].value: not a date", Records: 2},
		{Name: "contributor[]: a contributor must be a mapping of role and person or organization", Records: 1},
	}, kinds)

	for _, kind := range kinds {
		page, err := d.ListRecords(t.Context(), browse.Query{Dataset: "misc", Problem: kind.Name, Limit: 10})
		require.NoError(t, err)
		require.Len(t, page.Records, kind.Records, kind.Name)
		found, err := d.Problems(t.Context(), indexing.ProblemQuery{Dataset: "misc", Kind: kind.Name, Limit: 10})
		require.NoError(t, err)
		require.Len(t, found.List, found.Total)
		require.GreaterOrEqual(t, found.Total, kind.Records)
	}
	page, err := d.ListRecords(t.Context(), browse.Query{Dataset: "misc", Problem: "date[].value: not a date", After: "a", Limit: 10})
	require.NoError(t, err)
	require.Len(t, page.Records, 1)
	require.True(t, page.Before)
	require.Equal(t, "b", page.Records[0].Ref)

	for _, none := range []string{"nope", "\x00"} {
		kinds, err := d.ProblemKinds(t.Context(), none)
		require.NoError(t, err)
		require.Empty(t, kinds)
		page, err := d.ListRecords(t.Context(), browse.Query{Dataset: "misc", Problem: none, Limit: 10})
		require.NoError(t, err)
		require.Empty(t, page.Records)
	}
}
