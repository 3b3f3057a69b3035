package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/views"
)

const (
	hitsPerPage = 10
	maxHits     = 400 // what a search finds at most (compatibility, section 6)
)

// findRequest is a search and the page of it that is wanted.
type findRequest struct {
	query search.Query
	page  int // from 1; 0: the last
}

// readPage reads the number of a page; "last" is the last one. It fails with fault.NotFound as for any
// page that does not exist.
func readPage(value string) (int, error) {
	switch value {
	case "":
		return 1, nil
	case "last":
		return 0, nil
	}
	page, err := strconv.Atoi(value)
	if err != nil || page < 1 || page > maxHits/hitsPerPage {
		return 0, fault.New(fault.NotFound, "There is no page %.20q of these results.", value)
	}
	return page, nil
}

// find runs a search; the page number it gives is the real one where the last was asked for. A page
// beyond the end fails with fault.NotFound.
func (s *Server) find(ctx context.Context, r findRequest) (catalog.Found, int, error) {
	r.query.Limit, r.query.Cap = hitsPerPage, maxHits
	page := r.page
	if page == 0 {
		counted, err := s.Catalog.Search(ctx, r.query)
		if err != nil {
			return catalog.Found{}, 0, err
		}
		page = max(1, (counted.Total+hitsPerPage-1)/hitsPerPage)
	}
	r.query.Offset = (page - 1) * hitsPerPage
	found, err := s.Catalog.Search(ctx, r.query)
	if err != nil {
		return found, page, err
	}
	if page > 1 && r.query.Offset >= found.Total {
		return found, page, fault.New(fault.NotFound, "There is no page %d of these results.", page)
	}
	return found, page, nil
}

// search answers GET /api/v1/search/<query>/ (compatibility, section 6).
func (s *Server) search(c echo.Context) error {
	format := c.QueryParam("query_format")
	if format == "" {
		format = string(search.DocIDRegex)
	}
	text, err := url.PathUnescape(c.Param("query"))
	if err != nil {
		text = c.Param("query")
	}
	query, err := search.Parse(format, text)
	if err != nil {
		return err
	}
	page, err := readPage(c.QueryParam("page"))
	if err != nil {
		return err
	}
	found, page, err := s.find(c.Request().Context(), findRequest{query, page})
	if fault.Is(err, fault.Invalid) {
		found, page, err = catalog.Found{}, 1, nil // a broken query finds nothing
	}
	if err != nil {
		return err
	}
	s.Hits.Search(true, format, found.Total, maxHits)
	return newAnswer(typeJSON, s.searchBody(c, found, page)).send(c)
}

func (s *Server) searchBody(c echo.Context, found catalog.Found, page int) []byte {
	body := append([]byte(`{"meta": {"total_records": `), strconv.Itoa(found.Total)...)
	link := func(name string, page int) {
		body = append(body, `, "`+name+`": `...)
		address, _ := json.Marshal(s.pageLink(c, page)) // a string does not fail
		body = append(body, address...)
	}
	if page*hitsPerPage < found.Total {
		link("next", page+1)
	}
	if page > 1 {
		link("prev", page-1)
	}
	body = append(body, `}, "data": [`...)
	for i, doc := range found.Documents {
		if i > 0 {
			body = append(body, ',')
		}
		body = s.appendDocument(body, doc)
		body = append(body[:len(body)-1], `, "headline": ""}`...)
	}
	return append(body, "]}\n"...)
}

// pageLink is the address of another page of the same results.
func (s *Server) pageLink(c echo.Context, page int) string {
	u := *c.Request().URL
	query := u.Query()
	query.Set("page", strconv.Itoa(page))
	u.RawQuery = query.Encode()
	return s.origin(c) + u.RequestURI()
}

// searchPage answers GET /search/.
func (s *Server) searchPage(c echo.Context) error {
	text, format := c.QueryParam("query"), c.QueryParam("query_format")
	if format == "" {
		format = string(search.WebSearch)
	}
	if text == "" {
		return c.Redirect(http.StatusFound, views.HomeURL)
	}
	page, err := readPage(c.QueryParam("page"))
	if err != nil {
		return err
	}
	model := views.Search{Query: text, Format: format, Page: page, PageSize: hitsPerPage}
	query, err := search.Parse(format, text)
	if err == nil {
		var found catalog.Found
		found, model.Page, err = s.find(c.Request().Context(), findRequest{query, page})
		model.Total, model.Capped = found.Total, found.Total >= maxHits
		for _, doc := range found.Documents {
			model.Hits = append(model.Hits, views.HitOf(doc))
		}
	}
	if fault.Is(err, fault.Invalid) {
		model.Problem, err = fault.Message(err), nil
	}
	if err != nil {
		return err
	}
	s.Hits.Search(false, searchLabel(format), model.Total, maxHits)
	if isPartial(c) {
		return s.page(c, http.StatusOK, views.SearchResults(model))
	}
	return s.page(c, http.StatusOK, views.SearchPage(s.frame(c), model))
}

// searchLabel keeps invented formats out of the labels.
func searchLabel(format string) string {
	if _, err := search.Parse(format, "{}"); err != nil {
		return "unknown"
	}
	return format
}

// isPartial says whether only the part of the page that changes is wanted: htmx asks so, unless the
// whole page is to be replaced or restored from the history.
func isPartial(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") != "true" && h.Get("HX-History-Restore-Request") != "true"
}
