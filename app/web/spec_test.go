package web

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/views"
)

func TestSpecPagesShowEveryAddress(t *testing.T) {
	for _, file := range specFiles {
		model, err := readSpec(file)
		require.NoError(t, err, file)
		require.NotEmpty(t, model.Operations, file)
		var page bytes.Buffer
		require.NoError(t, views.SpecPage(views.Frame{}, model).Render(t.Context(), &page))
		for _, operation := range model.Operations {
			require.NotEmpty(t, operation.Summary, operation.Path)
			require.NotEmpty(t, operation.Answers, operation.Path)
			require.Contains(t, page.String(), operation.Method+" "+operation.Path)
		}
	}
}

// The description names every format that there is.
func TestSpecOfTheSearch(t *testing.T) {
	model, err := readSpec("openapi.yaml")
	require.NoError(t, err)
	i := slices.IndexFunc(model.Operations, func(o views.SpecOperation) bool { return strings.Contains(o.Path, "/search/") })
	require.GreaterOrEqual(t, i, 0)
	formats := slices.IndexFunc(model.Operations[i].Parameters, func(p views.SpecParameter) bool { return p.Name == "query_format" })
	known := []string{wordsFormat}
	for _, format := range search.Formats {
		known = append(known, string(format))
	}
	require.ElementsMatch(t, known, model.Operations[i].Parameters[formats].Values)
}
