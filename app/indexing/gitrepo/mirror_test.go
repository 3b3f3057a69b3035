package gitrepo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/fault"
)

func TestFetchFromEveryKindOfURL(t *testing.T) {
	r := newRepo(t)
	r.write("data/a.yaml", "id: a\n")
	r.commit()
	r.write("data/b.yaml", "id: b\n")
	want := r.commit()
	r.git("bundle", "create", "--quiet", "../source.bundle", "main")
	r.git("clone", "--quiet", "--bare", "--depth=1", "file://"+r.dir, "../shallow.git")
	bundle := filepath.Join(filepath.Dir(r.dir), "source.bundle")
	t.Chdir(filepath.Dir(r.dir))

	for _, c := range []struct{ name, url string }{
		{"path", r.dir},
		{"relative path", "source"},
		{"path with a slash", r.dir + "/"},
		{"file URL", "file://" + r.dir},
		{"bare and shallow", "shallow.git"},
		{"bundle", bundle},
		{"file URL of a bundle", "file://" + bundle},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := open(t, c.url)
			head, err := m.RemoteHead(context.Background())
			if err != nil || head != want {
				t.Errorf("remote head %q, %v; want %s", head, err, want)
			}
			if got := fetch(t, m); got != want {
				t.Errorf("fetched %s, want %s", got, want)
			}
			if got := fetch(t, m); got != want {
				t.Errorf("fetched %s the second time, want %s", got, want)
			}
			if d := cmp.Diff([]string{"data/a.yaml", "data/b.yaml"}, paths(list(t, m, want, "data"))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestFetchHasNoHistory(t *testing.T) {
	r := newRepo(t)
	r.write("data/a.yaml", "1")
	old := r.commit()
	r.write("data/a.yaml", "2")
	r.commit()
	m := open(t, r.dir)
	fetch(t, m)
	if m.need(context.Background(), old) == nil {
		t.Error("the commit before the head was fetched")
	}
}

func TestFetchFollowsARewrittenBranch(t *testing.T) {
	r := newRepo(t)
	r.write("data/a.yaml", "1")
	r.commit()
	m := open(t, r.dir)
	first := fetch(t, m)
	r.write("data/a.yaml", "2")
	r.git("add", "--all")
	r.git("commit", "--quiet", "--amend", "--message", "rewritten")
	if got, want := fetch(t, m), r.git("rev-parse", "HEAD"); got != want || got == first {
		t.Errorf("fetched %s, want %s", got, want)
	}
}

func TestFetchRefuses(t *testing.T) {
	empty := newRepo(t)
	other := newRepo(t)
	other.write("x", "x")
	other.commit()
	other.git("branch", "--move", "master")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("no repository"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "missing")

	for _, c := range []struct{ name, url, want string }{
		{"empty repository", empty.dir, empty.dir + " is empty: it has no branch"},
		{"missing branch", other.dir, other.dir + " has no branch main, but master"},
		{"nothing there", missing, missing + " cannot be fetched: '" + missing + "' does not appear to be a git repository; Could not read from remote repository."},
		{"no repository", filepath.Dir(file), "does not appear to be a git repository"},
		{"a file", file, "cannot be fetched: "},
		{"a protocol that runs a program", "ext::sh -c true", "transport 'ext' not allowed"},
		{"a protocol that is not on the list", "ftp://127.0.0.1:1/x", "transport 'ftp' not allowed"},
		{"credentials", "http://user:secret@127.0.0.1:1/x", "http://127.0.0.1:1/x cannot be fetched: unable to access 'http://127.0.0.1:1/x/'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := open(t, c.url)
			_, fetchErr := m.Fetch(context.Background())
			_, headErr := m.RemoteHead(context.Background())
			for _, err := range []error{fetchErr, headErr} {
				if !fault.Is(err, fault.Upstream) || !strings.Contains(fault.Message(err), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
				if err != nil && strings.Contains(err.Error(), "secret") {
					t.Errorf("the password is in %v", err)
				}
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, c := range []struct{ name, url, branch string }{
		{"no URL", "", "main"},
		{"option as URL", "--upload-pack=x", "main"},
		{"line break in URL", "https://example.org/\nx", "main"},
		{"no branch", "https://example.org/x", ""},
		{"option as branch", "https://example.org/x", "-x"},
		{"pattern as branch", "https://example.org/x", "*"},
		{"refspec as branch", "https://example.org/x", "a:b"},
		{"range as branch", "https://example.org/x", "a..b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Open(t.TempDir(), c.url, c.branch); !fault.Is(err, fault.Invalid) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A program that is missing is not there a minute later either, so nobody is told to try again.
func TestOpenWithoutGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Open(t.TempDir(), "https://example.org/x", "main"); fault.Of(err) != fault.Internal || fault.Message(err) != "the git program is not installed" {
		t.Errorf("got %v", err)
	}
}

func TestAnotherURLOrBranchMeansAFreshMirror(t *testing.T) {
	one, two := newRepo(t), newRepo(t)
	one.write("a", "one")
	first := one.commit()
	one.git("checkout", "--quiet", "-b", "side")
	one.write("b", "side")
	side := one.commit()
	two.write("a", "two")
	second := two.commit()

	dir := t.TempDir()
	for _, c := range []struct{ name, url, branch, want, gone string }{
		{"first", one.dir, "main", first, side},
		{"other branch", one.dir, "side", side, first},
		{"other URL", two.dir, "main", second, side},
	} {
		m := openAt(t, dir, c.url, c.branch)
		if got := fetch(t, m); got != c.want {
			t.Errorf("%s: fetched %s, want %s", c.name, got, c.want)
		}
		if m.need(context.Background(), c.gone) == nil {
			t.Errorf("%s: %s is still there", c.name, c.gone)
		}
	}
}

func TestDamagedMirrorIsMadeAnew(t *testing.T) {
	for name, damage := range map[string]func(gitDir string) error{
		"git was killed while it wrote the list of shallow commits": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "shallow.lock"), nil, 0o600)
		},
		"a file was emptied by a loss of power": func(dir string) error { return os.Truncate(filepath.Join(dir, "HEAD"), 0) },
		"the objects are gone":                  func(dir string) error { return os.RemoveAll(filepath.Join(dir, "objects")) },
		"the packs are gone":                    func(dir string) error { return os.RemoveAll(filepath.Join(dir, "objects", "pack")) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t)
			r.write("a", "1")
			r.commit()
			m := open(t, r.dir)
			fetch(t, m)
			r.write("b", "2")
			want := r.commit()
			if err := damage(m.gitDir()); err != nil {
				t.Fatal(err)
			}
			if got := fetch(t, m); got != want {
				t.Errorf("fetched %s, want %s", got, want)
			}
			if d := cmp.Diff(map[string]string{"a": "1", "b": "2"}, contents(t, m, list(t, m, want, ""))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestFailedFetchLeavesTheMirror(t *testing.T) {
	r := newRepo(t)
	r.write("a", "1")
	want := r.commit()
	m := open(t, r.dir)
	fetch(t, m)
	if err := os.Rename(r.dir, r.dir+".away"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Fetch(context.Background()); !fault.Is(err, fault.Upstream) {
		t.Errorf("got %v", err)
	}
	if m.need(context.Background(), want) != nil {
		t.Error("the commit fetched before is gone")
	}
}

func TestRepositoryOfSomebodyElse(t *testing.T) {
	r := newRepo(t)
	r.write("a", "1")
	want := r.commit()
	m := open(t, r.dir)
	m.env = []string{"GIT_TEST_ASSUME_DIFFERENT_OWNER=1"}
	if got := fetch(t, m); got != want {
		t.Errorf("fetched %s, want %s", got, want)
	}
}

func TestUserConfigurationAndHooksAreIgnored(t *testing.T) {
	r := newRepo(t)
	r.write("a", "1")
	want := r.commit()
	home := t.TempDir()
	trap := filepath.Join(home, "trapped")
	config := "[core]\n\thooksPath = " + home + "\n[url \"" + home + "/\"]\n\tinsteadOf = " + r.dir + "\n"
	hook := "#!/bin/sh\ntouch " + trap + "\n"
	if err := os.WriteFile(filepath.Join(home, ".gitconfig"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "reference-transaction"), []byte(hook), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("GIT_DIR", home)
	t.Setenv("GIT_CONFIG_PARAMETERS", "'core.hooksPath="+home+"'")
	if got := fetch(t, open(t, r.dir)); got != want {
		t.Errorf("fetched %s, want %s", got, want)
	}
	if _, err := os.Stat(trap); err == nil {
		t.Error("a hook ran")
	}
}

func TestCancelledFetch(t *testing.T) {
	r := newRepo(t)
	r.write("a", "1")
	r.commit()
	m := open(t, r.dir)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := m.Fetch(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPrune(t *testing.T) {
	r := newRepo(t)
	m := open(t, r.dir)
	var commits []string
	for _, content := range []string{"1", "2", "3"} {
		r.write("a", content)
		r.commit()
		commits = append(commits, fetch(t, m))
	}
	has := func() (out []bool) {
		for _, c := range commits {
			out = append(out, m.need(context.Background(), c) == nil)
		}
		return out
	}
	for _, c := range []struct {
		name string
		keep []string
		want []bool
	}{
		{"all are kept until then", commits, []bool{true, true, true}},
		{"one more than the newest", commits[1:2], []bool{false, true, true}},
		{"only the newest", nil, []bool{false, false, true}},
	} {
		if err := m.Prune(context.Background(), c.keep...); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, has()); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	r.write("a", "4")
	r.commit()
	if fourth := fetch(t, m); len(list(t, m, fourth, "")) != 1 {
		t.Error("the mirror does not work after Prune")
	}
}
