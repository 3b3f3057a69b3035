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
		if f.Size != int64(len(want[f.Path])) || f.Mode != Regular {
			t.Errorf("%q: size %d, mode %s", f.Path, f.Size, f.Mode)
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

func TestDiff(t *testing.T) {
	r := newRepo(t)
	for _, name := range []string{"data/same", "data/changed", "data/removed", "data/renamed", "data/mode", "data/linked", oddName, "outside"} {
		r.write(name, "content of "+name)
	}
	r.commit()
	m := open(t, r.dir)
	from := fetch(t, m)

	r.write("data/changed", "new")
	r.write(oddName, "new")
	r.write("outside", "new")
	r.write("data/sub/added", "added")
	r.git("mv", "data/renamed", "data/to")
	r.git("rm", "--quiet", "data/removed", "data/linked")
	if err := os.Symlink("same", filepath.Join(r.dir, "data/linked")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(r.dir, "data/mode"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.commit()
	to := fetch(t, m)

	changes, err := m.Diff(context.Background(), from, to, "data")
	if err != nil {
		t.Fatal(err)
	}
	got := [][]string{paths(changes.Added), paths(changes.Changed), paths(changes.Removed)}
	want := [][]string{{"data/sub/added", "data/to"}, {"data/changed", oddName, "data/linked"}, {"data/removed", "data/renamed"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	read := contents(t, m, append(changes.Added, changes.Changed...))
	wantRead := map[string]string{
		"data/sub/added": "added", "data/to": "content of data/renamed", "data/changed": "new", oddName: "new",
		"data/linked": "data/linked is a symbolic link",
	}
	if d := cmp.Diff(wantRead, read); d != "" {
		t.Error(d)
	}
	if old := contents(t, m, changes.Removed); old["data/removed"] != "content of data/removed" {
		t.Errorf("removed: %q", old)
	}
	for name, c := range map[string][2]string{"same commit": {to, "data"}, "patterns mean nothing": {from, ":(top)data"}} {
		if none, err := m.Diff(context.Background(), c[0], to, c[1]); err != nil || !cmp.Equal(none, Changes{}) {
			t.Errorf("%s: %v, %v", name, none, err)
		}
	}
}

func TestDiffWithACommitThatIsGone(t *testing.T) {
	r := newRepo(t)
	r.write("data/a", "1")
	r.commit()
	m := open(t, r.dir)
	to := fetch(t, m)
	if _, err := m.Diff(context.Background(), strings.Repeat("1", 40), to, "data"); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
}
