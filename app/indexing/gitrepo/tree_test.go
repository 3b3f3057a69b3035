package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/fault"
)

const oddName = "data/it's \"odd\",\tnew\nline *[é] 規格.yaml"

func TestListAndReadOddNames(t *testing.T) {
	r := newRepo(t)
	want := map[string]string{
		oddName:            "id: odd\n",
		"data/ space .yml": "no line break at the end",
		"data/-dash.yaml":  "-\n",
		"data/empty.yaml":  "",
		"data/sub/c.yaml":  "\x00binary\xff\n\n",
		"data/same.yaml":   "id: odd\n",
	}
	for path, content := range want {
		r.write(path, content)
	}
	r.write("database/other.yaml", "not in data")
	r.write("README", "not in data")
	r.commit()

	m := open(t, r.dir)
	commit := fetch(t, m)
	files := list(t, m, commit, "data")
	if d := cmp.Diff(want, contents(t, m, files)); d != "" {
		t.Error(d)
	}
	for _, f := range files {
		if f.Mode != Regular {
			t.Errorf("%q: mode %s", f.Path, f.Mode)
		}
	}
	for dir, n := range map[string]int{"": 8, "/": 8, "data/": 6, "data/sub": 1} {
		if got := list(t, m, commit, dir); len(got) != n {
			t.Errorf("%q: %d files, want %d", dir, len(got), n)
		}
	}
}

func TestListFaults(t *testing.T) {
	r := newRepo(t)
	r.write("README", "no data")
	r.commit()
	m := open(t, r.dir)
	commit := fetch(t, m)
	for _, c := range []struct{ name, commit, dir, want string }{
		{"no folder", commit, "data", r.dir + " has no folder data on branch main"},
		{"a file is no folder", commit, "README", r.dir + " has no folder README on branch main"},
		{"patterns mean nothing", commit, "READ*", r.dir + " has no folder READ* on branch main"},
		{"unknown commit", strings.Repeat("0", 40), "", "is not in the mirror"},
		{"option as commit", "--all", "", `"--all" is no commit`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := m.List(context.Background(), c.commit, c.dir)
			if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Message(err), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestEntriesThatAreNoFiles(t *testing.T) {
	r := newRepo(t)
	r.write("data/a.yaml", "a")
	r.write("data/run.yaml", "r")
	if err := os.Chmod(filepath.Join(r.dir, "data/run.yaml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.yaml", filepath.Join(r.dir, "data/link.yaml")); err != nil {
		t.Fatal(err)
	}
	r.commit()
	r.git("update-index", "--add", "--cacheinfo", "160000,"+r.git("rev-parse", "HEAD")+",data/module")
	r.git("commit", "--quiet", "--message", "submodule")

	m := open(t, r.dir)
	files := list(t, m, fetch(t, m), "data")
	modes := make(map[string]Mode)
	for _, f := range files {
		modes[f.Path] = f.Mode
	}
	want := map[string]Mode{"data/a.yaml": Regular, "data/run.yaml": Executable, "data/link.yaml": Symlink, "data/module": Submodule}
	if d := cmp.Diff(want, modes); d != "" {
		t.Error(d)
	}
	wantContents := map[string]string{
		"data/a.yaml": "a", "data/run.yaml": "r",
		"data/link.yaml": "data/link.yaml is a symbolic link", "data/module": "data/module is a submodule",
	}
	if d := cmp.Diff(wantContents, contents(t, m, files)); d != "" {
		t.Error(d)
	}
}
