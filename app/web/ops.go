package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// healthz says whether the service can answer: the process and its database. The first line is "ok", or
// "degraded" when a source is stale, which is no reason to take the service out of use; a line for each
// source tells its age in seconds. The media type is the one that monitors have seen so far.
func (s *Server) healthz(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	ctx, cancel := context.WithTimeout(c.Request().Context(), healthTimeout)
	defer cancel()
	ages, err := s.Health.Ages(ctx)
	if err != nil {
		return err
	}
	return c.HTML(http.StatusOK, health(ages, s.StaleAfter))
}

// healthTimeout is within what health checks wait.
const healthTimeout = 3 * time.Second

func health(ages []SourceAge, staleAfter time.Duration) string {
	verdict, lines := "ok", ""
	for _, source := range ages {
		age, remark := strconv.Itoa(int(source.Age.Seconds())), ""
		if source.Never {
			age = "never"
		}
		if staleAfter > 0 && (source.Never || source.Age > staleAfter) {
			verdict, remark = "degraded", " stale"
		}
		lines += source.Dataset + " " + age + remark + "\n"
	}
	return verdict + "\n" + lines
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
