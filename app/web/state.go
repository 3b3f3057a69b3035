package web

import (
	"context"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/views"
)

// newestShown is how many of the newest documents the first page has.
const newestShown = 8

// perState keeps what many pages show for as long as the index does not change.
type perState[T any] struct {
	mu         sync.Mutex
	kept       bool
	generation int64
	value      T
}

// get gives what is kept, or reads it.
func (p *perState[T]) get(ctx context.Context, g Generation, read func(context.Context) (T, error)) (T, error) {
	current, known := g.Generation()
	if !known {
		value, _, err := settled(ctx, g, read)
		return value, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept && p.generation == current {
		return p.value, nil
	}
	value, state, err := settled(ctx, g, read)
	if err == nil && state != unsettled {
		p.value, p.generation, p.kept = value, state, true
	}
	return value, err
}

// of returns the value that is kept of a state.
func (p *perState[T]) of(state int64) (value T, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.value, p.kept && p.generation == state
}

// indexed gives the state of every source that was ever indexed.
func (s *Server) indexed(ctx context.Context) ([]catalog.Source, error) {
	return s.states.get(ctx, s.Generation, s.Catalog.Sources)
}

// newest gives the newest documents, for the first page.
func (s *Server) newest(ctx context.Context) ([]views.Hit, error) {
	return s.latest.get(ctx, s.Generation, func(ctx context.Context) ([]views.Hit, error) {
		docs, err := s.Catalog.Newest(ctx, 3*newestShown)
		return views.NewestOf(docs, newestShown), err
	})
}

// Limits on asking for the ages of sources, which are decoration of a page that many ask for.
const (
	agesKept    = 5 * time.Second
	agesTimeout = time.Second
)

// sourceAges keeps the ages of the sources for a moment: they grow without the index changing.
type sourceAges struct {
	mu    sync.Mutex
	tried time.Time // when they were last asked for
	at    time.Time // when that last succeeded
	ages  []SourceAge
}

// due says whether the ages are to be asked for now, which it says to one visitor in a while: a failure is not tried again at
// once, and nobody waits for what somebody else asks.
func (a *sourceAges) due() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if time.Since(a.tried) <= agesKept {
		return false
	}
	a.tried = time.Now()
	return true
}

func (a *sourceAges) keep(ages []SourceAge) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ages, a.at = ages, time.Now()
}

// times gives what checked does, as far as it is kept.
func (a *sourceAges) times() map[string]time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	times := make(map[string]time.Time, len(a.ages))
	for _, source := range a.ages {
		if !source.Never {
			times[source.Dataset] = a.at.Add(-source.Age)
		}
	}
	return times
}

// checked gives the time at which each source was last looked at without failure, as far as that is known. One visitor asks for
// all, even after having left.
func (s *Server) checked(ctx context.Context) map[string]time.Time {
	if s.ages.due() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), agesTimeout)
		defer cancel()
		if ages, err := s.Health.Ages(ctx); err == nil {
			s.ages.keep(ages)
		}
	}
	return s.ages.times()
}

// origin is the scheme and host that absolute links begin with: the primary host name over https, or
// on a developer's machine the host that was asked.
func (s *Server) origin(c echo.Context) string {
	if s.Site.Host != "" {
		return "https://" + s.Site.Host
	}
	return callerOf(c).scheme + "://" + c.Request().Host
}
