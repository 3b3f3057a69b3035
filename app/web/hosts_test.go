package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
)

// Kubernetes and Prometheus find each instance by its address, and ask for it by that.
func TestProbesMayNameTheAddress(t *testing.T) {
	e := echo.New()
	e.HTTPErrorHandler = func(_ error, c echo.Context) { _ = c.NoContent(http.StatusBadRequest) }
	e.Use(withHosts([]string{"bib.example"}))
	e.GET("/*", fine)
	for _, tt := range []struct {
		name, target, host, reached string
		status                      int
	}{
		{"health check", "/healthz/", "10.0.0.7:8000", "10.0.0.7", 200},
		{"scrape", "/metrics/", "10.0.0.7", "10.0.0.7", 200},
		{"IPv6", "/metrics/", "[fd00::7]:8000", "fd00::7", 200},
		{"IPv4 within IPv6", "/metrics/", "10.0.0.7:8000", "::ffff:10.0.0.7", 200},
		{"another address", "/metrics/", "10.0.0.8:8000", "10.0.0.7", 400},
		{"a name", "/healthz/", "evil.example", "10.0.0.7", 400},
		{"a page", "/about", "10.0.0.7:8000", "10.0.0.7", 400},
		{"primary host", "/about", "bib.example", "10.0.0.7", 200},
	} {
		t.Run(tt.name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodGet, tt.target, nil)
			request.Host = tt.host
			address := &net.TCPAddr{IP: net.ParseIP(tt.reached), Port: 8000}
			request = request.WithContext(context.WithValue(request.Context(), http.LocalAddrContextKey, address))
			recorder := httptest.NewRecorder()
			e.ServeHTTP(recorder, request)
			if recorder.Code != tt.status {
				t.Errorf("status = %d, want %d", recorder.Code, tt.status)
			}
		})
	}
}
