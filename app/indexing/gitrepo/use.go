package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/ietf-tools/bibxml/app/fault"
)

const (
	// useWait is how long a command waits for another process that uses the mirror: longer than a fetch that has stalled lasts.
	useWait = 2 * time.Minute
	// useEvery is how often it looks.
	useEvery = 50 * time.Millisecond
)

// uses holds the mirrors that this process uses, by directory. A process holds the lock on a mirror while a command runs in
// it. Each git process inherits the lock: one that outlives a killed worker keeps the next worker waiting until it has ended.
var uses = struct {
	sync.Mutex
	of map[string]*use
}{of: make(map[string]*use)}

// use is one lock and the number of commands that share it.
type use struct {
	file     *os.File
	commands int
}

// begin waits until no other process uses the mirror, and returns the locked file that a git process must inherit. The first
// command that obtains the lock removes the lock files that a killed git left behind.
//
// The error is of kind Unavailable when another process still uses the mirror after two minutes.
func (m *Mirror) begin(ctx context.Context) (locked *os.File, end func(), err error) {
	late := time.After(useWait)
	for {
		locked, err := m.tryUse()
		if err == nil {
			return locked, m.endUse, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, nil, fmt.Errorf("lock mirror %s: %w", m.dir, err)
		}
		select {
		case <-ctx.Done():
			return nil, nil, context.Cause(ctx)
		case <-late:
			return nil, nil, fault.New(fault.Unavailable, "Another process has used the mirror %s for more than %s: end it, a git process as a rule.",
				m.dir, useWait)
		case <-time.After(useEvery):
		}
	}
}

func (m *Mirror) tryUse() (*os.File, error) {
	uses.Lock()
	defer uses.Unlock()
	if held := uses.of[m.dir]; held != nil {
		held.commands++
		return held.file, nil
	}
	if err := os.MkdirAll(m.dir, 0o750); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(m.dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == nil {
		err = m.removeLocks()
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	uses.of[m.dir] = &use{file: file, commands: 1}
	return file, nil
}

func (m *Mirror) endUse() {
	uses.Lock()
	defer uses.Unlock()
	held := uses.of[m.dir]
	held.commands--
	if held.commands == 0 {
		_ = held.file.Close() // which releases the lock
		delete(uses.of, m.dir)
	}
}

// removeLocks removes git's own lock files. Only a process that holds the lock on the mirror may call it: no git runs then.
func (m *Mirror) removeLocks() error {
	root, err := os.OpenRoot(m.gitDir())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path == "objects":
			return fs.SkipDir
		case !entry.IsDir() && (strings.HasSuffix(path, ".lock") || path == "gc.pid"):
			return root.Remove(path)
		}
		return nil
	})
}
