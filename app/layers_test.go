package app_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

const module = "github.com/ietf-tools/bibxml/"

// layer says what the packages in its folders may import: of this module only what is named, of
// others anything but what is named. "x/..." is x and everything below it. Its own folders are open
// to a package that is named with "...".
type layer struct {
	folders []string
	may     []string
	not     []string
}

// What the layers keep away from.
var (
	transport = []string{"net/http", "github.com/labstack/echo/...", "github.com/a-h/templ/..."}
	storage   = []string{"database/sql/...", "github.com/uptrace/bun/...", "github.com/jackc/pgx/...", "github.com/riverqueue/..."}
	outside   = slices.Concat(transport, storage)
)

// What the outer layers may know of the inner ones.
var (
	core     = []string{"app/fault", "app/yamltree", "app/docid", "app/relaton", "app/merge", "app/formats/...", "app/search", "app/browse", "app/xml2rfc/...", "app/priority", "app/drafts", "app/maintenance"}
	useCases = slices.Concat(core, []string{"app/catalog", "app/indexing/..."})
)

// layers are those of docs/adr/0002, from the inside out. A folder that no row names is a breach: a
// new package has to be given its place.
var layers = []layer{
	{[]string{"app/fault"}, nil, outside},
	{[]string{"app/priority", "app/drafts", "app/maintenance"}, nil, outside},
	{[]string{"app/secret"}, nil, transport},
	{[]string{"app/yamltree"}, []string{"app/fault"}, outside},
	{[]string{"app/docid"}, []string{"app/fault"}, outside},
	{[]string{"app/relaton"}, []string{"app/fault", "app/docid", "app/yamltree"}, outside},
	{[]string{"app/merge"}, []string{"app/fault", "app/docid", "app/relaton"}, outside},
	{[]string{"app/formats/..."}, []string{"app/fault", "app/docid", "app/relaton", "app/merge", "app/formats/..."}, outside},
	{[]string{"app/browse"}, nil, outside},
	{[]string{"app/drafts"}, nil, outside},
	{[]string{"app/search"}, []string{"app/fault", "app/docid"}, outside},
	{[]string{"app/xml2rfc/..."}, []string{"app/fault", "app/docid", "app/relaton", "app/merge", "app/formats/...", "app/xml2rfc/..."}, outside},

	{[]string{"app/catalog"}, core, outside},
	{[]string{"app/indexing/..."}, slices.Concat(core, []string{"app/indexing/..."}), outside},

	{[]string{"app/front"}, nil, storage},
	{[]string{"app/schedule"}, []string{"app/indexing"}, outside},

	{[]string{"app/metrics"}, []string{"app/fault"}, slices.Concat(storage, []string{"github.com/labstack/echo/..."})},
	{[]string{"app/auth/..."}, []string{"app/fault"}, storage},
	{[]string{"app/admission"}, nil, outside},
	// net/http names the statuses that have a page; the pages take no request.
	{[]string{"views/..."}, slices.Concat(core, []string{"app/catalog"}), slices.Concat(storage, []string{"github.com/labstack/echo/..."})},
	{[]string{"static"}, nil, outside},

	{[]string{"db"}, slices.Concat(useCases, []string{"db/migrations"}), transport},
	{[]string{"db/migrations"}, nil, transport},
	{[]string{"db/dbtest"}, []string{"db", "db/migrations", "db/pglocal"}, transport},
	{[]string{"db/pglocal"}, nil, []string{"github.com/labstack/echo/...", "github.com/uptrace/bun/...", "github.com/riverqueue/..."}},
	{[]string{"jobs"}, useCases, slices.Concat(transport, []string{"github.com/uptrace/bun/..."})},
	{[]string{"app/external/..."}, slices.Concat(useCases, []string{"app/external"}), slices.Concat(storage, []string{"github.com/labstack/echo/..."})},
	{[]string{"app/web/..."}, slices.Concat(useCases, []string{"app/admission", "app/auth/...", "app/metrics", "app/web/...", "views/...", "static"}), storage},

	{[]string{"app/config"}, nil, outside},
	{[]string{"app"}, []string{"app/...", "db", "jobs", "views/...", "static"}, nil},
	{[]string{"app/cli"}, []string{"app/config", "app/fault", "app/front", "app/secret", "app/xml2rfc/compat", "db/pglocal", "e2e/sources"}, outside},
	{[]string{"."}, []string{"app", "app/cli", "app/config", "app/priority", "app/drafts"}, outside},

	{[]string{"e2e/sources"}, nil, outside},
	{[]string{"e2e/relevance"}, nil, outside},
	{[]string{"e2e/harness", "e2e/validity", "e2e/conformance", "e2e/clients", "e2e/states", "e2e/crash", "e2e/scale", "e2e/load", "e2e/upgrade"}, []string{"e2e/...", "db/pglocal"}, nil},
	// It measures what reading takes alone, too.
	{[]string{"e2e/bench"}, []string{"e2e/...", "app/indexing/gitrepo", "app/relaton", "app/yamltree"}, nil},
}

