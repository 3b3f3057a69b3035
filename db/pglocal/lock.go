package pglocal

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"time"
)

const (
	shared    = syscall.LOCK_SH
	exclusive = syscall.LOCK_EX
)

// lock is a lock on a file. The kernel lets go of it when the process dies, in whatever way.
type lock struct{ file *os.File }

// lockFile waits until it holds the file in the given mode.
func lockFile(ctx context.Context, path string, mode int) (*lock, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	l := &lock{file}
	for !l.try(mode) {
		select {
		case <-ctx.Done():
			l.release()
			return nil, fmt.Errorf("wait for %s: %w", path, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return l, nil
}

// try takes the lock, or changes the mode that it is held in, without waiting.
func (l *lock) try(mode int) bool {
	return syscall.Flock(int(l.file.Fd()), mode|syscall.LOCK_NB) == nil
}

func (l *lock) release() { _ = l.file.Close() } // closing cannot leave it held
