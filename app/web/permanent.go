package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// permanentRoutes are the addresses of documents that people can guess. Those at the root are only looked at when
// nothing else is there, so that no document can ever take the place of a page.
func (s *Server) permanentRoutes(e *echo.Echo) {
	s.get(e, "/doc/*", s.permanent)
	e.RouteNotFound("/:name", s.permanent)
	e.RouteNotFound("/:name/", s.permanent)
}

// permanent answers GET /RFC9000, /draft-ietf-quic-transport and /doc/<type>/<id>: the page of the document where
// this is its own address, a redirect to that otherwise. The redirect is a temporary one, since another document may
// come to carry an identifier that is not its main one.
func (s *Server) permanent(c echo.Context) error {
	path := c.Request().URL.EscapedPath()
	id, docType, ok := views.DocumentAt(path)
	reads := c.Request().Method == http.MethodGet || c.Request().Method == http.MethodHead
	if !ok || !reads {
		return echo.ErrNotFound
	}
	a, err := s.documentPage(c, id, docType)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Upstream) {
		return s.nearby(c, id, err)
	}
	if err != nil {
		return err
	}
	if a.address != "" && a.address != path {
		return c.Redirect(http.StatusFound, a.address)
	}
	return a.send(c)
}

// nearby redirects to the document of the index that an identifier means in another spelling. Where there is none and an outside
// source did not answer, it fails as that did.
func (s *Server) nearby(c echo.Context, id string, failed error) error {
	found, _, err := settled(c.Request().Context(), s.Generation, s.lookup(id))
	if fault.Is(err, fault.NotFound) && fault.Is(failed, fault.Upstream) {
		err = failed
	}
	if err != nil {
		s.Hits.Page(id, outcomeOf(err))
		return err
	}
	return c.Redirect(http.StatusFound, views.DocumentURL(found.ID, found.Type))
}
