package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestSearchTime(t *testing.T) {
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	limits := newSearchTime(10 * time.Second)
	limits.now = func() time.Time { return now }
	e := echo.New()
	e.Use(withProxies([]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}))
	takes := time.Duration(0)
	e.GET("/", func(c echo.Context) error {
		now = now.Add(takes)
		return c.NoContent(http.StatusOK)
	}, limits.limit)
	ask := func(client string, searching time.Duration) *httptest.ResponseRecorder {
		takes = searching
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.RemoteAddr = "127.0.0.1:1"
		request.Header.Set("X-Forwarded-For", client)
		recorder := httptest.NewRecorder()
		e.ServeHTTP(recorder, request)
		return recorder
	}
	for _, step := range []struct {
		name, client string
		takes, after time.Duration
		status       int
		left, retry  string
	}{
		{"the first", "192.0.2.1", 5 * time.Second, 0, 200, `"search";r=20`, ""},
		{"the second", "192.0.2.1", 19 * time.Second, 0, 200, `"search";r=15`, ""},
		{"used up", "192.0.2.1", 0, 0, 429, `"search";r=0`, "6"},
		{"another client", "192.0.2.2", 0, 0, 200, `"search";r=20`, ""},
		{"not yet", "192.0.2.1", 0, 3 * time.Second, 429, `"search";r=0`, "3"},
		{"some has come back", "192.0.2.1", 0, 4 * time.Second, 200, `"search";r=0`, ""},
		{"all has come back", "192.0.2.1", 0, 10 * time.Minute, 200, `"search";r=20`, ""},
		{"a network of IPv6", "2001:db8::1", 60 * time.Second, 0, 200, `"search";r=20`, ""},
		{"the same network", "2001:db8::ffff:1", 0, 0, 429, `"search";r=0`, "1"},
		{"another network", "2001:db8:0:1::1", 0, 0, 200, `"search";r=20`, ""},
	} {
		now = now.Add(step.after)
		got := ask(step.client, step.takes)
		if got.Code != step.status || got.Header().Get("RateLimit") != step.left || got.Header().Get("Retry-After") != step.retry {
			t.Errorf("%s: status %d, left %s, retry %q; want %d, %s, %q", step.name,
				got.Code, got.Header().Get("RateLimit"), got.Header().Get("Retry-After"), step.status, step.left, step.retry)
		}
	}
}

func TestManyQuickSearchesAreWelcome(t *testing.T) {
	limits := newSearchTime(10 * time.Second)
	handler := limits.limit(func(echo.Context) error { return nil })
	for range 5000 {
		c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder())
		if err := handler(c); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSearchTimeWithoutLimit(t *testing.T) {
	failed := errors.New("failed")
	handler := newSearchTime(0).limit(func(echo.Context) error { return failed })
	recorder := httptest.NewRecorder()
	if err := handler(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), recorder)); !errors.Is(err, failed) {
		t.Errorf("error %v", err)
	}
	if len(recorder.Header()) != 0 {
		t.Errorf("headers %v", recorder.Header())
	}
}
