package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/views"
)

const (
	// maxChosen bounds the values of facets that one search may name.
	maxChosen = 40
	// furthest bounds how deep into the results pages lead.
	furthest = 10_000
)

// boxFormat is what searches by the one box are counted as (compatibility, section 8).
const boxFormat = "words"

// searchPage answers GET /search/: the one box, or a query in one of the exact languages where one is named.
func (s *Server) searchPage(c echo.Context) error {
	params := c.QueryParams()
	if strings.TrimSpace(params.Get("query")) == "" {
		return c.Redirect(http.StatusFound, views.HomeURL)
	}
	if params.Has("query_format") || params.Has("allow_format_fallback") {
		return s.exactPage(c)
	}
	model, err := s.ask(c.Request().Context(), params)
	if err != nil {
		return err
	}
	s.Hits.Search(false, boxFormat, model.Total, limitOf(model))
	if isPartial(c) {
		return s.page(c, http.StatusOK, views.AskResults(model))
	}
	frame := s.frame(c)
	frame.Feeds = s.feedLinks(views.FeedLink{Title: "Changes in what this search finds", URL: model.Choices.FeedURL()})
	return s.page(c, http.StatusOK, views.AskPage(frame, model))
}

// limitOf is the total from which on a search has found too much.
func limitOf(m views.Ask) int {
	if m.AtLeast {
		return m.Total
	}
	return m.Total + 1
}

// ask answers the one box. The first page stands for one that does not exist: it may have existed before the last
// indexing.
func (s *Server) ask(ctx context.Context, params url.Values) (views.Ask, error) {
	choices, sound := readChoices(params)
	found, err := s.askCatalog(ctx, choices)
	if err == nil && len(found.Documents) == 0 && found.Total > 0 {
		choices.Page, sound = 1, false
		found, err = s.askCatalog(ctx, choices)
	}
	if err != nil {
		return views.Ask{}, err
	}
	model := views.AskOf(choices, found)
	model.NoSuchPage = !sound
	return model, nil
}

// askCatalog asks one state of the index: what is counted is what is shown.
func (s *Server) askCatalog(ctx context.Context, choices views.Choices) (catalog.Results, error) {
	asked := search.Asked{
		Text: choices.Text, Chosen: choices.Chosen, Sort: choices.Sort, Offset: choices.Offset(), Limit: choices.Size,
	}
	found, _, err := settled(ctx, s.Generation, func(ctx context.Context) (catalog.Results, error) {
		return s.Catalog.Ask(ctx, asked)
	})
	return found, err
}

// readChoices reads the parameters of a search. What makes no sense counts as not given; sound is false for a page
// that cannot exist.
func readChoices(params url.Values) (choices views.Choices, sound bool) {
	choices = views.Choices{
		Text: strings.TrimSpace(params.Get("query")), Chosen: make(map[search.Facet][]string),
		Sort: search.ByRelevance, Size: views.PageSizes[0], Page: 1,
	}
	left := maxChosen
	for _, facet := range search.Facets {
		for _, value := range params[string(facet)] {
			value = strings.TrimSpace(value)
			if value != "" && left > 0 && !slices.Contains(choices.Chosen[facet], value) {
				choices.Chosen[facet] = append(choices.Chosen[facet], value)
				left--
			}
		}
	}
	if by := search.Sort(params.Get("sort")); slices.Contains(search.Sorts, by) {
		choices.Sort = by
	}
	if size, err := strconv.Atoi(params.Get("size")); err == nil && slices.Contains(views.PageSizes, size) {
		choices.Size = size
	}
	page := params.Get("page")
	if page == "" {
		return choices, true
	}
	number, err := strconv.Atoi(page)
	if err != nil || number < 1 || number > furthest/choices.Size {
		return choices, false
	}
	choices.Page = number
	return choices, true
}

// lookup gives the reading of the catalog for the identifier that a text is.
func (s *Server) lookup(text string) func(context.Context) (docid.ID, error) {
	return func(ctx context.Context) (docid.ID, error) { return s.Catalog.Lookup(ctx, text) }
}
