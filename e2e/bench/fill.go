package main

import (
	"archive/tar"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// identifierLine is a line of a record with an identifier.
var identifierLine = regexp.MustCompile(`(?m)^(\s*(?:- )?id: )(['"]?)([^'"\n]+)(['"]?)$`)

// fill makes repositories of sources that hold so many documents in all: the real records, and copies of them under
// identifiers of their own, so that each word is in the same share of the documents as in the real ones, and no copy looks like
// an edition of what it is a copy of. The archive is left out.
func fill(ctx context.Context, sources map[string]string, have, want int, dir string) (map[string]string, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	filled := make(map[string]string)
	for _, dataset := range harness.Datasets {
		if dataset == "xml2rfc" {
			continue
		}
		repository := filepath.Join(dir, "relaton-data-"+dataset+".git")
		if err := fillOne(ctx, sources[dataset], repository, float64(want)/float64(have)); err != nil {
			return nil, fmt.Errorf("fill %s: %w", dataset, err)
		}
		filled[dataset] = repository
	}
	return filled, nil
}

// fillOne adds a commit to a copy of a repository, by `git fast-import`, which takes seconds where `git add` would
// take minutes.
func fillOne(ctx context.Context, source, repository string, times float64) error {
	if out, err := exec.CommandContext(ctx, "git", "clone", "-q", "--bare", source, repository).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	branches, err := exec.CommandContext(ctx, "git", "-C", repository, "for-each-ref", "--format=%(refname)", "refs/heads").Output()
	if err != nil {
		return err
	}
	branch, _, _ := strings.Cut(string(branches), "\n") // a bundle has one, which need not be the one that HEAD names
	load := exec.CommandContext(ctx, "git", "-C", repository, "fast-import", "--quiet")
	load.Stderr = os.Stderr
	pipe, err := load.StdinPipe()
	if err != nil {
		return err
	}
	if err := load.Start(); err != nil {
		return err
	}
	w := bufio.NewWriterSize(pipe, 1<<20)
	fmt.Fprintf(w, "commit %s\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 6\nfilled\nfrom %s^0\n", branch, branch)
	err = errors.Join(copies(ctx, repository, branch, times, w), w.Flush(), pipe.Close())
	return errors.Join(err, load.Wait())
}

// copies writes so many copies of each record that there are times as many; of a part of a time, of the first of every ten.
func copies(ctx context.Context, repository, branch string, times float64, to io.Writer) error {
	archive := exec.CommandContext(ctx, "git", "-C", repository, "archive", "--format=tar", branch, "data")
	out, err := archive.StdoutPipe()
	if err != nil {
		return err
	}
	if err := archive.Start(); err != nil {
		return err
	}
	files := tar.NewReader(out)
	for n := 0; ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(files)
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg || path.Ext(header.Name) != ".yaml" {
			continue
		}
		for i := 1; float64(i)+float64(n%10)/10 < times; i++ {
			copied := identifierLine.ReplaceAll(content, fmt.Appendf(nil, "${1}${2}copy %d ${3}${4}", i))
			fmt.Fprintf(to, "M 644 inline %s.%d.yaml\ndata %d\n", strings.TrimSuffix(header.Name, ".yaml"), i, len(copied))
			if _, err := to.Write(append(copied, '\n')); err != nil {
				return err
			}
		}
		n++
	}
	return archive.Wait()
}
