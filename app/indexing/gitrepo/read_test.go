package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadGoesOnAfterAProblem(t *testing.T) {
	r := newRepo(t)
	r.write("data/a", "a")
	r.write("data/large", strings.Repeat("x", MaxFile+1))
	r.write("data/limit", strings.Repeat("y", MaxFile))
	r.write("data/z", "z")
	r.commit()
	m := open(t, r.dir)
	commit := fetch(t, m)
	tree := r.git("rev-parse", "HEAD:data")

	files := []File{
		{Path: "gone", Hash: strings.Repeat("0", 40)},
		{Path: "folder", Hash: tree},
		{Path: "trick", Hash: "HEAD\n"},
	}
	got := contents(t, m, append(files, list(t, m, commit, "data")...))
	want := map[string]string{
		"data/a": "a", "data/z": "z", "data/limit": strings.Repeat("y", MaxFile),
		"data/large": "data/large has 16777217 bytes, more than the 16777216 allowed",
		"gone":       "the content of gone is not in the mirror",
		"folder":     "folder is a tree of Git, not a file",
		"trick":      "trick has no content",
	}
	for path, w := range want {
		if got[path] != w {
			t.Errorf("%s: %.80q, want %.80q", path, got[path], w)
		}
	}
}

func TestReadEndsWithTheCallback(t *testing.T) {
	r := newRepo(t)
	for i := range 2000 {
		r.write(fmt.Sprintf("data/%04d", i), strings.Repeat("x", 5000))
	}
	r.commit()
	m := open(t, r.dir)
	files := list(t, m, fetch(t, m), "data")

	stop, calls := errors.New("stop"), 0
	err := m.Read(context.Background(), files, func(File, []byte, error) error {
		if calls++; calls == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || calls != 3 {
		t.Errorf("got %v after %d calls", err, calls)
	}

	ctx, cancel := context.WithCancel(context.Background())
	calls = 0
	err = m.Read(ctx, files, func(File, []byte, error) error {
		calls++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("got %v after %d calls", err, calls)
	}
}

func TestReadOfNothing(t *testing.T) {
	r := newRepo(t)
	r.write("a", "a")
	r.commit()
	m := open(t, r.dir)
	fetch(t, m)
	if got := contents(t, m, nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestReadWithoutAMirror(t *testing.T) {
	m := open(t, t.TempDir())
	files := []File{{Path: "a", Hash: strings.Repeat("0", 40), Mode: Regular}}
	if err := m.Read(context.Background(), files, func(File, []byte, error) error { return nil }); err == nil {
		t.Error("no error")
	}
}

func TestReadFromADamagedMirror(t *testing.T) {
	r := newRepo(t)
	r.write("a", "a")
	r.commit()
	m := open(t, r.dir)
	files := list(t, m, fetch(t, m), "")
	if err := os.Remove(filepath.Join(m.gitDir(), "HEAD")); err != nil {
		t.Fatal(err)
	}
	err := m.Read(context.Background(), files, func(File, []byte, error) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "not a git repository") {
		t.Errorf("got %v", err)
	}
}
