package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/indexing"
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

// The page says of every operation what the document says of it: no more, and no less.
func TestSpecPagesTellTheSecurityOfEveryOperation(t *testing.T) {
	for _, file := range specFiles {
		content, err := specs.ReadFile(file)
		require.NoError(t, err)
		var document struct {
			Paths      map[string]map[string]struct{ Security []map[string][]string }
			Components struct {
				SecuritySchemes map[string]struct{ Name, In, Description string } `yaml:"securitySchemes"`
			}
		}
		require.NoError(t, yaml.Unmarshal(content, &document))
		model, err := readSpec(file)
		require.NoError(t, err)
		operations := 0
		for path, methods := range document.Paths {
			for method, operation := range methods {
				operations++
				name := strings.ToUpper(method) + " " + path
				var page bytes.Buffer
				i := slices.IndexFunc(model.Operations, func(o views.SpecOperation) bool { return o.Method+" "+o.Path == name })
				require.GreaterOrEqual(t, i, 0, name)
				alone := model
				alone.Operations = model.Operations[i : i+1]
				require.NoError(t, views.SpecPage(views.Frame{}, alone).Render(t.Context(), &page))
				text := strings.Join(strings.Fields(page.String()), " ")

				used, open := map[string]bool{}, len(operation.Security) == 0
				for _, alternative := range operation.Security {
					open = open || len(alternative) == 0
					for scheme := range alternative {
						used[scheme] = true
					}
				}
				for key, scheme := range document.Components.SecuritySchemes {
					shown := strings.Contains(text, `<dt class="mono">`+scheme.Name+`</dt> <dd class="max-w-measure">`+scheme.Description) ||
						strings.Contains(text, `<dt class="mono">`+scheme.Name+`</dt><dd class="max-w-measure">`+scheme.Description)
					require.Equal(t, used[key], shown, "%s: %s", name, key)
				}
				require.Equal(t, !open, strings.Contains(text, "Required"), name)
				require.Equal(t, open && len(used) == 0, strings.Contains(text, "None."), name)
				require.Equal(t, open && len(used) > 0, strings.Contains(text, "None, unless the installation is closed."), name)
				require.Equal(t, used["token"], strings.HasPrefix(path, "/api/v1/management/") && method == "post", "%s: the management alone needs its token", name)
			}
		}
		require.Len(t, model.Operations, operations, file)
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

// operationOf gives what our description says of an address.
func operationOf(t *testing.T, method, path string) views.SpecOperation {
	t.Helper()
	model, err := readSpec("openapi.yaml")
	require.NoError(t, err)
	i := slices.IndexFunc(model.Operations, func(o views.SpecOperation) bool { return o.Method == method && o.Path == path })
	require.GreaterOrEqual(t, i, 0, path)
	return model.Operations[i]
}

func TestSpecNamesEveryStatus(t *testing.T) {
	const management = "/api/v1/management/"
	for _, test := range []struct {
		method, path string
		statuses     []string
	}{
		{"GET", "/feed.atom", []string{"200", "404", "503"}},
		{"GET", "/indexed-sources/relaton-data-{dataset}/feed.atom", []string{"200", "404", "503"}},
		{"GET", "/search/feed.atom", []string{"200", "400", "404", "429", "503"}},
		{"GET", management + "{dataset}/status/", []string{"200", "404", "503"}},
		{"POST", management + "{dataset}/reindex/", []string{"200", "400", "403", "404", "413", "429", "503"}},
		{"POST", management + "{dataset}/reset-index/", []string{"200", "403", "404", "429", "503"}},
		{"POST", management + "tasks/{id}/stop/", []string{"200", "403", "404", "429", "503"}},
		{"POST", management + "tasks/stop-all/", []string{"200", "403", "429", "503"}},
		{"POST", "/api/v1/hooks/github", []string{"200", "202", "400", "401", "403", "413", "503"}},
	} {
		var named []string
		for _, answer := range operationOf(t, test.method, test.path).Answers {
			named = append(named, answer.Status)
		}
		require.Equal(t, test.statuses, named, test.path)
	}
}

// The feed of a search takes what the page of the search takes, and without a format it looks for words.
func TestSpecOfTheFeedOfASearch(t *testing.T) {
	var names []string
	for _, p := range operationOf(t, "GET", "/search/feed.atom").Parameters {
		names = append(names, p.Name)
		if p.Name == "query_format" {
			require.Contains(t, p.Values, wordsFormat)
			require.Empty(t, p.Default)
		}
	}
	for _, facet := range search.Facets {
		require.Contains(t, names, string(facet))
	}
}

// The schema of a task has all that the API tells of one, and nothing else.
func TestSpecOfATask(t *testing.T) {
	text, now := "text", time.Now()
	told, err := json.Marshal(indexing.Task{
		Refs: &text, Progress: &indexing.TaskProgress{}, StartedAt: &now, CompletedAt: &now, OutcomeSummary: &text,
		Error: &indexing.TaskError{}, StoppedBy: &text,
	})
	require.NoError(t, err)
	var task map[string]any
	require.NoError(t, json.Unmarshal(told, &task))

	content, err := specs.ReadFile("openapi.yaml")
	require.NoError(t, err)
	var document struct {
		Components struct{ Schemas map[string]specSchema }
	}
	require.NoError(t, yaml.Unmarshal(content, &document))
	schema := document.Components.Schemas["Task"].Properties
	require.ElementsMatch(t, slices.Collect(maps.Keys(task)), slices.Collect(maps.Keys(schema)))
	for name, value := range task {
		if part, isObject := value.(map[string]any); isObject {
			require.ElementsMatch(t, slices.Collect(maps.Keys(part)), slices.Collect(maps.Keys(schema[name].Properties)), name)
		}
	}
}