func TestLayers(t *testing.T) {
	found, err := breaches(os.DirFS(".."), layers)
	require.NoError(t, err)
	require.Empty(t, found, "see docs/adr/0002: who may import whom")
}

// breaches checks every package of a tree; tests may import what they like. It reads the files
// itself, so that a build constraint or a cached result hides nothing.
func breaches(tree fs.FS, layers []layer) ([]string, error) {
	var found []string
	err := walk(tree, func(file string, imports []string) {
		if !strings.HasSuffix(file, "_test.go") {
			found = append(found, breachesOf(file, imports, layers)...)
		}
	})
	return found, err
}

// walk shows the imports of every Go file of ours.
func walk(tree fs.FS, show func(file string, imports []string)) error {
	return fs.WalkDir(tree, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return skipped(file)
		case !strings.HasSuffix(file, ".go"):
			return nil
		}
		imports, err := importsOf(tree, file)
		if err == nil {
			show(file, imports)
		}
		return err
	})
}

// skipped leaves out folders that the Go tool leaves out as well, and those that are not ours.
func skipped(folder string) error {
	name := path.Base(folder)
	hidden := name != "." && strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
	if hidden || name == "node_modules" || name == "testdata" || folder == "var" || folder == "bin" || folder == "tools" {
		return fs.SkipDir
	}
	return nil
}

func importsOf(tree fs.FS, file string) ([]string, error) {
	source, err := fs.ReadFile(tree, file)
	if err != nil {
		return nil, err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imports = append(imports, name)
	}
	return imports, nil
}

func breachesOf(file string, imports []string, layers []layer) []string {
	at := slices.IndexFunc(layers, func(l layer) bool { return matches(l.folders, path.Dir(file)) })
	if at < 0 {
		return []string{file + ": no layer names its folder"}
	}
	var found []string
	for _, name := range imports {
		own, internal := strings.CutPrefix(name, module)
		if internal && !matches(layers[at].may, own) || !internal && matches(layers[at].not, name) {
			found = append(found, fmt.Sprintf("%s imports %s", file, name))
		}
	}
	return found
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		parent, below := strings.CutSuffix(pattern, "/...")
		return name == parent || below && strings.HasPrefix(name, parent+"/")
	})
}

// The check itself has to fail where there is something to find.
func TestBreaches(t *testing.T) {
	rules := []layer{
		{[]string{"core"}, nil, []string{"net/http", "database/sql/..."}},
		{[]string{"web/..."}, []string{"core", "web/..."}, []string{"database/sql/..."}},
	}
	for _, tt := range []struct {
		name, file, source string
		want               []string
	}{
		{"allowed", "web/a.go", "package web\nimport (\n\"net/http\"\n\"" + module + "core\"\n)", nil},
		{"allowed below", "web/pages/a.go", "package pages\nimport \"" + module + "web/forms\"", nil},
		{"inwards only", "core/a.go", "package core\nimport \"" + module + "web\"", []string{"core/a.go imports " + module + "web"}},
		{"by another name", "core/a.go", "package core\nimport _ \"net/http\"", []string{"core/a.go imports net/http"}},
		{"behind a build constraint", "core/a_windows.go", "//go:build windows\n\npackage core\nimport h \"net/http\"", []string{"core/a_windows.go imports net/http"}},
		{"below what is kept away", "web/deep/a.go", "package deep\nimport \"database/sql/driver\"", []string{"web/deep/a.go imports database/sql/driver"}},
		{"a name that only begins alike", "core/a.go", "package core\nimport \"net/httptrace\"", nil},
		{"two at once", "core/a.go", "package core\nimport (\n\"net/http\"\n\"database/sql\"\n)", []string{"core/a.go imports net/http", "core/a.go imports database/sql"}},
		{"a folder without a place", "helpers/a.go", "package helpers", []string{"helpers/a.go: no layer names its folder"}},
		{"a test", "core/a_test.go", "package core\nimport \"net/http\"", nil},
		{"not ours", "node_modules/x/a.go", "package x\nimport \"net/http\"", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, err := breaches(fstest.MapFS{tt.file: {Data: []byte(tt.source)}}, rules)
			require.NoError(t, err)
			require.Equal(t, tt.want, found)
		})
	}
	t.Run("a file that is no Go", func(t *testing.T) {
		_, err := breaches(fstest.MapFS{"core/a.go": {Data: []byte("import")}}, rules)
		require.ErrorContains(t, err, "core/a.go")
	})
}
