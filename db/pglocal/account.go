package pglocal

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
)

// account is whom the server runs as. A zero account is the one of this process.
type account struct{ credential *syscall.Credential }

// serverAccount gives the account for the server: ours, unless we are root, which PostgreSQL refuses.
func serverAccount() (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return accountOf(u)
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is no account postgres or nobody to run it as")
}

func accountOf(u *user.User) (account, error) {
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return account{}, err
	}
	return account{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

// keepMemory has the C library of Linux keep what a session gives back, up to 64 MB, for what it asks for next: each batch
// of an indexing had it taken from the system anew, a page at a time.
var keepMemory = []string{"MALLOC_TRIM_THRESHOLD_=67108864", "MALLOC_MMAP_THRESHOLD_=33554432", "MALLOC_TOP_PAD_=1048576"}

// command prepares a program to run as the account, with nothing of our environment: PGDATA, PGPORT
// and their like would change what PostgreSQL's programs do.
func (a account) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = "/" // the account may not be allowed where we stand
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "LC_ALL=" + locale(), "TZ=UTC"}, keepMemory...)
	if a.credential != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: a.credential}
	}
	return cmd
}

// canEnter says whether the account can enter a folder, asking the system itself: modes, owners and
// access lists of every folder above take part.
func (a account) canEnter(dir string) bool {
	return a.credential == nil || a.command(context.Background(), "/bin/sh", "-c", `cd "$1"`, "sh", dir).Run() == nil
}

// give makes the account the owner of a file.
func (a account) give(path string) error {
	if a.credential == nil {
		return nil
	}
	return os.Chown(path, int(a.credential.Uid), int(a.credential.Gid))
}

// locale is the one of the database: full-text search and trigrams fold 'Über' only under one that
// knows Unicode, which C does not.
func locale() string {
	if runtime.GOOS == "darwin" {
		return "en_US.UTF-8" // macOS has no C.UTF-8
	}
	return "C.UTF-8"
}
