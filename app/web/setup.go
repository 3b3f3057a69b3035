package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/views"
)

// setup shows operators what arrives of a request. With look=1 the service asks itself at its public
// address; that address is configured, so that nobody can turn the request elsewhere.
func (s *Server) setup(c echo.Context) error {
	caller := callerOf(c)
	trusted := "no: its headers about clients are ignored"
	if caller.trusted {
		trusted = "yes"
	}
	header := func(name string) string {
		return cmp.Or(strings.Join(c.Request().Header.Values(name), ", "), "(none)")
	}
	model := views.Setup{
		Public:   s.Site.Public,
		Warnings: s.Site.Warnings,
		Caller: []views.NamedValue{
			{Name: "Your address", Value: caller.address.String()},
			{Name: "Scheme", Value: caller.scheme},
			{Name: "Host", Value: c.Request().Host},
			{Name: "Connection from", Value: caller.proxy.String()},
			{Name: "A trusted proxy", Value: trusted},
			{Name: "X-Forwarded-For", Value: header("X-Forwarded-For")},
			{Name: "X-Forwarded-Proto", Value: header("X-Forwarded-Proto")},
			{Name: "X-Forwarded-Host", Value: header("X-Forwarded-Host")},
			{Name: "Via", Value: header("Via")},
			{Name: "Links begin with", Value: s.origin(c)},
			{Name: "Version", Value: s.Site.Version},
		},
	}
	if isTrue(c.QueryParam("look")) {
		for _, finding := range s.Look(c.Request().Context()) {
			model.Findings = append(model.Findings, views.SetupFinding(finding))
		}
	}
	return s.page(c, http.StatusOK, views.SetupPage(s.frame(c), model))
}

// Finding is one thing that was looked at from outside.
type Finding struct {
	What, Told string
	Good       bool
}
