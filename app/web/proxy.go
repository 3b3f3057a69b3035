package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// caller is who asks, and how, behind the proxies that are trusted.
type caller struct {
	address netip.Addr // of the client
	scheme  string     // http or https, as the client used it
	proxy   netip.Addr // whom the connection came from
	trusted bool       // whether that one is a trusted proxy
}

type callerKey struct{}

// callerOf gives what withProxies found out.
func callerOf(c echo.Context) caller {
	found, _ := c.Request().Context().Value(callerKey{}).(caller)
	return found
}

// withProxies takes the client's address, scheme and host from the headers X-Forwarded-For, -Proto and
// -Host, when the connection comes from a trusted proxy. Those of anybody else mean nothing.
func withProxies(trusted []netip.Prefix) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			found := who(r, trusted)
			if found.trusted {
				if host := lastOf(r.Header, "X-Forwarded-Host"); host != "" {
					r.Host = host
				}
			}
			c.SetRequest(r.WithContext(context.WithValue(r.Context(), callerKey{}, found)))
			return next(c)
		}
	}
}

func who(r *http.Request, trusted []netip.Prefix) caller {
	found := caller{proxy: addressOf(r.RemoteAddr), scheme: "http"}
	if r.TLS != nil {
		found.scheme = "https"
	}
	found.address = found.proxy
	found.trusted = isWithin(found.proxy, trusted)
	if !found.trusted {
		return found
	}
	if scheme := strings.ToLower(lastOf(r.Header, "X-Forwarded-Proto")); scheme == "http" || scheme == "https" {
		found.scheme = scheme
	}
	// Each proxy adds at the end whom it was asked by: the client is the last who is no proxy of ours.
	addresses := listOf(r.Header, "X-Forwarded-For")
	for _, text := range slices.Backward(addresses) {
		address := addressOf(text)
		if !address.IsValid() {
			break
		}
		found.address = address
		if !isWithin(address, trusted) {
			break
		}
	}
	return found
}

// listOf gives the parts of a header that is a list, of all its lines.
func listOf(h http.Header, name string) []string {
	var parts []string
	for _, line := range h.Values(name) {
		for part := range strings.SplitSeq(line, ",") {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return parts
}

// lastOf gives what the proxy next to us says; those before it may have been told anything.
func lastOf(h http.Header, name string) string {
	if parts := listOf(h, name); len(parts) > 0 {
		return parts[len(parts)-1]
	}
	return ""
}

// addressOf reads an IP address, with or without a port; the zero address when it is none.
func addressOf(text string) netip.Addr {
	if host, _, err := net.SplitHostPort(text); err == nil {
		text = host
	}
	address, _ := netip.ParseAddr(strings.Trim(text, "[]"))
	return address.Unmap().WithZone("")
}

func isWithin(address netip.Addr, prefixes []netip.Prefix) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(address) })
}

// withTransportSecurity tells browsers to use https alone from now on, once they do (RFC 6797).
func withTransportSecurity(public bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if public && callerOf(c).scheme == "https" {
				c.Response().Header().Set("Strict-Transport-Security", "max-age=31536000")
			}
			return next(c)
		}
	}
}
