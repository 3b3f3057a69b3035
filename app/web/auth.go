package web

import (
	"crypto/sha256"
	"crypto/subtle"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
)

// managementUser is the user name of HTTP Basic authentication (compatibility, section 7).
const managementUser = "ietf"

// basic lets through those who know one of the API secrets by HTTP Basic.
func (s *Server) basic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		user, password, ok := c.Request().BasicAuth()
		if !ok || !s.isSecret(password) || !equal(user, managementUser) {
			return fault.New(fault.Unauthorized, "Sign in as %q with one of the API secrets.", managementUser)
		}
		return next(c)
	}
}

// token lets through those who send one of the API secrets in X-IETF-Token.
func (s *Server) token(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.isSecret(c.Request().Header.Get("X-IETF-Token")) {
			return fault.New(fault.Forbidden, "This needs the header X-IETF-Token with one of the API secrets.")
		}
		return next(c)
	}
}

// isSecret compares with every secret in constant time, so that neither their number nor their
// beginnings can be measured.
func (s *Server) isSecret(given string) bool {
	found := false
	for _, secret := range s.Secrets {
		found = equal(given, secret) || found
	}
	return found && given != ""
}

func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
