package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
)

// relatonFormat is the name of our own JSON, the default format of the API.
const relatonFormat = "relaton"

// anchorHeader tells the anchor that BibXML of the document carries.
const anchorHeader = "X-Xml2rfc-Anchor"

// itemRequest is what by-docid and its download twin are asked.
type itemRequest struct {
	docID, docType, format, anchor string
	asPath                         bool // BibXML is wanted as the document's own path answers it
	successors                     bool // what took the document's place is wanted beside it
	external                       bool // what the index does not have is asked of the source for its type
}

func readItemRequest(c echo.Context) (itemRequest, error) {
	query := c.QueryParams()
	r := itemRequest{
		docID:   query.Get("docid"),
		docType: query.Get("doctype"),
		format:  relatonFormat,
		anchor:  query.Get("anchor"),

		external: query.Get("check_external_sources") != "never",
	}
	if r.docID == "" {
		return r, fault.New(fault.Invalid, "Missing document ID")
	}
	if query.Has("format") {
		r.format = query.Get("format")
	}
	r.successors = slices.Contains(strings.Split(query.Get("include"), ","), "successors")
	return r, nil
}

func (r itemRequest) key() string {
	return "item\x00" + r.docID + "\x00" + r.docType + "\x00" + r.format + "\x00" + r.anchor + "\x00" + strconv.FormatBool(r.asPath) +
		"\x00" + strconv.FormatBool(r.successors)
}

// byDocID answers GET /api/v1/by-docid/ (compatibility, section 6).
func (s *Server) byDocID(c echo.Context) error {
	r, err := readItemRequest(c)
	if err != nil {
		return err
	}
	r.asPath = s.Resolver.BibXML.Corrections.Has(bibxml.APIAsPath)
	a, err := s.item(c.Request().Context(), r)
	if err != nil {
		s.Hits.Item(r.docID, outcomeOf(err), formatLabel(s.Formats, r.format))
		return err
	}
	return a.send(c)
}

// export answers GET /get-one/export/: what the API answers, offered as a download. BibXML is what the
// page shows, the answer of the document's own path, so that it can stand for that in a draft.
func (s *Server) export(c echo.Context) error {
	r, err := readItemRequest(c)
	if err != nil {
		return err
	}
	r.asPath = true
	a, err := s.item(c.Request().Context(), r)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", disposition(r.docID, cmp.Or(s.Formats.Extension(r.format), "json")))
	return a.send(c)
}

func (s *Server) item(ctx context.Context, r itemRequest) (*answer, error) {
	a, err := s.indexedItem(ctx, r)
	if source, ok := s.externalFor(r.docType); ok && r.external && fault.Is(err, fault.NotFound) {
		return s.externalItem(ctx, source, r)
	}
	return a, err
}

func (s *Server) indexedItem(ctx context.Context, r itemRequest) (*answer, error) {
	return s.answers.get(ctx, r.key(), func(ctx context.Context) (*answer, error) {
		body, kind, anchor, err := s.writeItem(ctx, r)
		if err != nil {
			return nil, err
		}
		a := newAnswer(kind, body)
		a.headers = map[string]string{anchorHeader: anchor}
		a.count = func() { s.Hits.Item(r.docID, metrics.Success, r.format) }
		return a, nil
	})
}

func (s *Server) writeItem(ctx context.Context, r itemRequest) (body []byte, kind, anchor string, err error) {
	if r.format == relatonFormat {
		doc, err := s.Catalog.ByDocID(ctx, r.docID, r.docType, catalog.AllRelations)
		if err != nil {
			return nil, "", "", err
		}
		body = dataObject(s.appendDocument(nil, doc))
		if r.successors {
			if body, err = s.withSuccessors(ctx, body, doc); err != nil {
				return nil, "", "", err
			}
		}
		return body, typeJSON, bibxml.RootAnchor(doc, r.anchor), nil
	}
	format, ok := s.Formats.Get(r.format)
	if !ok {
		return nil, "", "", fault.New(fault.Invalid, "Requested format is not supported")
	}
	doc, err := s.Catalog.ByDocID(ctx, r.docID, r.docType, catalog.Includes)
	if err != nil {
		return nil, "", "", err
	}
	if r.format == bibxml.Name && !r.asPath {
		body, err = format.Write(doc, formats.Options{Anchor: r.anchor})
		return body, format.MediaType(), bibxml.RootAnchor(doc, r.anchor), err
	}
	own, ok, err := s.ownAnswer(ctx, doc, r.anchor)
	switch {
	case err != nil:
		return nil, "", "", err
	case !ok:
		own = xml2rfc.Resolution{Document: doc, Anchor: bibxml.RootAnchor(doc, r.anchor)}
	case r.format == bibxml.Name:
		return own.XML, format.MediaType(), own.Anchor, nil
	}
	body, err = format.Write(own.Document, formats.Options{Anchor: own.Anchor})
	return body, format.MediaType(), own.Anchor, err
}

// ref answers GET /api/v1/ref/<dataset>/<ref>/: one record of one source.
func (s *Server) ref(c echo.Context) error {
	dataset, ref := c.Param("dataset"), c.Param("ref")
	format := relatonFormat
	if c.QueryParams().Has("format") {
		format = c.QueryParam("format")
	}
	anchor := c.QueryParam("anchor")
	key := "ref\x00" + dataset + "\x00" + ref + "\x00" + format + "\x00" + anchor
	a, err := s.answers.get(c.Request().Context(), key, func(ctx context.Context) (*answer, error) {
		record, err := s.Catalog.Record(ctx, dataset, ref)
		if err != nil {
			return nil, err
		}
		if format == relatonFormat {
			return newAnswer(typeJSON, dataObject(record.Item.AppendJSON(nil, true))), nil
		}
		writer, ok := s.Formats.Get(format)
		if !ok {
			return nil, fault.New(fault.Invalid, "Requested format is not supported")
		}
		body, err := writer.Write(merge.Records([]merge.Record{record.Record}), formats.Options{Anchor: anchor})
		if err != nil {
			return nil, err
		}
		return newAnswer(writer.MediaType(), body), nil
	})
	if err != nil {
		return err
	}
	return a.send(c)
}

func dataObject(value []byte) []byte {
	out := make([]byte, 0, len(value)+12)
	out = append(out, `{"data": `...)
	out = append(out, value...)
	return append(out, '}', '\n')
}

func (s *Server) appendDocument(dst []byte, doc *merge.Document) []byte {
	return doc.AppendJSON(dst, s.Repositories)
}

// outcomeOf names a failed look-up as the dashboards do.
func outcomeOf(err error) string {
	switch present(err).status {
	case http.StatusNotFound:
		return metrics.NotFound
	case http.StatusBadRequest:
		return metrics.ValidationError
	}
	return metrics.SerializationError
}

// formatLabel keeps invented formats out of the labels.
func formatLabel(set *formats.Set, name string) string {
	if _, ok := set.Get(name); ok || name == relatonFormat {
		return name
	}
	return "unknown"
}
