package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/front"
)

// Inspect checks what the service depends on: the database, git, and the folder for the copies of the sources. It changes
// nothing.
func Inspect(ctx context.Context, cfg *config.Config) []front.Finding {
	found := []front.Finding{inspectFolder(cfg.MirrorDir), inspectGit()}
	if cfg.DatabaseURL == "" {
		return append(found, front.Finding{What: "Database", Told: "none is configured: bibxml starts a private PostgreSQL", Good: true})
	}
	service, err := New(ctx, cfg)
	if err != nil {
		return append(found, front.Finding{What: "Configuration", Told: err.Error()})
	}
	defer func() { _ = service.Close() }()
	for _, f := range service.db.Inspect(ctx) {
		found = append(found, front.Finding(f))
	}
	return found
}

// inspectFolder checks whether the folder for the copies of the sources, or the nearest one above it that exists, can be written
// to.
func inspectFolder(dir string) front.Finding {
	finding := front.Finding{What: "Copies of sources", Told: dir, Good: true}
	at := dir
	for _, err := os.Stat(at); errors.Is(err, os.ErrNotExist) && at != filepath.Dir(at); _, err = os.Stat(at) {
		at = filepath.Dir(at)
	}
	file, err := os.CreateTemp(at, ".bibxml-check-*")
	if err != nil {
		finding.Good, finding.Told = false, fmt.Sprintf("%s cannot be written to, but the worker has to: %v", dir, err)
		return finding
	}
	_, _ = file.Close(), os.Remove(file.Name())
	return finding
}

func inspectGit() front.Finding {
	if _, err := exec.LookPath("git"); err != nil {
		return front.Finding{What: "git", Told: "is not installed; the worker needs it"}
	}
	return front.Finding{What: "git", Told: "is installed", Good: true}
}
