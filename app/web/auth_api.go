package web

import (
	"context"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Tokens knows the tokens that open the JSON API.
type Tokens interface {
	// Check fails with fault.Forbidden when a token is not good, with fault.Unavailable when nobody can tell.
	Check(ctx context.Context, token string) error
}

const datatrackerHeader = "X-Datatracker-Token"

// api lets through everybody, or those alone who have a token of the Datatracker or have signed in
// (compatibility, section 10).
func (s *Server) api(next echo.HandlerFunc) echo.HandlerFunc {
	if s.Tokens == nil {
		return next
	}
	return func(c echo.Context) error {
		keepPrivate(c)
		addVary(c.Response().Header(), datatrackerHeader)
		addVary(c.Response().Header(), "Cookie")
		if token := c.Request().Header.Get(datatrackerHeader); token != "" {
			err := s.prove(c, datatrackerHeader, func() error { return s.Tokens.Check(c.Request().Context(), token) })
			if err != nil {
				return err
			}
			return next(c)
		}
		if _, ok := s.session(c); !ok {
			return fault.New(fault.Forbidden, "The API needs the header %s with a token of the Datatracker, or a session of this service.", datatrackerHeader)
		}
		return next(c)
	}
}
