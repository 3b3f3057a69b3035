package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// healthz says whether the service can answer: the process and its database.
func (s *Server) healthz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	if err := s.Health.Ping(c.Request().Context()); err != nil {
		return err
	}
	return c.HTML(http.StatusOK, "ok\n") // the media type that monitors have seen so far
}

func (s *Server) metrics(c echo.Context) error {
	promhttp.HandlerFor(s.Deps.Metrics, promhttp.HandlerOpts{}).ServeHTTP(c.Response(), c.Request())
	return nil
}

// robots keeps crawlers to the pages: the rest is the same content again, or costs us a search.
func (s *Server) robots(c echo.Context) error {
	return c.String(http.StatusOK, "User-agent: *\nDisallow: /api/\nDisallow: /management/\nDisallow: /search/\nDisallow: /get-one/export/\n")
}

func (s *Server) favicon(c echo.Context) error {
	return s.file(c, "favicon.ico", "public, max-age=86400")
}

// asset answers for a file under its hashed name, which never changes its content.
func (s *Server) asset(c echo.Context) error {
	return s.file(c, c.Param("file"), "public, max-age=31536000, immutable")
}
