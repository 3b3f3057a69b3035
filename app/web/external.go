package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/views"
)

// External is a service of others that knows documents which the index does not have. Its answers are not
// kept here: the source keeps them itself, and knows for how long.
type External struct {
	Name    string // in addresses
	DocType string // of the identifiers that it knows
	// Document fails with fault.NotFound when the source does not know the identifier, with fault.Upstream when
	// it does not answer.
	Document func(ctx context.Context, id string) (*merge.Document, error)
}

// externalFor gives the source for a type of identifiers.
func (s *Server) externalFor(docType string) (External, bool) {
	for _, source := range s.External {
		if strings.EqualFold(source.DocType, docType) {
			return source, true
		}
	}
	return External{}, false
}

// externalOf gives the source that an address names.
func (s *Server) externalOf(c echo.Context) (External, error) {
	for _, source := range s.External {
		if source.Name == c.Param("source") {
			return source, nil
		}
	}
	return External{}, fault.New(fault.NotFound, "There is no external source %.40q.", c.Param("source"))
}

// askExternal answers GET /get-one/external/<source>/?ref=: the form of the home page.
func (s *Server) askExternal(c echo.Context) error {
	source, err := s.externalOf(c)
	if err != nil {
		return err
	}
	ref := strings.TrimSpace(c.QueryParam("ref"))
	if ref == "" {
		return c.Redirect(http.StatusFound, views.HomeURL)
	}
	return s.showExternal(c, source, ref)
}

// externalPage answers GET /external-sources/<source>/<ref>/, where the ref may have slashes.
func (s *Server) externalPage(c echo.Context) error {
	source, err := s.externalOf(c)
	if err != nil {
		return err
	}
	ref, ok := wildcard(c, "/external-sources/"+source.Name+"/")
	if !ok {
		return addSlash(c)
	}
	return s.showExternal(c, source, ref)
}

func (s *Server) showExternal(c echo.Context, source External, ref string) error {
	a, err := s.externalDocument(c, source, ref)
	if err != nil {
		s.Hits.Page(ref, outcomeOf(err))
		return err
	}
	return a.send(c)
}

// wildcard gives what stands between the beginning of an address and its final slash, which it must have.
func wildcard(c echo.Context, prefix string) (string, bool) {
	rest := strings.TrimPrefix(c.Request().URL.Path, prefix)
	return strings.CutSuffix(rest, "/")
}

// externalDocument makes the page of a document that a source knows.
func (s *Server) externalDocument(c echo.Context, source External, ref string) (*answer, error) {
	ctx := c.Request().Context()
	doc, err := source.Document(ctx, ref)
	if err != nil {
		return nil, err
	}
	model, err := s.externalModel(ctx, source, doc)
	if err != nil {
		return nil, err
	}
	if !s.mayExport(c) {
		model.Downloads = nil
	}
	frame := s.frame(c)
	frame.Canonical = model.URL
	body, err := render(ctx, views.DocumentPage(frame, model))
	if err != nil {
		return nil, err
	}
	a := newAnswer(typeHTML, body)
	a.count = func() { s.Hits.Page(ref, metrics.Success) }
	return a, nil
}

// externalModel describes a document that is not in the index: its page and its source are one.
func (s *Server) externalModel(ctx context.Context, source External, doc *merge.Document) (views.Document, error) {
	model := views.DocumentOf(doc)
	model.URL = views.ExternalURL(source.Name, model.ID.ID)
	model.Sources = []views.Source{{Dataset: doc.Records[0].Dataset, Ref: model.ID.ID, URL: model.URL, Latest: doc.LatestDate()}}
	model.Downloads = s.downloads(model.ID.ID)
	for i := range model.Downloads {
		download := &model.Downloads[i]
		download.URL = views.ExternalExportURL(model.ID.ID, source.DocType, download.Format)
	}
	own := s.ownExternal(ctx, doc, "")
	if own.Path.Dir != "" {
		model.Paths = xml2rfc.Paths(doc)[:1] // a further one, of a draft without version, may lead to another version
	}
	return model, s.writeCitations(own, &model)
}

