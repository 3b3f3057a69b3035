package sources

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func ask(t *testing.T, repository string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = repository
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.TrimSpace(string(out))
}

func TestMaterialise(t *testing.T) {
	dir := t.TempDir()
	paths, err := Materialise(t.Context(), dir)
	require.NoError(t, err)
	require.Len(t, paths, 10)
	for dataset, path := range paths {
		t.Run(dataset, func(t *testing.T) {
			require.True(t, filepath.IsAbs(path))
			clone := filepath.Join(t.TempDir(), "clone")
			ask(t, dir, "clone", "--quiet", "--depth", "1", "file://"+path, clone)
			require.Equal(t, "main", ask(t, clone, "branch", "--show-current"))
			embedded, err := fs.Sub(files, folders[dataset])
			require.NoError(t, err)
			require.Equal(t, contents(t, embedded), contents(t, os.DirFS(clone)))
		})
	}
}

// contents gives every file outside .git.
func contents(t *testing.T, tree fs.FS) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path == ".git" {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(tree, path)
		all[path] = string(content)
		return err
	}))
	require.NotEmpty(t, all)
	return all
}

func TestMaterialiseTwice(t *testing.T) {
	dir := t.TempDir()
	first, err := Materialise(t.Context(), dir)
	require.NoError(t, err)
	commit := ask(t, first["rfcs"], "rev-parse", "main")
	second, err := Materialise(t.Context(), dir)
	require.NoError(t, err)
	require.Equal(t, first, second)
	require.Equal(t, commit, ask(t, second["rfcs"], "rev-parse", "HEAD"))

	elsewhere, err := Materialise(t.Context(), t.TempDir())
	require.NoError(t, err)
	require.Equal(t, commit, ask(t, elsewhere["rfcs"], "rev-parse", "main"), "the same samples make the same commit")
}

func TestMaterialiseFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "taken")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := Materialise(t.Context(), file)
	require.ErrorContains(t, err, "make the sample source")
}
