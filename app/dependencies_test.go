package app_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every direct dependency has its line in docs/dependencies.md, and every line its dependency.
func TestDependenciesAreExplained(t *testing.T) {
	used := slices.Concat(imported(t), tools(t), installed(t, "../package.json"), installed(t, "../e2e/package.json"))
	explained := explained(t)
	for _, name := range used {
		require.True(t, slices.ContainsFunc(explained, func(e string) bool { return within(name, e) }), "%s has no line", name)
	}
	for _, name := range explained {
		require.True(t, slices.ContainsFunc(used, func(u string) bool { return within(u, name) }), "%s is not used", name)
	}
}

// within says whether a package belongs to a module.
func within(pkg, module string) bool { return pkg == module || strings.HasPrefix(pkg, module+"/") }

var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")

func explained(t *testing.T) []string {
	t.Helper()
	page, err := os.ReadFile("../docs/dependencies.md")
	require.NoError(t, err)
	var names []string
	for _, match := range row.FindAllSubmatch(page, -1) {
		names = append(names, string(match[1]))
	}
	require.NotEmpty(t, names)
	return names
}

// imported gives the packages of other modules that our files import, tests among them.
func imported(t *testing.T) []string {
	t.Helper()
	names := map[string]bool{}
	require.NoError(t, walk(os.DirFS(".."), func(_ string, imports []string) {
		for _, name := range imports {
			host, _, _ := strings.Cut(name, "/")
			if strings.Contains(host, ".") && !strings.HasPrefix(name, module) {
				names[name] = true
			}
		}
	}))
	return slices.Sorted(maps.Keys(names))
}

var toolLine = regexp.MustCompile(`(?m)^(?:tool )?\t?(\S+/cmd/\S+)$`)

// directLine is a requirement of a go.mod that does not say "// indirect".
var directLine = regexp.MustCompile(`(?m)^\t(\S+) v\S+$`)

// tools gives the programs that the modules of tools pin, and what their own code imports.
func tools(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, path := range []string{"../tools/go.mod", "../tools/ops/go.mod", "../tools/sbom/go.mod"} {
		file, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, match := range slices.Concat(toolLine.FindAllSubmatch(file, -1), directLine.FindAllSubmatch(file, -1)) {
			names = append(names, string(match[1]))
		}
	}
	require.NotEmpty(t, names)
	return names
}

func installed(t *testing.T, file string) []string {
	t.Helper()
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	var manifest struct{ Dependencies, DevDependencies map[string]string }
	require.NoError(t, json.Unmarshal(content, &manifest))
	return slices.Concat(slices.Collect(maps.Keys(manifest.Dependencies)), slices.Collect(maps.Keys(manifest.DevDependencies)))
}
