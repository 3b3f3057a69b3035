package gitrepo

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
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

// hangs names the variable that makes this test program fetch from a repository that never answers.
const hangs = "GITREPO_TEST_HANGS"

func TestGitEndsWithAKilledWorker(t *testing.T) {
	if os.Getenv(hangs) != "" {
		m, err := Open("mirror", "ssh://127.0.0.1/none", "main")
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.Fetch(t.Context())
		t.Fatalf("the fetch ended: %v", err)
	}
	if runtime.GOOS != "linux" {
		t.Skip("only Linux ends a process with the one that started it; elsewhere the lock alone protects the mirror")
	}
	dir := t.TempDir()
	ssh := filepath.Join(dir, "ssh") // writes the id of the git that started it, and ends when its input does
	if err := os.WriteFile(ssh, []byte("#!/bin/sh\necho $PPID >"+dir+"/git.new\nmv "+dir+"/git.new "+dir+"/git\nexec cat >/dev/null\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	worker := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
	worker.Dir = dir
	worker.Env = append(os.Environ(), hangs+"=yes", "GIT_SSH_COMMAND="+ssh, "GIT_SSH_VARIANT=simple")
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	var git int
	eventually(t, "git has started", func() bool {
		id, err := os.ReadFile(filepath.Join(dir, "git"))
		git, _ = strconv.Atoi(strings.TrimSpace(string(id)))
		return err == nil
	})
	if err := worker.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = worker.Wait()
	eventually(t, "git has ended", func() bool { return syscall.Kill(git, 0) != nil })
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
