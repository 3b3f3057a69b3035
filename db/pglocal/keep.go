package pglocal

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	// keepLook is how often Keep looks whether the server runs.
	keepLook = time.Second
	// mostKeepPause bounds the pause between two attempts to start it, which doubles with each that fails.
	mostKeepPause = time.Minute
)

// keep starts the server again, at the same address, whenever it has ended without being told to, until ctx ends.
func (s *Server) keep(ctx context.Context) {
	pause := keepLook
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if _, running := s.cluster.runningPort(); running {
			pause = keepLook
			continue
		}
		s.cluster.log("the private PostgreSQL in %s has ended; starting it again", s.cluster.data)
		err := s.revive(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			s.cluster.log("the private PostgreSQL in %s runs again", s.cluster.data)
			pause = keepLook
		default:
			pause = min(2*pause, mostKeepPause)
			s.cluster.log("the private PostgreSQL in %s could not be started, next attempt in %s: %v", s.cluster.data, pause, err)
		}
	}
}

// revive starts the server unless another process that uses it has done so already.
func (s *Server) revive(ctx context.Context) error {
	mutex, err := lockFile(ctx, filepath.Join(s.cluster.base, "lock"), exclusive)
	if err != nil {
		return err
	}
	defer mutex.release()
	if _, running := s.cluster.runningPort(); running {
		return nil
	}
	return s.cluster.startAgain(ctx)
}

// startAgain starts the server with the settings that it had before, its port included. It returns when the server
// answers, which after a crash is when it has recovered.
func (c *cluster) startAgain(ctx context.Context) error {
	logFile := c.data + ".log"
	// No pipe to its output: the server inherits it, and we would wait for the end of the server.
	if err := c.pgCtl(ctx, "start", "--log", logFile).Run(); err != nil {
		out, _ := os.ReadFile(logFile) // the error alone must do then
		return fmt.Errorf("pg_ctl start: %w: %s", err, bytes.TrimSpace(tail(out)))
	}
	return nil
}
