package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// room is how much fits on the full disk: a mirror needs more.
const room = 128 << 10

// fullDisk gives the worker a disk that is too small for its copies of the sources, asks it for an indexing, which
// has to fail and say why, and gives it a disk that is large enough.
func (s *scene) fullDisk(ctx context.Context) (err error) {
	s.worker.Stop()
	disk, err := newDisk(ctx, filepath.Join(s.dir, "disk"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, disk.release()) }()
	if s.worker, err = disk.worker(ctx, s.lab); err != nil {
		return err
	}
	source := s.sources[0]
	if err := source.Advance(ctx); err != nil {
		return err
	}
	id, err := s.request(ctx, source)
	if err != nil {
		return err
	}
	_, failed := s.lab.Ended(ctx, source.Dataset, id)
	s.worker.Stop()
	switch {
	case failed == nil:
		return errors.New("an indexing without room for its source did not fail")
	case !strings.Contains(failed.Error(), disk.complaint):
		return fmt.Errorf("an indexing without room for its source failed for another reason: %w", failed)
	}
	s.worker, err = s.lab.Worker(ctx)
	return err
}

// disk is where little fits: a file system of its own, when we may make one, else a limit on the size of files.
type disk struct {
	dir       string
	mounted   bool
	complaint string // what git says when it is full
}

func newDisk(ctx context.Context, dir string) (*disk, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	size := fmt.Sprintf("size=%d", room)
	if exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", size, "tmpfs", dir).Run() == nil {
		return &disk{dir, true, "No space left on device"}, nil
	}
	return &disk{dir, false, ""}, nil
}

func (d *disk) worker(ctx context.Context, lab *harness.Lab) (*harness.Process, error) {
	if d.mounted {
		return lab.Worker(ctx, "DATASET_TMP_ROOT="+d.dir)
	}
	return lab.LimitedWorker(ctx, room/1024, "DATASET_TMP_ROOT="+d.dir)
}

func (d *disk) release() error {
	if d.mounted {
		if out, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	return os.RemoveAll(d.dir)
}
