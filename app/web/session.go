package web

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/views"
)

// session gives the session of who asks; ok is false for everybody where nobody can sign in.
func (s *Server) session(c echo.Context) (session auth.Session, ok bool) {
	if s.SignIn == nil {
		return session, false
	}
	return s.cookies.Session(c.Request())
}

// account is what the header of a page says of who asks. It is nil where nobody can sign in, and on the page that
// shared caches may keep: they do not all obey Vary. A page with an account differs between visitors, and that of
// somebody who has signed in is for nobody else.
func (s *Server) account(c echo.Context) *views.Account {
	if s.SignIn == nil || c.Path() == views.AboutURL {
		return nil
	}
	addVary(c.Response().Header(), "Cookie")
	account := &views.Account{Return: c.Request().URL.RequestURI()}
	if session, ok := s.session(c); ok {
		keepPrivate(c)
		account.Name, account.FormToken = session.Name, s.formToken(c, sessionSubject(session))
	}
	return account
}

// keepPrivate keeps an answer out of caches that are shared, whatever it says of itself when it is sent.
func keepPrivate(c echo.Context) {
	c.Response().Before(func() {
		h := c.Response().Header()
		if strings.Contains(h.Get("Cache-Control"), notKept) {
			return
		}
		h.Set("Cache-Control", "private, no-cache")
		h.Set("CDN-Cache-Control", "no-store")
		h.Set("Surrogate-Control", "no-store")
	})
}

// forEverybody keeps a page that is the same for all who have not signed in; the others get one of their own.
func (s *Server) forEverybody(c echo.Context, key string, make func(context.Context) (*answer, error)) (*answer, error) {
	if account := s.account(c); account != nil && account.Name != "" {
		made, _, err := settled(c.Request().Context(), s.Generation, make)
		return made, err
	}
	return s.answers.get(c.Request().Context(), key, make)
}

// mayExport says whether pages offer who asks the downloads that the API gives (compatibility, section 10).
func (s *Server) mayExport(c echo.Context) bool {
	_, signedIn := s.session(c)
	return s.Tokens == nil || signedIn
}
