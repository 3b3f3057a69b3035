// Package gitrepo reads sources, which are Git repositories, through the git program: it keeps a
// bare mirror of one branch without history, and lists, compares and reads the files of a commit.
// There is never a work tree. What the files mean is left to the package indexing.
//
// The git program and not go-git: measured on 73 000 files, a clone takes half the time and memory,
// and reading every file a tenth of the memory.
package gitrepo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

// The refs of a mirror. Every commit fetched keeps a ref of its own until Prune, so that it can
// still be compared with after later fetches.
const (
	refHead    = "refs/bibxml/head"
	refCommits = "refs/bibxml/commits/"
)

// Mirror is a local copy of one branch of a repository. It is for one goroutine, and one process, at
// a time; only Read, List and Diff may run beside one another. Read may also go on while the next Fetch does, which removes
// nothing.
type Mirror struct {
	dir    string
	source source
	env    []string // set by tests, beside the environment of every command
}

// Open prepares a mirror of a branch at a directory of its own, which need not exist yet; nothing is
// read or written before the first Fetch. The URL is anything that git fetches from (https, http,
// ssh, git, file, a local path), and a Git bundle likewise. A directory that holds the mirror of
// another URL or branch starts anew.
//
// The error is of kind Invalid for a URL or a branch that cannot be one, and Internal when the git
// program is missing: trying again would not help.
func Open(dir, url, branch string) (*Mirror, error) {
	src, err := newSource(url, branch)
	if err != nil {
		return nil, err
	}
	if _, err := exec.LookPath("git"); err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the git program is not installed")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("mirror %s: %w", dir, err)
	}
	return &Mirror{dir: abs, source: src}, nil
}

// Fetch brings the mirror to the head of the branch and gives its commit. A mirror that was damaged,
// by a killed process for example, is made anew.
//
// The error is of kind Upstream, with a message for the operator, when the repository cannot be
// fetched, is empty, or has no such branch.
func (m *Mirror) Fetch(ctx context.Context) (commit string, err error) {
	// Asking first costs a request, and saves reading the whole of a bundle that did not change.
	remote, err := m.RemoteHead(ctx)
	if err != nil {
		return "", err
	}
	if head, err := m.head(ctx); err == nil && head == remote {
		return m.keepHead(ctx)
	}
	err = m.fetch(ctx)
	if err != nil && ctx.Err() == nil {
		// The branch is there, so the fault may be ours: a lock or half a pack left behind.
		if err = m.create(ctx); err == nil {
			err = m.fetch(ctx)
		}
	}
	if err != nil {
		return "", m.unreachable(err)
	}
	return m.keepHead(ctx)
}

func (m *Mirror) fetch(ctx context.Context) error {
	_, err := m.git(ctx, "fetch", "--quiet", "--depth=1", "--force", "--no-tags",
		"--no-write-fetch-head", "--no-recurse-submodules", "origin", "+"+m.source.ref()+":"+refHead)
	return err
}

// head gives the commit fetched last.
func (m *Mirror) head(ctx context.Context) (string, error) {
	out, err := m.git(ctx, "rev-parse", "--quiet", "--verify", refHead+"^{commit}")
	return strings.TrimSpace(string(out)), err
}

// keepHead gives the commit fetched last a ref of its own.
func (m *Mirror) keepHead(ctx context.Context) (string, error) {
	commit, err := m.head(ctx)
	if err != nil {
		return "", err
	}
	_, err = m.git(ctx, "update-ref", refCommits+commit, commit)
	return commit, err
}

// RemoteHead asks the repository for the commit at the head of the branch, without fetching it. Its
// errors are those of Fetch.
func (m *Mirror) RemoteHead(ctx context.Context) (string, error) {
	if err := m.prepare(ctx); err != nil {
		return "", err
	}
	heads, err := m.remoteHeads(ctx, m.source.ref())
	if err != nil {
		return "", m.unreachable(err)
	}
	if commit, ok := heads[m.source.branch]; ok {
		return commit, nil
	}
	return "", m.noBranch(ctx)
}

// remoteHeads gives the branches of the repository that match patterns, or all, with their commits.
func (m *Mirror) remoteHeads(ctx context.Context, patterns ...string) (map[string]string, error) {
	out, err := m.git(ctx, append([]string{"ls-remote", "--heads", "origin"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	heads := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		commit, ref, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if branch, isHead := strings.CutPrefix(ref, "refs/heads/"); ok && isHead {
			heads[branch] = commit
		}
	}
	return heads, nil
}

// prepare makes the mirror unless it is there for this URL and branch.
func (m *Mirror) prepare(ctx context.Context) error {
	mark, err := os.ReadFile(m.markFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("mirror %s: %w", m.dir, err)
	}
	if string(mark) == m.mark() {
		_, err := m.git(ctx, "rev-parse", "--is-bare-repository")
		if err == nil || ctx.Err() != nil {
			return err
		}
	}
	return m.create(ctx)
}

// create makes an empty mirror in the place of whatever was there. The mark is removed first and
// written last, so that a mirror with a mark is complete.
func (m *Mirror) create(ctx context.Context) error {
	_, end, err := m.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	for _, path := range []string{m.markFile(), m.gitDir()} {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("mirror %s: %w", m.dir, err)
		}
	}
	if err := os.WriteFile(m.configFile(), []byte(gitConfig), 0o600); err != nil {
		return fmt.Errorf("mirror %s: %w", m.dir, err)
	}
	if _, err := m.git(ctx, "init", "--quiet", "--bare", "--template=", m.gitDir()); err != nil {
		return err
	}
	if err := os.WriteFile(m.markFile(), []byte(m.mark()), 0o600); err != nil {
		return fmt.Errorf("mirror %s: %w", m.dir, err)
	}
	return nil
}

// mark identifies what is mirrored: as a hash, because a URL may hold a password.
func (m *Mirror) mark() string {
	sum := sha256.Sum256([]byte("1\n" + m.source.url + "\n" + m.source.branch))
	return hex.EncodeToString(sum[:])
}

func (m *Mirror) gitDir() string     { return filepath.Join(m.dir, "repo.git") }
func (m *Mirror) markFile() string   { return filepath.Join(m.dir, "source") }
func (m *Mirror) configFile() string { return filepath.Join(m.dir, "gitconfig") }
