// Package sources holds sample sources, small stand-ins for the Git repositories that the service
// indexes, and makes real repositories of them. README.md says what is in them.
package sources

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed all:relaton-data-* all:bibxml-data-archive
var files embed.FS

// folders names the folder of each source.
var folders = map[string]string{
	"rfcs":         "relaton-data-rfcs",
	"ids":          "relaton-data-ids",
	"rfcsubseries": "relaton-data-rfcsubseries",
	"misc":         "relaton-data-misc",
	"w3c":          "relaton-data-w3c",
	"3gpp":         "relaton-data-3gpp",
	"ieee":         "relaton-data-ieee",
	"iana":         "relaton-data-iana",
	"nist":         "relaton-data-nist",
	"xml2rfc":      "bibxml-data-archive",
}

// Materialise makes a bare repository of every sample source below dir and gives their paths by
// dataset. The same samples make the same commits, on branch main; repositories that are there
// already are brought up to date. It needs git.
func Materialise(ctx context.Context, dir string) (map[string]string, error) {
	paths := make(map[string]string, len(folders))
	for dataset, folder := range folders {
		path, err := filepath.Abs(filepath.Join(dir, folder+".git"))
		if err != nil {
			return nil, err
		}
		if err := repository(ctx, folder, path); err != nil {
			return nil, fmt.Errorf("make the sample source %s: %w", dataset, err)
		}
		paths[dataset] = path
	}
	return paths, nil
}

// repository makes a bare repository at path that holds an embedded folder.
func repository(ctx context.Context, folder, path string) error {
	tree, err := fs.Sub(files, folder)
	if err != nil {
		return err
	}
	stream, err := importStream(tree)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	if err := git(ctx, path, nil, "init", "--bare", "--quiet", "--initial-branch=main"); err != nil {
		return err
	}
	return git(ctx, path, stream, "fast-import", "--quiet", "--force")
}

// importStream describes one commit of all files in the language of git fast-import, which needs no
// copy of the files on disk.
func importStream(tree fs.FS) ([]byte, error) {
	const message = "Sample records\n"
	var b bytes.Buffer
	fmt.Fprintf(&b, "commit refs/heads/main\ncommitter Sample Sources <samples@bibxml.invalid> 1735689600 +0000\ndata %d\n%sdeleteall\n", len(message), message)
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(tree, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "M 100644 inline %s\ndata %d\n%s\n", path, len(content), content)
		return nil
	})
	b.WriteString("done\n")
	return b.Bytes(), err
}

// git runs git in a repository, untouched by anyone's configuration.
func git(ctx context.Context, repository string, stdin []byte, args ...string) error {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = repository
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_DIR="+repository)
	cmd.Stdin = bytes.NewReader(stdin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("git %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(out))
	}
	return nil
}
