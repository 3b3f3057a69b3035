package web

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/admission"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
)

// SearchLimits bound what searches take from everybody else (docs/adr/0024).
type SearchLimits struct {
	PerMinute time.Duration // that each client may search for in a minute; 0: without limit
	Each      time.Duration // how long one query may take, which a search counts for until it has ended
	AtOnce    int           // searches that run at the same time
	PerClient int           // of one client
	Wait      time.Duration // how long a search waits for its turn
}

const (
	// maxWaitingSearches bounds the searches that wait for their turn.
	maxWaitingSearches = 100
	// retryClient is how many seconds a client should wait that has too many searches under way.
	retryClient = 2
)

// searching admits searches.
type searching struct {
	each     time.Duration
	budget   *admission.Budget[netip.Prefix]
	queue    *admission.Queue[netip.Prefix]
	measured *metrics.Searches
}

func newSearching(limits SearchLimits, measured *metrics.Searches) *searching {
	s := &searching{
		each:   limits.Each,
		budget: admission.NewBudget[netip.Prefix](limits.PerMinute, limits.Each),
		queue: admission.NewQueue[netip.Prefix](admission.Limits{
			Total: limits.AtOnce, PerClient: limits.PerClient, Waiting: maxWaitingSearches, Patience: limits.Wait,
		}),
		measured: measured,
	}
	measured.Watch(s.queue.Load)
	return s
}

// clientOf returns whom a search is counted for: an address, or a network of IPv6 that is given to one subscriber. All
// whose address is unknown are one client.
func clientOf(address netip.Addr) netip.Prefix {
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	client, _ := address.Prefix(bits)
	return client
}

// limit lets a search wait for its turn. It refuses the search of a client that has used up its time, or has too many
// searches under way, with 429, and when those of others take too long, with 503. The headers are those of
// draft-ietf-httpapi-ratelimit-headers; their unit is a second of searching.
func (s *searching) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		client, header := clientOf(callerOf(c).address), c.Response().Header()
		settle, left, wait := s.budget.Reserve(client)
		if s.budget.Limited() {
			header.Set("RateLimit-Policy", fmt.Sprintf(`"search";q=%d;w=120`, int(s.budget.Most().Seconds())))
			header.Set("RateLimit", fmt.Sprintf(`"search";r=%d`, max(0, int(left.Seconds()))))
		}
		if settle == nil {
			s.measured.Refused(metrics.RefusedTime)
			header.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			return echo.NewHTTPError(http.StatusTooManyRequests)
		}
		leave, err := s.queue.Enter(c.Request().Context(), client)
		if err != nil {
			settle(0)
			return s.refuse(header, err)
		}
		began := time.Now()
		defer func() {
			leave()
			settle(time.Since(began))
		}()
		return next(c)
	}
}

// refuse returns the failure of a search whose turn did not come.
func (s *searching) refuse(header http.Header, err error) error {
	switch {
	case errors.Is(err, admission.ErrClient):
		s.measured.Refused(metrics.RefusedClient)
		header.Set("Retry-After", strconv.Itoa(retryClient))
		return fault.Wrap(fault.Throttled, err, "You have too many searches under way. Try again once they have ended.")
	case errors.Is(err, admission.ErrFull):
		s.measured.Refused(metrics.RefusedLoad)
		return fault.Wrap(fault.Unavailable, err, "Too many searches are under way. Please try again in a few seconds.")
	}
	return err
}
