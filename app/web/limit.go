package web

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// maxClients bounds how many clients are remembered; those that have not searched for longest are
// forgotten first.
const maxClients = 10_000

// searchTime gives each client time to search with. What counts is the time that its searches took, so
// that thousands of quick ones are as welcome as a few that read the whole corpus.
type searchTime struct {
	perMinute time.Duration
	clients   *otter.Cache[netip.Prefix, *rate.Limiter]
	now       func() time.Time
}

// newSearchTime lets every client search for that long in each minute, and for twice as long at first;
// zero does not limit anybody.
func newSearchTime(perMinute time.Duration) *searchTime {
	return &searchTime{
		perMinute: perMinute,
		clients:   otter.Must(&otter.Options[netip.Prefix, *rate.Limiter]{MaximumSize: maxClients}),
		now:       time.Now,
	}
}

// of gives the account of a client, in milliseconds. A network of IPv6 that is given to one subscriber
// is one client.
func (s *searchTime) of(client netip.Addr) *rate.Limiter {
	bits := client.BitLen()
	if client.Is6() {
		bits = 64
	}
	key, _ := client.Prefix(bits) // an address that is unknown shares the account of all such
	account, _ := s.clients.ComputeIfAbsent(key, func() (*rate.Limiter, bool) {
		return rate.NewLimiter(rate.Limit(float64(s.perMinute.Milliseconds())/60), s.burst()), false
	})
	return account
}

func (s *searchTime) burst() int { return int(2 * s.perMinute.Milliseconds()) }

// limit refuses a search of a client that has used up its time, until some has come back. The headers
// are those of draft-ietf-httpapi-ratelimit-headers; their unit is a second of searching.
func (s *searchTime) limit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.perMinute == 0 {
			return next(c)
		}
		account, began := s.of(callerOf(c).address), s.now()
		left := account.TokensAt(began)
		h := c.Response().Header()
		h.Set("RateLimit-Policy", fmt.Sprintf(`"search";q=%d;w=120`, s.burst()/1000))
		h.Set("RateLimit", fmt.Sprintf(`"search";r=%d`, max(0, int(left)/1000)))
		if left <= 0 {
			wait := math.Ceil((1 - left) / float64(account.Limit()))
			h.Set("Retry-After", strconv.Itoa(int(wait)))
			return echo.NewHTTPError(http.StatusTooManyRequests)
		}
		err := next(c)
		now := s.now()
		account.ReserveN(now, min(int(now.Sub(began).Milliseconds()), s.burst()))
		return err
	}
}
