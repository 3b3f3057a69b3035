package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
)

// guarded answers "fine" behind all that surrounds a handler.
func guarded(t *testing.T, handler echo.HandlerFunc) http.Handler {
	t.Helper()
	s := &Server{Deps: Deps{
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
		Hits:   metrics.NewHits(prometheus.NewRegistry()),
		Report: func(context.Context, error, map[string]string) {},
	}}
	e := echo.New()
	e.HTTPErrorHandler = s.handleError
	e.Use(withRequestID, withLog(s.Log, s.Hits), withRecover, withHeaders(contentPolicy("")), withHosts([]string{"example.com", "::1"}), withLimits)
	s.get(e, "/api/v1/thing/", handler)
	return e
}

func fine(c echo.Context) error { return c.String(http.StatusOK, "fine") }

func TestRequestsAreChecked(t *testing.T) {
	long := strings.Repeat("x", maxParam+1)
	tests := []struct {
		name, method, target, host string
		status                     int
	}{
		{"sound", "GET", "/api/v1/thing/?q=%C3%BC", "", 200},
		{"head", "HEAD", "/api/v1/thing/", "", 200},
		{"without its slash", "GET", "/api/v1/thing?q=1", "", 301},
		{"wrong method", "POST", "/api/v1/thing/", "", 405},
		{"unknown path", "GET", "/api/v1/nothing/", "", 404},
		{"unknown host", "GET", "/api/v1/thing/", "evil.example", 400},
		{"host with a port", "GET", "/api/v1/thing/", "EXAMPLE.com:8000", 200},
		{"host as an IPv6 address", "GET", "/api/v1/thing/", "[::1]:8000", 200},
		{"parameter not UTF-8", "GET", "/api/v1/thing/?q=%ff", "", 400},
		{"name of a parameter not UTF-8", "GET", "/api/v1/thing/?%ff=1", "", 400},
		{"parameter with NUL", "GET", "/api/v1/thing/?q=%00", "", 400},
		{"parameter too long", "GET", "/api/v1/thing/?q=" + long, "", 400},
		{"address too long", "GET", "/api/v1/thing/?" + strings.Repeat("a=1&", 3000), "", 400},
		{"broken escape", "GET", "/api/v1/thing/?q=%zz", "", 400},
		{"path not UTF-8", "GET", "/api/v1/%ff/", "", 400},
		{"path with NUL", "GET", "/api/v1/thing/%00", "", 404},
		{"preflight", "OPTIONS", "/api/v1/thing/", "", 204},
	}
	handler := guarded(t, fine)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := httptest.NewRequest(test.method, test.target, nil)
			if test.host != "" {
				request.Host = test.host
			}
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			if recorder.Code != test.status {
				t.Errorf("status %d, want %d: %s", recorder.Code, test.status, recorder.Body)
			}
			if recorder.Header().Get("Content-Security-Policy") == "" || recorder.Header().Get(requestIDHeader) == "" {
				t.Error("the answer lacks its protective headers or the request id")
			}
		})
	}
}

func TestFailuresBecomeAnswers(t *testing.T) {
	tests := []struct {
		name    string
		handler echo.HandlerFunc
		status  int
		message string
	}{
		{"a panic tells nothing of itself", func(echo.Context) error { panic("secret") }, 500, "on our side"},
		{"an unexpected failure neither", func(echo.Context) error { return io.ErrUnexpectedEOF }, 500, "on our side"},
		{"refused", func(echo.Context) error { return fault.New(fault.Invalid, "name a thing") }, 400, "name a thing"},
		{"database away", func(echo.Context) error { return fault.New(fault.Unavailable, "try again") }, 503, "try again"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			recorder := httptest.NewRecorder()
			guarded(t, test.handler).ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/api/v1/thing/", nil))
			if recorder.Code != test.status || !strings.Contains(recorder.Body.String(), test.message) {
				t.Errorf("status %d, %s; want %d and %q", recorder.Code, recorder.Body, test.status, test.message)
			}
			if test.status == 503 && recorder.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		})
	}
}

func TestRequestIDIsTakenOverWhenSound(t *testing.T) {
	for given, taken := range map[string]bool{"abc-123": true, "": false, "a b": false, strings.Repeat("a", 65): false, "<script>": false} {
		request := httptest.NewRequest(http.MethodGet, "/api/v1/thing/", nil)
		request.Header.Set(requestIDHeader, given)
		recorder := httptest.NewRecorder()
		guarded(t, fine).ServeHTTP(recorder, request)
		if got := recorder.Header().Get(requestIDHeader); (got == given) != taken || got == "" {
			t.Errorf("id %q became %q", given, got)
		}
	}
}
