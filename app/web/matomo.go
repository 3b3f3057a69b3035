package web

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/views"
)

// contentPolicy is the content security policy, with what a Matomo server needs when there is one: its script,
// and to be told of visits. The address ends with a slash and was checked by the configuration.
func contentPolicy(matomo string) string {
	at, err := url.Parse(matomo)
	if matomo == "" || err != nil {
		return policy
	}
	origin := " " + at.Scheme + "://" + at.Host
	return strings.NewReplacer(
		"script-src 'self'", "script-src 'self'"+origin,
		"img-src 'self'", "img-src 'self'"+origin,
		"connect-src 'self'", "connect-src 'self'"+origin,
	).Replace(policy)
}

// matomo is what pages load to count visits; nil: nothing. What operators do is no visit, and addresses of the
// sign-in hold what nobody else may know.
func (s *Server) matomo(c echo.Context) *views.Matomo {
	path := c.Request().URL.Path
	if s.Matomo.Address == "" || strings.HasPrefix(path, "/management/") || strings.HasPrefix(path, views.SignInPath) {
		return nil
	}
	return &s.Matomo
}
