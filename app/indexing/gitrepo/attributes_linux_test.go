package gitrepo

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

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
