package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// signInRoutes lead to the provider and back, where there is one.
func (s *Server) signInRoutes(e *echo.Echo) {
	if s.SignIn == nil {
		return
	}
	s.get(e, views.SignInPath, s.signIn, unkept)
	s.get(e, views.SignInPath+"callback/", s.signedIn, unkept)
	s.get(e, views.SignOutPath, s.askSignOut, unkept)
	e.POST(views.SignOutPath, s.signOut, unkept)
}

// unkept keeps answers out of every cache: each is for one visitor, once.
func unkept(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Before(func() { c.Response().Header().Set("Cache-Control", "no-store") })
		return next(c)
	}
}

// signIn answers GET /datatracker-auth/?next=: it sends the visitor to the provider.
func (s *Server) signIn(c echo.Context) error {
	address, attempt, err := s.SignIn.Begin(c.Request().Context(), c.QueryParam("next"))
	if err != nil {
		return err
	}
	if err := s.cookies.KeepAttempt(c.Response(), attempt); err != nil {
		return err
	}
	return c.Redirect(http.StatusFound, address)
}

// signedIn answers GET /datatracker-auth/callback/, to which the provider sends the visitor back.
func (s *Server) signedIn(c echo.Context) error {
	attempt, ok := s.cookies.TakeAttempt(c.Response(), c.Request())
	if _, already := s.session(c); already && !ok {
		return c.Redirect(http.StatusSeeOther, views.HomeURL) // the page was loaded again
	}
	if !ok {
		return fault.New(fault.Invalid, "This took too long, or was begun in another browser. Please begin anew.")
	}
	person, err := s.SignIn.Finish(c.Request().Context(), attempt, c.QueryParams())
	if err != nil {
		s.Log.WarnContext(c.Request().Context(), "sign-in failed", "error", err, "request_id", c.Response().Header().Get(requestIDHeader))
		return err
	}
	if err := s.cookies.SignIn(c.Response(), person); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, attempt.Return)
}

// askSignOut answers GET /datatracker-auth/log-out/, for who comes by a link: a link must not sign anybody out.
func (s *Server) askSignOut(c echo.Context) error {
	if _, ok := s.session(c); !ok {
		return c.Redirect(http.StatusSeeOther, views.HomeURL)
	}
	return s.page(c, http.StatusOK, views.SignOutPage(s.frame(c)))
}

// signOut answers POST /datatracker-auth/log-out/.
func (s *Server) signOut(c echo.Context) error {
	if _, ok := s.session(c); !ok {
		return c.Redirect(http.StatusSeeOther, views.HomeURL) // it ended by itself
	}
	return s.form(func(c echo.Context) error {
		s.cookies.SignOut(c.Response())
		return c.Redirect(http.StatusSeeOther, auth.LocalPath(formValue(c, "next")))
	})(c)
}
