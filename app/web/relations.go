package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// relations answers GET /get-one/relations/: a page of the relations of one type that a document has.
func (s *Server) relations(c echo.Context) error {
	params := c.QueryParams()
	docID, kind, number := params.Get("docid"), params.Get("type"), 1
	if docID == "" {
		return fault.New(fault.Invalid, "Name a document with the parameter docid, for example ?docid=BCP+14&type=includes.")
	}
	if text := params.Get("page"); text != "" {
		var err error
		if number, err = strconv.Atoi(text); err != nil || number < 1 || number > maxPage {
			return fault.New(fault.Invalid, "The parameter page must be a number from 1 to %d.", maxPage)
		}
	}
	return s.settledPage(c, func(ctx context.Context) (templ.Component, error) {
		page, err := s.Catalog.Related(ctx, docID, params.Get("doctype"), kind, number)
		if err != nil {
			return nil, err
		}
		return views.RelationsPage(s.frame(c), views.RelationListOf(page, kind)), nil
	})
}
