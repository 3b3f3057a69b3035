package ops

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pinned matches an image with an exact version and a digest.
var pinned = regexp.MustCompile(`^[a-z0-9./-]+:[A-Za-z]*[0-9][A-Za-z0-9._-]*@sha256:[0-9a-f]{64}$`)

// withoutDigest is the image whose digest was not known when this was written; scripts/pin-images adds it.
const withoutDigest = "ghcr.io/riverqueue/riverui:0.22.0"

func TestImagesArePinned(t *testing.T) {
	for _, files := range []string{"docker-compose.yml docker-compose.monitor.yml", "docker-compose.dev.yml"} {
		project, err := load(t, nil, strings.Fields(files)...)
		if err != nil {
			t.Fatal(err)
		}
		for name, service := range project.Services {
			if service.Build == nil && !pinned.MatchString(service.Image) && service.Image != withoutDigest {
				t.Errorf("%s of %s runs %s, which is another one tomorrow", name, files, service.Image)
			}
		}
	}
}

// River UI and the program read the same queue.
func TestRiverUIIsThatOfTheProgram(t *testing.T) {
	version := regexp.MustCompile(`riverqueue.com/riverui v(\S+)`).FindStringSubmatch(read(t, "go.mod"))
	if version == nil || !strings.Contains(read(t, "docker-compose.monitor.yml"), "riverui:"+version[1]) {
		t.Errorf("docker-compose.monitor.yml does not run the River UI of go.mod: %v", version)
	}
}

// scripts/pin-images writes the digest that the registry names behind each version, and changes nothing else.
func TestPinImages(t *testing.T) {
	top := t.TempDir()
	files := []string{"Dockerfile", "docker-compose.yml", "docker-compose.dev.yml", "docker-compose.monitor.yml"}
	for _, name := range append([]string{"scripts/pin-images"}, files...) {
		write(t, filepath.Join(top, name), read(t, name), 0o700)
	}
	digest := "sha256:" + strings.Repeat("ab", 32)
	write(t, filepath.Join(top, "bin", "docker"), "#!/bin/sh\necho "+digest+"\n", 0o700)
	for range 2 { // it replaces digests as well
		pin := exec.CommandContext(t.Context(), filepath.Join(top, "scripts", "pin-images"))
		pin.Env = append(os.Environ(), "PATH="+filepath.Join(top, "bin")+":"+os.Getenv("PATH"))
		if output, err := pin.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, output)
		}
	}
	known := regexp.MustCompile(`@sha256:[0-9a-f]{64}`)
	for _, name := range files {
		got, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		before := strings.ReplaceAll(known.ReplaceAllString(read(t, name), "@"+digest), withoutDigest+"}", withoutDigest+"@"+digest+"}")
		if string(got) != before {
			t.Errorf("%s became:\n%s", name, got)
		}
	}
}

func write(t *testing.T, path, content string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
