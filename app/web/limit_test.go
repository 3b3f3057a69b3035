package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/metrics"
)

// searchesThat returns a service whose every search takes as long as the function says.
func searchesThat(limits SearchLimits, takes func() time.Duration) http.Handler {
	searching := newSearching(limits, metrics.NewHits(prometheus.NewRegistry()).Searches)
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c echo.Context) { _ = c.NoContent(present(err).status) }
	e.Use(withProxies([]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}))
	e.GET("/", func(c echo.Context) error {
		select {
		case <-time.After(takes()):
		case <-c.Request().Context().Done():
			return c.Request().Context().Err()
		}
		return c.NoContent(http.StatusOK)
	}, searching.limit)
	return e
}

func searchAs(ctx context.Context, service http.Handler, client string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx)
	request.RemoteAddr = "127.0.0.1:1"
	request.Header.Set("X-Forwarded-For", client)
	recorder := httptest.NewRecorder()
	service.ServeHTTP(recorder, request)
	return recorder
}

func TestSearchTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		takes := time.Duration(0)
		service := searchesThat(SearchLimits{PerMinute: 10 * time.Second, Each: time.Second, AtOnce: 1, PerClient: 1}, func() time.Duration { return takes })
		for _, step := range []struct {
			name, client string
			takes, after time.Duration
			status       int
			left, retry  string
		}{
			{"the first", "192.0.2.1", 5 * time.Second, 0, 200, `"search";r=20`, ""},
			{"the second", "192.0.2.1", 20 * time.Second, 0, 200, `"search";r=15`, ""},
			{"used up", "192.0.2.1", 0, 0, 429, `"search";r=0`, "6"},
			{"another client", "192.0.2.2", 0, 0, 200, `"search";r=20`, ""},
			{"not yet", "192.0.2.1", 0, 3 * time.Second, 429, `"search";r=0`, "3"},
			{"some has come back", "192.0.2.1", 0, 4 * time.Second, 200, `"search";r=0`, ""},
			{"all has come back", "192.0.2.1", 0, 10 * time.Minute, 200, `"search";r=20`, ""},
			{"a network of IPv6", "2001:db8::1", 40 * time.Second, 0, 200, `"search";r=20`, ""},
			{"the same network", "2001:db8::ffff:1", 0, 0, 429, `"search";r=0`, "115"},
			{"another network", "2001:db8:0:1::1", 0, 0, 200, `"search";r=20`, ""},
		} {
			time.Sleep(step.after)
			takes = step.takes
			got := searchAs(t.Context(), service, step.client)
			require.Equal(t, step.status, got.Code, step.name)
			require.Equal(t, step.left, got.Header().Get("RateLimit"), step.name)
			require.Equal(t, step.retry, got.Header().Get("Retry-After"), step.name)
		}
	})
}

// Searches that run count in advance: a hundred at once cannot spend what is there for 24.
func TestSearchesAtOnce(t *testing.T) {
	limits := SearchLimits{PerMinute: time.Minute, Each: 5 * time.Second, AtOnce: 2, PerClient: 1, Wait: 2 * time.Second}
	for _, tt := range []struct {
		name     string
		clients  int
		answered int
	}{
		{"of one client", 1, 1},
		{"of thirty", 30, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				service := searchesThat(limits, func() time.Duration { return 5 * time.Second })
				var mu sync.Mutex
				var group sync.WaitGroup
				statuses := make(map[int]int)
				for n := range 100 {
					group.Go(func() {
						address := netip.AddrFrom4([4]byte{192, 0, 2, byte(n % tt.clients)})
						got := searchAs(t.Context(), service, address.String())
						mu.Lock()
						defer mu.Unlock()
						statuses[got.Code]++
						if got.Code == http.StatusTooManyRequests {
							require.NotEmpty(t, got.Header().Get("Retry-After"))
						}
					})
				}
				group.Wait()
				require.Equal(t, 100, statuses[200]+statuses[429]+statuses[503])
				require.Equal(t, tt.answered, statuses[200])
				require.NotZero(t, statuses[429], "their own client is in the way")
				require.Equal(t, tt.clients > 1, statuses[503] > 0, "others are in the way")
				began := time.Now()
				require.Equal(t, http.StatusOK, searchAs(t.Context(), service, "198.51.100.1").Code)
				require.Equal(t, 5*time.Second, time.Since(began), "all places are free again")
			})
		})
	}
}

// Whoever leaves makes room for the next.
func TestSearchThatIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := searchesThat(SearchLimits{Each: time.Hour, AtOnce: 1, PerClient: 1, Wait: time.Minute}, func() time.Duration { return time.Second })
		ctx, cancel := context.WithCancel(t.Context())
		go searchAs(ctx, service, "192.0.2.1")
		synctest.Wait()
		cancel()
		synctest.Wait()
		began := time.Now()
		require.Equal(t, http.StatusOK, searchAs(t.Context(), service, "192.0.2.1").Code)
		require.Equal(t, time.Second, time.Since(began))
	})
}

func TestSearchTimeWithoutLimit(t *testing.T) {
	failed := errors.New("failed")
	handler := newSearching(SearchLimits{AtOnce: 1, PerClient: 1}, metrics.NewHits(prometheus.NewRegistry()).Searches).limit(func(echo.Context) error { return failed })
	recorder := httptest.NewRecorder()
	err := handler(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), recorder))
	require.ErrorIs(t, err, failed)
	require.Empty(t, recorder.Header())
}
