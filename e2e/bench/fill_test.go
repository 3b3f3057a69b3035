package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", append([]string{"-C", dir, "-c", "user.name=T", "-c", "user.email=t@example.org"}, args...)...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

func TestFillOne(t *testing.T) {
	source := t.TempDir()
	git(t, source, "init", "-q", "-b", "main")
	require.NoError(t, os.Mkdir(filepath.Join(source, "data"), 0o755))
	record := "id: RFC1\ndocid:\n- id: RFC 1\n  type: IETF\n- type: DOI\n  id: '10.1/RFC1'\ntitle: an id: x\n"
	for _, file := range []string{"data/RFC1.yaml", "data/RFC2.yaml", "data/README.md", "other.yaml"} {
		require.NoError(t, os.WriteFile(filepath.Join(source, file), []byte(record), 0o600))
	}
	git(t, source, "add", "-A")
	git(t, source, "commit", "-q", "-m", "records")

	filled := filepath.Join(t.TempDir(), "filled.git")
	require.NoError(t, fillOne(t.Context(), source, filled, 2.05))
	files := strings.Fields(git(t, filled, "ls-tree", "-r", "--name-only", "main"))
	require.Equal(t, []string{"data/README.md", "data/RFC1.1.yaml", "data/RFC1.2.yaml", "data/RFC1.yaml", "data/RFC2.1.yaml", "data/RFC2.yaml", "other.yaml"}, files)
	copied := git(t, filled, "show", "main:data/RFC1.1.yaml")
	require.Equal(t, "id: copy 1 RFC1\ndocid:\n- id: copy 1 RFC 1\n  type: IETF\n- type: DOI\n  id: 'copy 1 10.1/RFC1'\ntitle: an id: x\n", copied)
}
