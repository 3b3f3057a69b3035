package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/views"
)

// exactPage answers GET /search/ for a query in one of the exact languages.
func (s *Server) exactPage(c echo.Context) error {
	model, err := s.searchModel(c, strings.TrimSpace(c.QueryParam("query")))
	if err != nil {
		return err
	}
	if model.Problem == "" {
		model.FeedURL = views.SearchFeedURL + exactParams(c)
	}
	if isPartial(c) {
		return s.page(c, http.StatusOK, views.SearchResults(model))
	}
	frame := s.frame(c)
	frame.Feeds = s.feedLinks()
	if model.FeedURL != "" {
		frame.Feeds = s.feedLinks(views.FeedLink{Title: "Changes in what this search finds", URL: model.FeedURL})
	}
	return s.page(c, http.StatusOK, views.SearchPage(frame, model))
}

// advanced answers GET /search/advanced/: the page on which such queries are written.
func (s *Server) advanced(c echo.Context) error {
	return s.page(c, http.StatusOK, views.AdvancedPage(s.frame(c), views.Search{Format: views.QueryFormats[0].Value}))
}

// check answers GET /search/check/: what is wrong with a query, without running it.
func (s *Server) check(c echo.Context) error {
	text, format := strings.TrimSpace(c.QueryParam("query")), c.QueryParam("query_format")
	checked := views.Check{Format: format, Empty: text == ""}
	query, err := search.Parse(format, text)
	if err == nil && text != "" {
		err = s.Catalog.Check(c.Request().Context(), query)
	}
	switch {
	case fault.Is(err, fault.Invalid):
		checked.Problem = fault.Message(err)
	case err != nil:
		return err
	}
	return s.page(c, http.StatusOK, views.QueryCheck(checked))
}

// searchModel runs a search for its page. A query that cannot be read or run is explained there, and the first
// page stands for one that does not exist: it may have existed before the last indexing.
func (s *Server) searchModel(c echo.Context, text string) (views.Search, error) {
	r, noPage := searchOf(c)
	model := views.Search{Query: text, Format: r.format, Asked: r.format, Page: 1, PageSize: hitsPerPage, NoSuchPage: noPage != nil}
	queries, err := r.queries(text)
	if fault.Is(err, fault.Invalid) {
		model.Problem = fault.Message(err)
		return model, nil
	}
	if err != nil {
		return model, err
	}
	found, err := s.find(c.Request().Context(), queries)
	if fault.Is(err, fault.NotFound) {
		for i := range queries {
			queries[i].Offset = 0
		}
		model.NoSuchPage = true
		found, err = s.find(c.Request().Context(), queries)
	}
	if err != nil {
		return model, err
	}
	s.Hits.Search(false, string(found.Format), found.Total, search.Cap)
	model.Format, model.Page, model.Total = string(found.Format), found.Page, found.Total
	model.Capped = found.Total >= search.Cap
	model.Problem, model.CutOff = found.Problem, found.CutOff
	for _, doc := range found.Documents {
		model.Hits = append(model.Hits, views.HitOf(doc))
	}
	return model, nil
}

// isPartial says whether only the part of the page that changes is wanted: htmx asks so, unless the
// whole page is to be replaced or restored from the history.
func isPartial(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") != "true" && h.Get("HX-History-Restore-Request") != "true"
}
