package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

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

// searchPage answers GET /search/: the one box, or a query in one of the exact languages where one is named. The box is
// counted as the API counts the same search (compatibility, section 8).
func (s *Server) searchPage(c echo.Context) error {
	params := c.QueryParams()
	if strings.TrimSpace(params.Get("query")) == "" {
		return c.Redirect(http.StatusFound, views.HomeURL)
	}
	if isExact(params) {
		return s.exactPage(c)
	}
	if params.Has(views.YearFrom) || params.Has(views.YearTo) {
		choices, _ := readChoices(params)
		return c.Redirect(http.StatusFound, choices.Between(year(params, views.YearFrom), year(params, views.YearTo)).URL())
	}
	model, err := s.ask(c.Request().Context(), params)
	if err != nil {
		return err
	}
	s.Hits.Search(false, wordsFormat, model.Total, search.MostRanked)
	if isPartial(c) {
		return s.page(c, http.StatusOK, views.AskResults(model))
	}
	frame := s.frame(c)
	frame.Feeds = s.feedLinks(views.FeedLink{Title: "Changes in what this search finds", URL: model.Choices.FeedURL()})
	return s.page(c, http.StatusOK, views.AskPage(frame, model))
}

// year reads a year of a form; what is none counts as not given.
func year(params url.Values, name string) string {
	value := strings.TrimSpace(params.Get(name))
	if n, err := strconv.Atoi(value); err != nil || n < 1 || n > 9999 {
		return ""
	}
	return value
}

// isExact says whether a search names a language, or wants several to be tried.
func isExact(params url.Values) bool {
	formats := params["query_format"]
	if len(formats) > 0 {
		return !strings.EqualFold(formats[len(formats)-1], wordsFormat)
	}
	return params.Has("allow_format_fallback")
}

// ask answers the one box. The first page stands for one that does not exist: it may have existed before the last
// indexing.
func (s *Server) ask(ctx context.Context, params url.Values) (views.Ask, error) {
	choices, sound := readChoices(params)
	found, err := s.askWords(ctx, askedBy(choices))
	if err == nil && len(found.Documents) == 0 && found.Total > 0 {
		choices.Page, sound = 1, false
		found, err = s.askWords(ctx, askedBy(choices))
	}
	if err != nil {
		return views.Ask{}, err
	}
	model := views.AskOf(choices, found)
	model.NoSuchPage = !sound
	return model, nil
}

func askedBy(choices views.Choices) search.Asked {
	return search.Asked{
		Text: choices.Text, Chosen: choices.Chosen, Sort: choices.Sort, Offset: choices.Offset(), Limit: choices.Size,
	}
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
