package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/labstack/echo/v4"
)

func TestCallers(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, tt := range []struct {
		name, remote                  string
		forwardedFor                  []string
		proto, forwardedHost          string
		address, scheme, host, secure string
	}{
		{name: "directly", remote: "192.0.2.1:1234", address: "192.0.2.1", scheme: "http", host: "bib.example"},
		{
			name: "through a proxy", remote: "10.0.0.1:1234", forwardedFor: []string{"192.0.2.1"}, proto: "https", forwardedHost: "www.example",
			address: "192.0.2.1", scheme: "https", host: "www.example", secure: "max-age=31536000",
		},
		{
			name: "through two", remote: "[fd00::1]:1", forwardedFor: []string{"192.0.2.1, 10.0.0.2"}, proto: "HTTPS",
			address: "192.0.2.1", scheme: "https", host: "bib.example", secure: "max-age=31536000",
		},
		{
			name: "in two lines", remote: "10.0.0.1:1", forwardedFor: []string{"198.51.100.9", "192.0.2.1:5000"},
			address: "192.0.2.1", scheme: "http", host: "bib.example",
		},
		{
			name: "what the client made up stands before", remote: "10.0.0.1:1", forwardedFor: []string{"127.0.0.1, 192.0.2.1"}, proto: "https, http",
			address: "192.0.2.1", scheme: "http", host: "bib.example",
		},
		{
			name: "not a proxy of ours", remote: "192.0.2.1:1", forwardedFor: []string{"127.0.0.1"}, proto: "https", forwardedHost: "evil.example",
			address: "192.0.2.1", scheme: "http", host: "bib.example",
		},
		{
			name: "nothing but proxies", remote: "10.0.0.1:1", forwardedFor: []string{"10.0.0.3, 10.0.0.2"}, proto: "gopher",
			address: "10.0.0.3", scheme: "http", host: "bib.example",
		},
		{
			name: "no address", remote: "10.0.0.1:1", forwardedFor: []string{"192.0.2.1, unknown"},
			address: "10.0.0.1", scheme: "http", host: "bib.example",
		},
		{
			name: "IPv4 within IPv6", remote: "[::ffff:10.0.0.1]:1", forwardedFor: []string{"2001:db8::7"},
			address: "2001:db8::7", scheme: "http", host: "bib.example",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := echo.New()
			e.Use(withProxies(trusted), withTransportSecurity(true))
			var got caller
			var host string
			e.GET("/", func(c echo.Context) error {
				got, host = callerOf(c), c.Request().Host
				return c.NoContent(http.StatusOK)
			})
			request := httptest.NewRequest(http.MethodGet, "http://bib.example/", nil)
			request.RemoteAddr = tt.remote
			for _, line := range tt.forwardedFor {
				request.Header.Add("X-Forwarded-For", line)
			}
			if tt.proto != "" {
				request.Header.Set("X-Forwarded-Proto", tt.proto)
			}
			if tt.forwardedHost != "" {
				request.Header.Set("X-Forwarded-Host", tt.forwardedHost)
			}
			recorder := httptest.NewRecorder()
			e.ServeHTTP(recorder, request)
			if got.address.String() != tt.address || got.scheme != tt.scheme || host != tt.host {
				t.Errorf("got %s by %s for %s, want %s by %s for %s", got.address, got.scheme, host, tt.address, tt.scheme, tt.host)
			}
			if secure := recorder.Header().Get("Strict-Transport-Security"); secure != tt.secure {
				t.Errorf("Strict-Transport-Security: %q, want %q", secure, tt.secure)
			}
		})
	}
}
