package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestFetchWaitsForTheGitOfAnotherProcess locks the mirror through a file of its own, as a git process that outlived its worker.
func TestFetchWaitsForTheGitOfAnotherProcess(t *testing.T) {
	r := newRepo(t)
	r.write("a", "1")
	r.commit()
	m := open(t, r.dir)
	old := fetch(t, m)
	r.write("b", "2")
	want := r.commit()

	other, err := os.Open(filepath.Join(m.dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(other.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		t.Fatalf("the mirror is locked although nothing uses it: %v", err)
	}
	stale := filepath.Join(m.gitDir(), refHead+".lock")
	if err := os.WriteFile(stale, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 10*useEvery)
	defer cancel()
	if _, err := m.Fetch(short); err == nil {
		t.Fatal("fetched while another process used the mirror")
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if got := fetch(t, m); got != want {
		t.Errorf("fetched %s, want %s", got, want)
	}
	if err := m.need(t.Context(), old); err != nil {
		t.Errorf("the mirror was made again instead of a lock removed: %v", err)
	}
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", stale, err)
	}
}

// TestCommandsOfOneProcessShareAMirror reads from one mirror while another of the same directory fetches.
func TestCommandsOfOneProcessShareAMirror(t *testing.T) {
	r := newRepo(t)
	r.write("a", "1")
	commit := r.commit()
	m := open(t, r.dir)
	fetch(t, m)
	r.write("b", "2")
	want := r.commit()
	err := m.Read(t.Context(), list(t, m, commit, ""), func(File, []byte, error) error {
		if got := fetch(t, openAt(t, m.dir, r.dir, "main")); got != want {
			t.Errorf("fetched %s, want %s", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(uses.of) != 0 {
		t.Errorf("%d mirrors are still in use", len(uses.of))
	}
}
