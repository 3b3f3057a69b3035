package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/formats/kramdown"
	"github.com/ietf-tools/bibxml/app/formats/plaintext"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/views"
)

// document answers GET /get-one/by-docid/. An identifier that nothing carries leads to a search for it.
func (s *Server) document(c echo.Context) error {
	docID := c.QueryParam("docid")
	if docID == "" {
		return fault.New(fault.Invalid, "Name a document with the parameter docid, for example ?docid=RFC+9000.")
	}
	return s.documentOrSearch(c, docID, c.QueryParam("doctype"))
}

// lookUp answers GET /get-bibliographic-item/, where the search box leads: the document that the text names, in
// whatever spelling, else a search for it.
func (s *Server) lookUp(c echo.Context) error {
	query := strings.TrimSpace(c.QueryParam("query"))
	if query == "" {
		return c.Redirect(http.StatusFound, views.HomeURL)
	}
	if format := c.QueryParam("query_format"); format != "" {
		return s.documentOrSearch(c, query, "")
	}
	a, err := s.documentPage(c, query, "")
	if fault.Is(err, fault.NotFound) {
		return s.meant(c, query)
	}
	if err != nil {
		return err
	}
	return a.send(c)
}

// meant leads to the document that a text means, else to a search for the text.
func (s *Server) meant(c echo.Context, text string) error {
	found, _, err := settled(c.Request().Context(), s.Generation, s.lookup(text))
	if fault.Is(err, fault.NotFound) {
		s.Hits.Page(text, metrics.FallbackToSearch)
		return c.Redirect(http.StatusFound, views.AskURL(text))
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusFound, views.DocumentURL(found.ID, found.Type))
}

func (s *Server) documentOrSearch(c echo.Context, docID, docType string) error {
	a, err := s.documentPage(c, docID, docType)
	if fault.Is(err, fault.NotFound) {
		s.Hits.Page(docID, metrics.FallbackToSearch)
		return c.Redirect(http.StatusFound, views.SearchURL(docID, c.QueryParam("query_format"), 0))
	}
	if err != nil {
		return err
	}
	return a.send(c)
}

// documentPage makes the page of the document that carries an identifier, of the index or of the external source
// for its type; fault.NotFound when neither has it.
func (s *Server) documentPage(c echo.Context, docID, docType string) (*answer, error) {
	key := "page\x00" + s.origin(c) + "\x00" + docID + "\x00" + docType
	a, err := s.forEverybody(c, key, func(ctx context.Context) (*answer, error) {
		doc, err := s.Catalog.ByDocID(ctx, docID, docType, catalog.NoRelations)
		if err != nil {
			return nil, err
		}
		model, err := s.documentModel(ctx, doc, s.origin(c))
		if err != nil {
			return nil, err
		}
		if !s.mayExport(c) {
			model.Downloads = nil
		}
		frame := s.frame(c)
		// Whoever asks next gets the same page, by whichever address.
		frame.Query, frame.Canonical = docID, model.URL
		if frame.Account != nil {
			frame.Account.Return = views.DocumentURL(docID, docType)
		}
		body, err := render(ctx, views.DocumentPage(frame, model))
		if err != nil {
			return nil, err
		}
		a := newAnswer(typeHTML, body)
		a.address, a.fleeting = model.URL, frame.Index.Unknown
		a.count = func() { s.Hits.Page(docID, metrics.Success) }
		return a, nil
	})
	if source, ok := s.externalFor(docType); ok && fault.Is(err, fault.NotFound) {
		// While a source does not answer, nobody knows whether there is such a document.
		if external, failed := s.externalDocument(c, source, docID); !fault.Is(failed, fault.NotFound) {
			return external, failed
		}
	}
	return a, err
}

// documentModel makes what the page of a document shows, of which no relations are expanded.
func (s *Server) documentModel(ctx context.Context, doc *merge.Document, origin string) (views.Document, error) {
	var linked *catalog.Linked
	var family *catalog.Family
	var paths []string
	var own xml2rfc.Resolution
	tasks, asking := errgroup.WithContext(ctx)
	tasks.Go(func() (err error) {
		if linked, err = s.Catalog.Linked(asking, doc); err == nil {
			family, err = s.Catalog.Family(asking, linked)
		}
		return err
	})
	tasks.Go(func() error {
		outline, err := s.Catalog.Outline(asking, doc)
		if err == nil {
			paths, own, err = s.paths(asking, outline)
		}
		return err
	})
	if err := tasks.Wait(); err != nil {
		return views.Document{}, err
	}
	model := views.DocumentOf(linked.Document)
	model.Paths = paths
	model.Place(family)
	sources, err := s.indexed(ctx)
	if err != nil {
		return model, err
	}
	model.Locate(func(name string) views.Dataset { return s.datasetOf(stateOf(name, sources)) }, origin)
	model.Downloads = s.downloads(model.ID.ID)
	return model, s.writeCitations(own, &model)
}

// writeCitations writes the document in the ways in which it is cited, as the answer of its own path has it.
func (s *Server) writeCitations(own xml2rfc.Resolution, model *views.Document) error {
	model.BibXML = string(own.XML)
	options := formats.Options{Anchor: own.Anchor}
	entry, err := kramdown.Format{}.Write(own.Document, options)
	if err != nil {
		return err
	}
	text, err := plaintext.Format{}.Write(own.Document, options)
	if err != nil {
		return err
	}
	model.Kramdown, model.Text = string(entry), string(text)
	model.KramdownKey = kramdownKey(model.Paths)
	return nil
}

// kramdownKey gives the key by which kramdown-rfc fetches what stands at the first of the paths that it knows the way
// to; empty when it knows none.
func kramdownKey(paths []string) string {
	for _, escaped := range paths {
		path, err := parseEscaped(escaped)
		if err != nil {
			continue
		}
		if key, ok := kramdown.Key(path.Dir, path.Anchor); ok {
			return key
		}
	}
	return ""
}

func (s *Server) downloads(docID string) []views.Download {
	downloads := []views.Download{{Format: relatonFormat, Label: "Relaton JSON", URL: views.ExportURL(docID, relatonFormat)}}
	for _, format := range s.Formats.All() {
		downloads = append(downloads, views.Download{
			Format: format.Name(), Label: labelOf(format), URL: views.ExportURL(docID, format.Name()),
		})
	}
	return downloads
}

// labelOf is what pages call a format.
func labelOf(format formats.Format) string {
	switch format.Name() {
	case bibxml.Name:
		return "BibXML"
	case kramdown.Name:
		return "kramdown-rfc"
	case plaintext.Name:
		return "Plain text"
	}
	return format.Name()
}

// disposition offers an answer as a file named after the document.
func disposition(docID, extension string) string {
	name := strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || r == '"' || r < ' ' || r > '~' {
			return '-'
		}
		return r
	}, docID)
	return `attachment; filename="` + name + "." + extension + `"; filename*=UTF-8''` + url.PathEscape(docID+"."+extension)
}
