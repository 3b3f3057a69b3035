package gitrepo

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
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

// IsFile says whether the entry has content of its own that can be read.
func (m Mode) IsFile() bool { return m != Symlink && m != Submodule }

// File is a file of a commit.
type File struct {
	Path string // from the root of the repository, as Git has it: any bytes but NUL
	Hash string // of the content; the same content has the same hash in every repository
	Size int64  // in bytes; -1 when not known, which is so in Changes
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
	args := []string{"ls-tree", "-r", "-z", "-l", "--full-tree", commit}
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

// parseEntry reads "<mode> <type> <hash> <size>\t<path>", the size with spaces before it.
func parseEntry(entry string) (File, error) {
	head, path, ok := strings.Cut(entry, "\t")
	fields := strings.Fields(head)
	if !ok || len(fields) != 4 {
		return File{}, fmt.Errorf("git ls-tree: entry %q", entry)
	}
	f := File{Path: path, Mode: Mode(fields[0]), Hash: fields[2]}
	if fields[3] == "-" { // a submodule
		return f, nil
	}
	size, err := strconv.ParseInt(fields[3], 10, 64)
	if err != nil {
		return File{}, fmt.Errorf("git ls-tree: size in %q: %w", entry, err)
	}
	f.Size = size
	return f, nil
}

// Changes are the differences between two commits. A renamed file is among Removed and Added.
type Changes struct {
	Added   []File
	Changed []File // as they are in the new commit
	Removed []File // as they were in the old commit
}

// Diff compares two commits under a folder and its subfolders. The error is of kind NotFound when
// one of them is not in the mirror (any more): then List gives everything.
func (m *Mirror) Diff(ctx context.Context, from, to, dir string) (Changes, error) {
	for _, commit := range []string{from, to} {
		if err := m.need(ctx, commit); err != nil {
			return Changes{}, err
		}
	}
	args := []string{"diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", from, to}
	out, err := m.git(ctx, append(args, pathspec(dir)...)...)
	if err != nil {
		return Changes{}, err
	}
	var changes Changes
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		if err := changes.add(fields[i], fields[i+1]); err != nil {
			return Changes{}, err
		}
	}
	return changes, nil
}

// add reads ":<old mode> <new mode> <old hash> <new hash> <status>".
func (c *Changes) add(raw, path string) error {
	f := strings.Fields(strings.TrimPrefix(raw, ":"))
	if len(f) != 5 {
		return fmt.Errorf("git diff-tree: entry %q of %q", raw, path)
	}
	was := File{Path: path, Mode: Mode(f[0]), Hash: f[2], Size: -1}
	is := File{Path: path, Mode: Mode(f[1]), Hash: f[3], Size: -1}
	switch f[4] {
	case "A":
		c.Added = append(c.Added, is)
	case "D":
		c.Removed = append(c.Removed, was)
	case "M", "T":
		if was.Hash != is.Hash || was.Mode.IsFile() != is.Mode.IsFile() { // else only executable or not
			c.Changed = append(c.Changed, is)
		}
	default:
		return fmt.Errorf("git diff-tree: status %q of %q", f[4], path)
	}
	return nil
}

// Has says whether the mirror holds a commit.
func (m *Mirror) Has(ctx context.Context, commit string) bool {
	return m.need(ctx, commit) == nil
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
