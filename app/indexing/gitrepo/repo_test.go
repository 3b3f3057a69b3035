package gitrepo

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repo is a repository with a work tree, made by the git program for one test.
type repo struct {
	t   *testing.T
	dir string
}

func newRepo(t *testing.T) repo {
	t.Helper()
	r := repo{t: t, dir: filepath.Join(t.TempDir(), "source")}
	if err := os.Mkdir(r.dir, 0o750); err != nil {
		t.Fatal(err)
	}
	r.git("init", "--quiet", "--initial-branch=main")
	return r
}

func (r repo) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r repo) write(path, content string) {
	r.t.Helper()
	full := filepath.Join(r.dir, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o750); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// commit commits everything in the work tree and gives the commit.
func (r repo) commit() string {
	r.t.Helper()
	r.git("add", "--all")
	r.git("commit", "--quiet", "--message", "change")
	return r.git("rev-parse", "HEAD")
}

func open(t *testing.T, url string) *Mirror {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "mirror"), url, "main")
}

func openAt(t *testing.T, dir, url, branch string) *Mirror {
	t.Helper()
	m, err := Open(dir, url, branch)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fetch(t *testing.T, m *Mirror) string {
	t.Helper()
	commit, err := m.Fetch(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return commit
}

func list(t *testing.T, m *Mirror, commit, dir string) []File {
	t.Helper()
	files, err := m.List(context.Background(), commit, dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func paths(files []File) []string {
	out := make([]string, 0, len(files))
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

// contents reads files; what cannot be read shows as its error.
func contents(t *testing.T, m *Mirror, files []File) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := m.Read(context.Background(), files, func(f File, content []byte, err error) error {
		if err != nil {
			content = []byte(err.Error())
		}
		out[f.Path] = string(content)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
