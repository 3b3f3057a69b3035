package web

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Generation tells which state of the index is current. While that is unknown (the connection that
// would announce a new one is down) ok is false, and nothing is taken from the cache or put into it.
type Generation interface {
	Generation() (number int64, ok bool)
	// Published gives the time at which the current state was published; zero while it is unknown.
	Published() time.Time
	// Last returns the state that was known last to be current, and the time of that; zero if none ever was.
	Last() (number int64, at time.Time)
	// Confirm asks the index itself; a state that is newer than the current one is current from then on.
	Confirm(ctx context.Context) (number int64, err error)
}

const (
	// settleAttempts bounds how often one request reads the index again. States are published seconds apart,
	// and reading takes milliseconds.
	settleAttempts = 4
	// unsettled is the state of what was read of several.
	unsettled = -1
)

// settled reads the index until everything that was read is of one state, and tells which: an answer takes several
// queries, and a new state may be published between two of them. That a document was not found is such a
// reading as well. What was read is of the state that was current before, when that still is afterwards; and
// since the answer makes its state the current one, no later one can be of an older state.
func settled[T any](ctx context.Context, g Generation, read func(context.Context) (T, error)) (value T, state int64, err error) {
	state, known := g.Generation()
	if !known {
		if state, err = g.Confirm(ctx); err != nil {
			return value, unsettled, err
		}
	}
	for range settleAttempts {
		value, err = read(ctx)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return value, unsettled, err
		}
		now, failed := g.Confirm(ctx)
		if failed != nil {
			return value, unsettled, failed
		}
		if now == state {
			return value, state, err
		}
		state = now
	}
	return value, unsettled, err
}

// settledPage sends a page of which everything is of one state of the index.
func (s *Server) settledPage(c echo.Context, read func(context.Context) (templ.Component, error)) error {
	component, _, err := settled(c.Request().Context(), s.Generation, read)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, component)
}