// ownExternal gives the answer of the document's own path, or where that leads elsewhere what it would be. The
// path asks the same source, which has the answer at hand.
func (s *Server) ownExternal(ctx context.Context, doc *merge.Document, anchor string) xml2rfc.Resolution {
	for _, offered := range xml2rfc.Paths(doc) {
		path, err := parseEscaped(offered)
		if err != nil {
			continue
		}
		found, err := s.Public.Resolve(ctx, path, anchor)
		if err == nil && found.Document != nil && found.Document.Primary == doc.Primary {
			return found
		}
	}
	return xml2rfc.Resolution{Document: doc, Anchor: bibxml.RootAnchor(doc, anchor), XML: s.Public.BibXML.XML(doc, anchor)}
}

// externalItem answers by-docid and its download for what the index does not have.
func (s *Server) externalItem(ctx context.Context, source External, r itemRequest) (*answer, error) {
	doc, err := source.Document(ctx, r.docID)
	if fault.Is(err, fault.NotFound) {
		err = fault.Wrap(fault.NotFound, err, "Unable to find bibliographic item matching document ID %s", r.docID)
	}
	if err != nil {
		return nil, err
	}
	var a *answer
	anchor := bibxml.RootAnchor(doc, r.anchor)
	switch {
	case r.format == relatonFormat:
		a = newAnswer(typeJSON, dataObject(s.appendDocument(nil, doc)))
	case r.format == bibxml.Name && r.asPath:
		own := s.ownExternal(ctx, doc, r.anchor)
		a, anchor = newAnswer(bibxml.MediaType, own.XML), own.Anchor
	case r.format == bibxml.Name:
		if a, err = s.inFormat(doc, r.format, r.anchor); err != nil {
			return nil, err
		}
	default:
		own := s.ownExternal(ctx, doc, r.anchor)
		if a, err = s.inFormat(own.Document, r.format, own.Anchor); err != nil {
			return nil, err
		}
		anchor = own.Anchor
	}
	a.headers = map[string]string{anchorHeader: anchor}
	a.count = func() { s.Hits.Item(r.docID, metrics.Success, r.format) }
	return a, nil
}

// inFormat writes a document in any format but our own.
func (s *Server) inFormat(doc *merge.Document, name, anchor string) (*answer, error) {
	format, ok := s.Formats.Get(name)
	if !ok {
		return nil, fault.New(fault.Invalid, "Requested format is not supported")
	}
	body, err := format.Write(doc, formats.Options{Anchor: anchor})
	if err != nil {
		return nil, err
	}
	return newAnswer(format.MediaType(), body), nil
}

// externalRef answers GET /api/v1/ref/<source>/<ref>/: what an external source says of an identifier.
func (s *Server) externalRef(source External) echo.HandlerFunc {
	return func(c echo.Context) error {
		ref, ok := wildcard(c, "/api/v1/ref/"+source.Name+"/")
		if !ok {
			return addSlash(c)
		}
		format := relatonFormat
		if c.QueryParams().Has("format") {
			format = c.QueryParam("format")
		}
		if _, known := s.Formats.Get(format); !known && format != relatonFormat {
			return fault.New(fault.Invalid, "Requested format is not supported")
		}
		doc, err := source.Document(c.Request().Context(), ref)
		if fault.Is(err, fault.NotFound) {
			err = fault.Wrap(fault.NotFound, err, "Unable to find %s ref %s", source.DocType, ref)
		}
		if err != nil {
			return err
		}
		if format == relatonFormat {
			return newAnswer(typeJSON, dataObject(doc.Item.AppendJSON(nil, true))).send(c)
		}
		a, err := s.inFormat(doc, format, c.QueryParam("anchor"))
		if err != nil {
			return err
		}
		return a.send(c)
	}
}
