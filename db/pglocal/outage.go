package pglocal

import (
	"bytes"
	"context"
	"fmt"
	"os"
)

// Halt shuts the server down while it is in use, for tests of those who use it: in order, with every
// session ended, or at once and without writing anything, as when a machine fails. Resume starts it again.
func (s *Server) Halt(ctx context.Context, atOnce bool) error {
	mode := "fast"
	if atOnce {
		mode = "immediate"
	}
	if err := s.cluster.pgCtl(ctx, "stop", "--mode", mode).Run(); err != nil {
		return fmt.Errorf("halt the private PostgreSQL: %w", err)
	}
	return nil
}

// Resume starts the server again after Halt, at the same address. It returns when the server answers, which
// after a halt at once is when it has recovered.
func (s *Server) Resume(ctx context.Context) error {
	logFile := s.cluster.data + ".log"
	if err := s.cluster.pgCtl(ctx, "start", "--log", logFile).Run(); err != nil {
		out, _ := os.ReadFile(logFile) // the error alone must do then
		return fmt.Errorf("resume the private PostgreSQL: %w: %s", err, bytes.TrimSpace(tail(out)))
	}
	return nil
}
