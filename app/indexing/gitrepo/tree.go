package gitrepo

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Mode is the kind of an entry of a commit, as Git writes it.
type Mode string

// The modes of Git.
const (
	Regular    Mode = "100644"
	Executable Mode = "100755"
	Symlink    Mode = "120000"
	Submodule  Mode = "160000"
)

// File is a file of a commit.
type File struct {
	Path string // from the root of the repository, as Git has it: any bytes but NUL
	Hash string // of the content; the same content has the same hash in every repository
	Mode Mode
}

// List gives the files of a commit under a folder and its subfolders, in the order of their paths;
// an empty dir is the whole commit. Symbolic links and submodules are among them (see Mode).
//
// The error is of kind NotFound when there is no such folder, or no such commit in the mirror.
func (m *Mirror) List(ctx context.Context, commit, dir string) ([]File, error) {
	if err := m.need(ctx, commit); err != nil {
		return nil, err
	}
	args := []string{"ls-tree", "-r", "-z", "--full-tree", commit}
	out, err := m.git(ctx, append(args, pathspec(dir)...)...)
	if err != nil {
		return nil, err
	}
	files := make([]File, 0, bytes.Count(out, []byte{0}))
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if entry == "" {
			continue
		}
		f, err := parseEntry(entry)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		return nil, m.noFolder(dir)
	}
	return files, nil
}

func pathspec(dir string) []string {
	dir = strings.Trim(dir, "/")
	if dir == "" {
		return nil
	}
	return []string{"--", dir + "/"}
}

func (m *Mirror) noFolder(dir string) error {
	if strings.Trim(dir, "/") == "" {
		return fault.New(fault.NotFound, "%s has no files on branch %s", m.source, m.source.branch)
	}
	return fault.New(fault.NotFound, "%s has no folder %s on branch %s", m.source, dir, m.source.branch)
}

// parseEntry reads "<mode> <type> <hash>\t<path>". Sizes, which git would have to look up one by one, come with the content.
func parseEntry(entry string) (File, error) {
	head, path, ok := strings.Cut(entry, "\t")
	fields := strings.Fields(head)
	if !ok || len(fields) != 3 {
		return File{}, fmt.Errorf("git ls-tree: entry %q", entry)
	}
	return File{Path: path, Mode: Mode(fields[0]), Hash: fields[2]}, nil
}

// need checks that a commit is in the mirror, and that it is a hash and nothing else git would take.
func (m *Mirror) need(ctx context.Context, commit string) error {
	if !isHash(commit) {
		return fault.New(fault.NotFound, "%q is no commit", commit)
	}
	if _, err := m.git(ctx, "rev-parse", "--quiet", "--verify", commit+"^{tree}"); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return fault.Wrap(fault.NotFound, err, "commit %s of %s is not in the mirror", commit, m.source)
	}
	return nil
}

func isHash(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}
