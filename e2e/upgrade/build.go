package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// previous is the commit of the version before this one. With each release it becomes that of the release.
const previous = "c421e58b008fab555978991ed7180df566f2ce60"

// errNoHistory says that the version before cannot be built here.
var errNoHistory = errors.New("its commit is not in this clone")

// build builds the program of the version before, and that of this tree.
func build(ctx context.Context, dir string) (before, after string, err error) {
	before, after = filepath.Join(dir, "before"), filepath.Join(dir, "after")
	if exec.CommandContext(ctx, "git", "cat-file", "-e", previous+"^{commit}").Run() != nil {
		return "", "", errNoHistory
	}
	tree := filepath.Join(dir, "tree")
	if err := os.MkdirAll(tree, 0o755); err != nil {
		return "", "", err
	}
	if err := unpack(ctx, tree); err != nil {
		return "", "", fmt.Errorf("unpack the version before: %w", err)
	}
	if err := harness.Build(ctx, tree, before); err != nil {
		return "", "", err
	}
	return before, after, harness.Build(ctx, ".", after)
}

// unpack writes the files of the version before into a folder.
func unpack(ctx context.Context, folder string) error {
	archive := exec.CommandContext(ctx, "git", "archive", "--format=tar", previous)
	tar := exec.CommandContext(ctx, "tar", "-x", "-C", folder)
	archive.Stderr, tar.Stderr = os.Stderr, os.Stderr
	var err error
	if tar.Stdin, err = archive.StdoutPipe(); err != nil {
		return err
	}
	if err := tar.Start(); err != nil {
		return err
	}
	return errors.Join(archive.Run(), tar.Wait())
}
