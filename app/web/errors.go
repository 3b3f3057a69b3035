package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// statusOf is the one table from kinds of failure to HTTP status.
var statusOf = map[fault.Kind]int{
	fault.Internal:     http.StatusInternalServerError,
	fault.NotFound:     http.StatusNotFound,
	fault.Invalid:      http.StatusBadRequest,
	fault.Unauthorized: http.StatusUnauthorized,
	fault.Forbidden:    http.StatusForbidden,
	fault.Conflict:     http.StatusConflict,
	fault.Upstream:     http.StatusBadGateway,
	fault.Unavailable:  http.StatusServiceUnavailable,
	fault.Throttled:    http.StatusTooManyRequests,
}

// retryAfter is how many seconds a client should wait when we cannot answer: a restart of the
// database takes about that long.
const retryAfter = 5

// retryUpstream is the same for an external source that does not answer: until then we do not ask it again
// about the same document.
const retryUpstream = 15

// statusClientGone is what nginx calls a client that has not waited for its answer. Only the log and the metrics get
// to see it; it is never sent.
const statusClientGone = 499

// presented is a failure as the client sees it.
type presented struct {
	status  int
	message string
}

// present finds what to tell the client about a failure; unexpected ones keep their secrets.
func present(err error) presented {
	var routed *echo.HTTPError
	if errors.As(err, &routed) {
		return presented{routed.Code, routedMessage(routed.Code)}
	}
	p := presented{statusOf[fault.Of(err)], fault.Message(err)}
	if p.message == "" {
		p.message = "Something went wrong on our side. It has been recorded; please try again later."
	}
	return p
}

func routedMessage(status int) string {
	switch status {
	case http.StatusNotFound:
		return "There is nothing at this address."
	case http.StatusMethodNotAllowed:
		return "This address does not support that method."
	case http.StatusRequestEntityTooLarge:
		return "What was sent is larger than anything that this address is for."
	case http.StatusTooManyRequests:
		return "Your searches have taken all the time that is yours for now. Try again after the seconds of Retry-After."
	}
	return http.StatusText(status)
}

// unread tells why the body of a request could not be read.
func unread(err error) error {
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
	}
	return fault.Wrap(fault.Invalid, err, "What was sent broke off, or is malformed.")
}

// handleError is the only place where a failure becomes an answer.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := present(err)
	if p.status >= http.StatusInternalServerError && errors.Is(c.Request().Context().Err(), context.Canceled) {
		c.Response().Status = statusClientGone // withLog closes the connection: nobody waits for an answer
		return
	}
	if p.status >= http.StatusInternalServerError {
		s.Log.ErrorContext(c.Request().Context(), "request failed", "error", err,
			"path", c.Request().URL.Path, "request_id", c.Response().Header().Get(requestIDHeader))
	}
	if p.status == http.StatusInternalServerError {
		s.Report(c.Request().Context(), err, map[string]string{
			"request_id": c.Response().Header().Get(requestIDHeader), "route": c.Path(),
		})
	}
	h := c.Response().Header()
	h.Del("Content-Encoding")
	switch p.status {
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", strconv.Itoa(retryAfter))
	case http.StatusBadGateway:
		h.Set("Retry-After", strconv.Itoa(retryUpstream))
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Basic realm="management", charset="UTF-8"`)
	}
	if err := s.errorAnswer(c, p).send(c); err != nil {
		s.Log.WarnContext(c.Request().Context(), "error page not sent", "error", err)
	}
}

// errorAnswer returns a failure in the form that suits the path. HEAD gets the same; net/http drops its body.
func (s *Server) errorAnswer(c echo.Context, p presented) *answer {
	path := c.Request().URL.Path
	switch {
	case strings.HasPrefix(path, "/public/"):
		return refusal(p.status, typeJSON, inJSON(map[string]any{"error": map[string]string{"message": p.message}}))
	case strings.HasPrefix(path, "/api/"):
		return refusal(p.status, typeJSON, inJSON(map[string]string{"error": p.message}))
	}
	failure := views.Error{Status: p.status, Message: p.message, RequestID: c.Response().Header().Get(requestIDHeader)}
	if id, _, ok := views.DocumentAt(c.Request().URL.EscapedPath()); ok && p.status == http.StatusNotFound {
		failure.Sought = id
	}
	if strings.HasPrefix(path, views.SignInPath) {
		failure.Title, failure.Advice = "Signing in did not work", "Everything but the API can be used without signing in."
	}
	body, err := render(c.Request().Context(), views.ErrorPage(s.frame(c), failure))
	if err != nil {
		s.Log.ErrorContext(c.Request().Context(), "error page not rendered", "error", err)
		return refusal(p.status, "text/plain; charset=utf-8", []byte(p.message+"\n"))
	}
	addVary(c.Response().Header(), "HX-Request")
	return refusal(p.status, typeHTML, body)
}

// refusal returns an answer that must not be stored.
func refusal(status int, kind string, body []byte) *answer {
	a := newAnswer(kind, body)
	a.status, a.caching = status, notKept
	return a
}

func inJSON(value any) []byte {
	body, err := json.Marshal(value)
	if err != nil {
		return []byte("{}") // does not happen: texts can always be encoded
	}
	return append(body, '\n')
}

func panicked(p any) error {
	return fmt.Errorf("panic: %v\n%s", p, debug.Stack())
}
