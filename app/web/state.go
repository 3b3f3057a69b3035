package web

import (
	"context"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
)

// sourceStates keeps the state of the sources, which every page shows, for as long as the index does
// not change.
type sourceStates struct {
	mu         sync.Mutex
	generation int64
	sources    []catalog.Source
}

// indexed gives the state of every source that was ever indexed.
func (s *Server) indexed(ctx context.Context) ([]catalog.Source, error) {
	current, known := s.Generation.Generation()
	if !known {
		sources, _, err := settled(ctx, s.Generation, s.Catalog.Sources)
		return sources, err
	}
	s.states.mu.Lock()
	defer s.states.mu.Unlock()
	if s.states.sources != nil && s.states.generation == current {
		return s.states.sources, nil
	}
	sources, state, err := settled(ctx, s.Generation, s.Catalog.Sources)
	if err == nil && state != unsettled {
		s.states.sources, s.states.generation = sources, state
	}
	return sources, err
}

// origin is the scheme and host that absolute links begin with: the primary host name over https, or
// on a developer's machine the host that was asked.
func (s *Server) origin(c echo.Context) string {
	if s.Site.Host != "" {
		return "https://" + s.Site.Host
	}
	return callerOf(c).scheme + "://" + c.Request().Host
}
