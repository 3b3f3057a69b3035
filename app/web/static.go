package web

import (
	"embed"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/static"
	"github.com/ietf-tools/bibxml/views"
)

//go:embed openapi.yaml openapi-legacy.yaml
var specs embed.FS

// openapi answers with one of the OpenAPI documents.
func (s *Server) openapi(name string) echo.HandlerFunc {
	return func(c echo.Context) error {
		body, err := specs.ReadFile(name)
		if err != nil {
			return err
		}
		return newAnswer("text/x-yaml; charset=utf-8", body).send(c)
	}
}

// file answers with one of our own files.
func (s *Server) file(c echo.Context, name, caching string) error {
	file, ok := static.Open(name)
	if !ok {
		return fault.New(fault.NotFound, "There is no file of this name.")
	}
	a := newAnswer(file.ContentType, file.Content)
	a.compress.Do(func() { a.gzipped = file.Gzip }) // it is compressed already, and better than we do in passing
	a.caching = caching
	return a.send(c)
}

// assets gives the addresses of the files that every page loads.
var assets = sync.OnceValue(func() views.Assets {
	return views.Assets{
		CSS:      static.URL("app.css"),
		HTMX:     static.URL("htmx.min.js"),
		Script:   static.URL("app.js"),
		Combobox: static.URL("combobox.js"),
		Matomo:   static.URL("matomo.js"),
		Icon:     static.URL("favicon.svg"),
	}
})
