package web

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
)

// Limits on what a request may carry. The longest sound one is a search in one of the JSON languages.
const (
	maxURI   = 8 << 10
	maxParam = 4 << 10
)

const requestIDHeader = "X-Request-Id"

// policy is the content security policy of every page: no code or style but our own files.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// withRequestID takes over a well-formed request id from the proxy in front, or makes one.
func withRequestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(requestIDHeader)
		if !soundID(id) {
			id = rand.Text()
		}
		c.Response().Header().Set(requestIDHeader, id)
		return next(c)
	}
}

func soundID(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, r := range id {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// withLog logs every request and measures it by its route.
func withLog(log *slog.Logger, hits *metrics.Hits) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			started := time.Now()
			if err := next(c); err != nil {
				c.Error(err)
			}
			took := time.Since(started)
			status := c.Response().Status
			route := c.Path()
			if route == "" {
				route = "unknown"
			}
			hits.Request(route, method(c.Request().Method), status, took)
			level := slog.LevelInfo
			if status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
			log.Log(c.Request().Context(), level, "request",
				"method", c.Request().Method, "path", c.Request().URL.Path, "status", status,
				"bytes", c.Response().Size, "took", took.Round(time.Microsecond).String(),
				"request_id", c.Response().Header().Get(requestIDHeader))
			if status == statusClientGone && !c.Response().Committed {
				panic(http.ErrAbortHandler) // closes the connection; returning would send an empty 200
			}
			return nil
		}
	}
}

// tracer measures a piece of work; the function that it gives ends it.
type tracer func(ctx context.Context, kind, name string) (context.Context, func(status int, facts map[string]string))

// withTrace lets the course of requests be reported, named by their routes.
func withTrace(trace tracer) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if trace == nil {
			return next
		}
		return func(c echo.Context) error {
			ctx, end := trace(c.Request().Context(), "http.server", method(c.Request().Method)+" "+c.Path())
			c.SetRequest(c.Request().WithContext(ctx))
			err := next(c)
			status := c.Response().Status
			if err != nil {
				status = present(err).status
			}
			end(status, map[string]string{"request_id": c.Response().Header().Get(requestIDHeader)})
			return err
		}
	}
}

// method keeps invented method names out of the labels.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
		return name
	}
	return "other"
}

// withRecover turns a panic into an ordinary failure.
func withRecover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				if failure, ok := p.(error); ok && errors.Is(failure, http.ErrAbortHandler) {
					panic(p)
				}
				err = panicked(p)
			}
		}()
		return next(c)
	}
}

// withHeaders sets what protects pages, and opens reads to scripts of every origin.
func withHeaders(policy string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", policy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
			if isOpen(c.Request().URL.Path) {
				h.Set("Access-Control-Allow-Origin", "*")
				h.Set("Access-Control-Expose-Headers", "ETag, X-Resolution-Methods, X-Resolution-Outcomes, X-Xml2rfc-Anchor")
				if c.Request().Method == http.MethodOptions {
					h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
					h.Set("Access-Control-Allow-Headers", "X-Requested-With, X-Datatracker-Token")
					h.Set("Access-Control-Max-Age", "86400")
					return c.NoContent(http.StatusNoContent)
				}
			}
			return next(c)
		}
	}
}

func isOpen(path string) bool {
	return (strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/api/v1/management/")) ||
		strings.HasPrefix(path, "/public/") || strings.HasPrefix(path, "/openapi")
}

// withHosts refuses requests for hosts that are not ours, and with them forged absolute links.
func withHosts(allowed []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			host := c.Request().Host
			if name, _, err := net.SplitHostPort(host); err == nil {
				host = name
			}
			host = strings.ToLower(strings.Trim(host, "[]"))
			if !slices.Contains(allowed, host) && !asksThisMachine(c.Request(), host) {
				return fault.New(fault.Invalid, "This service does not answer for the host %q.", host)
			}
			return next(c)
		}
	}
}

// asksThisMachine allows health checks and Prometheus to name the very address that they reached this
// process at: those that find every instance by themselves know no other. What they get has no links.
func asksThisMachine(r *http.Request, host string) bool {
	if r.URL.Path != "/healthz/" && r.URL.Path != "/metrics/" {
		return false
	}
	reached, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return ok && reached.IP.Equal(net.ParseIP(host))
}

// withLimits refuses over-long and malformed addresses before anything looks at them, and gives the handlers parameters
// without blanks around them, each once.
func withLimits(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		switch {
		case len(r.RequestURI) > maxURI:
			return fault.New(fault.Invalid, "The address is longer than %d bytes.", maxURI)
		case !utf8.ValidString(r.URL.Path):
			return fault.New(fault.Invalid, "The path of the address is not UTF-8.")
		case strings.ContainsRune(r.URL.Path, 0):
			return fault.New(fault.NotFound, "There is nothing at this address.")
		}
		params, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return fault.New(fault.Invalid, "The parameters of the address are malformed: %v.", err)
		}
		for name, values := range params {
			for _, value := range append(values, name) {
				if err := soundParam(name, value); err != nil {
					return err
				}
			}
		}
		if settle(params, r.URL.Path) {
			r.URL.RawQuery = params.Encode()
		}
		return next(c)
	}
}

func soundParam(name, value string) error {
	switch {
	case len(value) > maxParam:
		return fault.New(fault.Invalid, "The parameter %.40q is longer than %d bytes.", name, maxParam)
	case !utf8.ValidString(value):
		return fault.New(fault.Invalid, "The parameter %.40q is not UTF-8.", name)
	case strings.ContainsRune(value, 0):
		return fault.New(fault.Invalid, "The parameter %.40q contains a NUL character.", name)
	}
	return nil
}
