package pglocal

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// apt installs packages on Debian and its relatives.
type apt struct {
	root bool
	dir  string // "/etc", where the installation of PostgreSQL is configured
	run  func(ctx context.Context, name string, args ...string) ([]byte, error)
}

func systemApt() apt {
	return apt{root: os.Geteuid() == 0, dir: "/etc", run: runApt}
}

func runApt(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
	return cmd.CombinedOutput()
}

func (a apt) usable() bool {
	_, err := exec.LookPath("apt-get")
	return a.root && err == nil
}

var candidatePattern = regexp.MustCompile(`Candidate: (\d+)`)

// install installs the server of the distribution, unless that is older than we can use.
func (a apt) install(ctx context.Context) error {
	if out, err := a.run(ctx, "apt-get", "update"); err != nil {
		return fmt.Errorf("apt-get update: %w: %s", err, tail(out))
	}
	out, err := a.run(ctx, "apt-cache", "policy", "postgresql")
	if err != nil {
		return fmt.Errorf("apt-cache policy postgresql: %w: %s", err, tail(out))
	}
	if major := majorIn(out); major < minMajor {
		return fmt.Errorf("apt-get offers PostgreSQL %d: too old", major)
	}
	undo, err := a.withoutMainCluster()
	if err != nil {
		return err
	}
	defer undo()
	if out, err := a.run(ctx, "apt-get", "install", "--yes", "--no-install-recommends", "postgresql"); err != nil {
		return fmt.Errorf("apt-get install postgresql: %w: %s", err, tail(out))
	}
	return nil
}

func majorIn(policy []byte) int {
	match := candidatePattern.FindSubmatch(policy)
	if match == nil {
		return 0
	}
	major, _ := strconv.Atoi(string(match[1])) // digits by the pattern
	return major
}

// withoutMainCluster keeps Debian's package from making and starting a server of its own on port 5432,
// which nobody asked for.
func (a apt) withoutMainCluster() (undo func(), err error) {
	dir := filepath.Join(a.dir, "postgresql-common", "createcluster.d")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "bibxml.conf")
	if err := os.WriteFile(file, []byte("create_main_cluster = false\n"), 0o644); err != nil {
		return nil, err
	}
	return func() { _ = os.Remove(file) }, nil // left behind, it only keeps doing what it says
}

// tail gives the end of a program's output, where it says what went wrong.
func tail(out []byte) []byte {
	const enough = 1000
	if len(out) > enough {
		return out[len(out)-enough:]
	}
	return out
}
