package ops

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

func stages(t *testing.T) []instructions.Stage {
	t.Helper()
	parsed, err := parser.Parse(strings.NewReader(read(t, "Dockerfile")))
	if err != nil {
		t.Fatal(err)
	}
	for _, warning := range parsed.Warnings {
		t.Errorf("Dockerfile: %s", warning.Short)
	}
	lint := linter.New(&linter.Config{
		Warn: func(rule, _, _, message string, at []parser.Range) {
			t.Errorf("Dockerfile, %v: %s: %s", at, rule, message)
		},
	})
	found, _, err := instructions.Parse(parsed.AST, lint)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDockerfile(t *testing.T) {
	found := stages(t)
	for _, stage := range found {
		if !pinned.MatchString(stage.BaseName) {
			t.Errorf("stage from %s, which is another one tomorrow", stage.BaseName)
		}
	}
	if version, _, _ := strings.Cut(strings.TrimPrefix(found[0].BaseName, "golang:"), "-"); !strings.HasPrefix(version, "1.26.") {
		t.Errorf("built with Go %s, tested with 1.26", version)
	}
	labels := map[string]bool{}
	var user string
	var health, entry []string
	for _, command := range found[len(found)-1].Commands {
		switch c := command.(type) {
		case *instructions.LabelCommand:
			for _, label := range c.Labels {
				labels[strings.Trim(label.Key, `"`)] = true
			}
		case *instructions.UserCommand:
			user = c.User
		case *instructions.HealthCheckCommand:
			health = c.Health.Test
		case *instructions.EntrypointCommand:
			entry = c.CmdLine
			if c.PrependShell {
				t.Error("the program would run below a shell, which does not pass signals on")
			}
		}
	}
	for _, name := range []string{"version", "revision", "created", "source", "licenses", "title"} {
		if !labels["org.opencontainers.image."+name] {
			t.Errorf("no label org.opencontainers.image.%s", name)
		}
	}
	if user != "10001:10001" {
		t.Errorf("runs as %q; Kubernetes believes only numbers", user)
	}
	if strings.Join(health, " ") != "CMD bibxml health" || strings.Join(entry, " ") != "bibxml" {
		t.Errorf("health check %v, entry point %v", health, entry)
	}
}

// What .dockerignore lets through is enough to build the program, and nothing else.
func TestBuildContext(t *testing.T) {
	file, err := os.Open(filepath.Join(root, ".dockerignore"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	patterns, err := ignorefile.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	tracked, err := exec.CommandContext(t.Context(), "git", "-C", root, "ls-files", "--cached", "--others", "-z").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(strings.Trim(string(tracked), "\x00"), "\x00") {
		if out, err := ignored.MatchesOrParentMatches(name); err != nil {
			t.Fatal(err)
		} else if out {
			continue
		}
		if strings.HasPrefix(filepath.Base(name), ".env") {
			t.Errorf("%s would get into the image", name)
		}
		content, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // removed and not committed
		}
		if err == nil {
			err = place(filepath.Join(to, name), content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-buildvcs=false", "-o", filepath.Join(to, "out"),
		"-ldflags", "-s -w -X github.com/ietf-tools/bibxml/app/config.version=1.2.3 -X github.com/ietf-tools/bibxml/app/config.commit=abc", ".")
	build.Dir, build.Env = to, append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	told, err := exec.CommandContext(t.Context(), filepath.Join(to, "out"), "version").Output()
	if err != nil || strings.TrimSpace(string(told)) != "bibxml 1.2.3" {
		t.Errorf("the program tells %q, %v; want the version that it was built with", told, err)
	}
	info, err := os.Stat(filepath.Join(to, "out"))
	if err != nil || info.Size() > largest {
		t.Errorf("the program has %d bytes, %v; docs/operations.md allows %d", info.Size(), err, largest)
	}
}

// largest is the most bytes that the program may have: unpacked, the image adds 8 MB of Alpine and some 17 MB of
// git; compressed, all of it has less than half of that.
const largest = 42_000_000

func place(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), fs.FileMode(0o755)); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}
