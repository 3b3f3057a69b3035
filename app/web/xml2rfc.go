package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
)

// xml2rfc answers GET /public/rfc/<dir>/<file> (compatibility, section 3).
func (s *Server) xml2rfc(c echo.Context) error {
	path := strings.TrimPrefix(c.Request().URL.Path, "/public/rfc/")
	anchor := c.QueryParam("anchor")
	key := "path\x00" + path + "\x00" + anchor
	a, err := s.answers.get(c.Request().Context(), key, func(ctx context.Context) (*answer, error) {
		return s.resolve(ctx, path, anchor, c.Response().Header())
	})
	if err != nil {
		s.Hits.Path(path, metrics.NotFound)
		return err
	}
	return a.send(c)
}

// resolve makes the answer to a path. When nothing is found, what was tried goes into the header, and the message names
// the address that was probably meant.
func (s *Server) resolve(ctx context.Context, address, anchor string, header http.Header) (*answer, error) {
	path, err := xml2rfc.ParsePath(address)
	if err != nil {
		return nil, s.advised(ctx, address, err)
	}
	found, err := s.Public.Resolve(ctx, path, anchor)
	methods := map[string]string{
		"X-Resolution-Methods":  found.Methods(),
		"X-Resolution-Outcomes": found.Outcomes(),
	}
	if err != nil {
		for name, value := range methods {
			header.Set(name, value)
		}
		return nil, s.advised(ctx, address, err)
	}
	outcome := metrics.Success
	if found.FromArchive() {
		outcome = metrics.SuccessFallback
	}
	a := newAnswer(typeXML, found.XML)
	a.headers, a.fleeting = methods, found.Outside
	a.count = func() { s.Hits.Path(path.String(), outcome) }
	return a, nil
}

// advised adds to a failure to find a path where else to look.
func (s *Server) advised(ctx context.Context, address string, err error) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	meant, failure := s.Public.Advice(ctx, address)
	switch {
	case failure != nil:
		return failure
	case meant == "":
		return err
	}
	return fault.Wrap(fault.NotFound, err, "%s. See %s", fault.Message(err), meant)
}
