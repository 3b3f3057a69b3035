package web

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// Browsers send passwords and cookies with whatever a page makes them send, ours or that of somebody else. So
// each form that changes something is checked twice: the browser must say that it comes from our own pages, and
// it must carry a token that we gave out to the same person. For a form of the management:
//
//	e.POST("/management/…", s.change, s.basic, s.form)
//
// and on the page, within <form method="post">:
//
//	@FormToken(f.FormToken)
//
// Scripts may send the token in the header X-CSRF-Token instead. Requests that prove who they are by a header of
// their own (X-IETF-Token, GitHub's signature) need none of this: no page can make a browser send those.

const (
	// maxForm bounds what a form may send.
	maxForm = 1 << 20
	// formHeader is for scripts, in place of the field.
	formHeader = "X-CSRF-Token"
)

var origins = http.NewCrossOriginProtection()

// form lets through forms that come from our own pages.
func (s *Server) form(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if err := origins.Check(r); err != nil {
			return fault.Wrap(fault.Forbidden, err, "This form came from another site.")
		}
		if err := readForm(c); err != nil {
			return err
		}
		token := cmp.Or(r.Header.Get(formHeader), r.PostFormValue(views.TokenField))
		if !s.Sealer.OwnForm(s.subject(c), token) {
			return fault.New(fault.Forbidden, "This form is too old, or was not given out to you. Load its page again, and send it from there.")
		}
		return next(c)
	}
}

// readForm reads the form of a request, of either encoding. It fails, rather than take what came of it for all, when the form
// is too large or cannot be read.
func readForm(c echo.Context) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return unread(err)
	}
	if err := r.ParseMultipartForm(maxForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return unread(err)
	}
	return nil
}

// subject names whom a form is given out to, and who sends it: the management's user, or somebody's session.
func (s *Server) subject(c echo.Context) string {
	if c.Get(operatorKey) != nil {
		return managementUser
	}
	if session, ok := s.session(c); ok {
		return sessionSubject(session)
	}
	return ""
}

func sessionSubject(session auth.Session) string { return "session " + session.ID }

// formToken gives a subject the proof that a form is ours. Without one the form will be refused, and says so;
// the page is of use all the same.
func (s *Server) formToken(c echo.Context, subject string) string {
	token, err := s.Sealer.FormToken(subject)
	if err != nil {
		s.Log.ErrorContext(c.Request().Context(), "no token for forms", "error", err)
	}
	return token
}
