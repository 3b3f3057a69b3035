package web

import (
	"math"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/fault"
)

// managementUser is the user name of HTTP Basic authentication (compatibility, section 7).
const managementUser = "ietf"

// operatorKey marks requests of who signed in as managementUser.
const operatorKey = "operator"

// basic lets through those who know one of the API secrets by HTTP Basic.
func (s *Server) basic(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		refusal := fault.New(fault.Unauthorized, "Sign in as %q with one of the API secrets.", managementUser)
		user, password, ok := c.Request().BasicAuth()
		if !ok {
			return refusal
		}
		err := s.prove(c, "Authorization", func() error {
			if !s.Secrets.Has(password) || !auth.Equal(user, managementUser) {
				return refusal
			}
			return nil
		})
		if err != nil {
			return err
		}
		c.Set(operatorKey, true)
		return next(c)
	}
}

// token lets through those who send one of the API secrets in X-IETF-Token.
func (s *Server) token(next echo.HandlerFunc) echo.HandlerFunc {
	const header = "X-IETF-Token"
	return func(c echo.Context) error {
		refusal := fault.New(fault.Forbidden, "This needs the header X-IETF-Token with one of the API secrets.")
		token := c.Request().Header.Get(header)
		if token == "" {
			return refusal
		}
		err := s.prove(c, header, func() error {
			if !s.Secrets.Has(token) {
				return refusal
			}
			return nil
		})
		if err != nil {
			return err
		}
		return next(c)
	}
}

// prove checks a secret that came in a header, unless too many wrong ones came from the same address; then not
// even the right one helps, since the answer would tell that it is right. The log gets the address of each wrong
// one, and never the secret.
func (s *Server) prove(c echo.Context, header string, check func() error) error {
	address := c.RealIP()
	if wait := s.failures.Wait(address); wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
		return fault.New(fault.Throttled, "Too many wrong secrets came from your address. Try again in %d seconds.", seconds)
	}
	err := check()
	if fault.Is(err, fault.Unauthorized) || fault.Is(err, fault.Forbidden) {
		s.failures.Failed(address)
		s.Log.WarnContext(c.Request().Context(), "wrong secret", "header", header, "address", address,
			"path", c.Request().URL.Path, "request_id", c.Response().Header().Get(requestIDHeader))
	}
	return err
}
