package pglocal

import (
	"context"
	"fmt"
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
	if err := s.cluster.startAgain(ctx); err != nil {
		return fmt.Errorf("resume the private PostgreSQL: %w", err)
	}
	return nil
}
