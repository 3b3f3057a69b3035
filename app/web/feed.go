package web

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/views"
)

const typeAtom = views.FeedType + "; charset=utf-8"

// changesPerFeed is how many changes one page of a feed tells: more than readers ask for between two looks, but after a
// change of a whole source.
const changesPerFeed = 100

// feed answers GET /feed.atom: the changes of all sources.
func (s *Server) feed(c echo.Context) error {
	return s.sendFeed(c, views.Feed{Title: "Changes", First: views.FeedURL, PageURL: views.HomeURL}, s.Catalog.Changes)
}

// datasetFeed answers GET /indexed-sources/relaton-data-<dataset>/feed.atom.
func (s *Server) datasetFeed(c echo.Context) error {
	source, err := s.source(c.Request().Context(), c.Param("source"))
	if err != nil {
		return err
	}
	return s.sendFeed(c, views.Feed{
		Title: "Changes in " + source.Name, First: views.DatasetFeedURL(source.Name), PageURL: source.URL,
	}, func(ctx context.Context, ask catalog.ChangeQuery) ([]catalog.Change, error) {
		ask.Dataset = source.Name
		return s.Catalog.Changes(ctx, ask)
	})
}

// searchFeed answers GET /search/feed.atom with the changes in documents that a search finds, and in those that it would
// have found before they were withdrawn. The search is what it is on its page.
func (s *Server) searchFeed(c echo.Context) error {
	params := c.QueryParams()
	text := strings.TrimSpace(params.Get("query"))
	if text == "" {
		return fault.New(fault.Invalid, "Name what to look for with the parameter query.")
	}
	feed := views.Feed{Title: "Changes in what “" + text + "” finds"}
	if isExact(params) {
		return s.exactFeed(c, feed, text)
	}
	choices, _ := readChoices(params) // a feed has pages of its own
	feed.First, feed.PageURL = choices.FeedURL(), views.Choices{Text: choices.Text, Chosen: choices.Chosen}.URL()
	return s.sendFeed(c, feed, func(ctx context.Context, ask catalog.ChangeQuery) ([]catalog.Change, error) {
		return s.Catalog.ChangesAsked(ctx, ask, search.Asked{Text: choices.Text, Chosen: choices.Chosen})
	})
}

// exactFeed is the feed of a query in one of the exact languages.
func (s *Server) exactFeed(c echo.Context, feed views.Feed, text string) error {
	r, _ := searchOf(c)
	queries, err := r.queries(text)
	if err != nil {
		return err
	}
	asked := exactParams(c)
	feed.First, feed.PageURL = views.SearchFeedURL+asked, views.SearchPath+asked
	return s.sendFeed(c, feed, func(ctx context.Context, ask catalog.ChangeQuery) ([]catalog.Change, error) {
		return s.Catalog.ChangesFound(ctx, ask, queries...)
	})
}

// searchOf reads how a query on a page is to be run; see readSearch.
func searchOf(c echo.Context) (r searchRequest, noPage error) {
	r, noPage = readSearch(c, search.WebSearch)
	if r.fallback && !c.QueryParams().Has("query_format") {
		r.format = string(search.DocIDRegex)
	}
	return r, noPage
}

// exactParams gives those parameters of a query in an exact language that say what it finds, in one form for all ways to
// write them.
func exactParams(c echo.Context) string {
	kept := url.Values{}
	for _, name := range []string{"query", "query_format", "allow_format_fallback"} {
		if values := c.QueryParams()[name]; len(values) > 0 {
			kept[name] = values
		}
	}
	return "?" + kept.Encode()
}

// feedOf gives the changes that a feed tells.
type feedOf func(context.Context, catalog.ChangeQuery) ([]catalog.Change, error)

// sendFeed completes a feed, which has its titles and addresses, and sends it. It stays what it is for as long as the
// index does.
func (s *Server) sendFeed(c echo.Context, feed views.Feed, changes feedOf) error {
	before, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if given := c.QueryParam("before"); given != "" && (err != nil || before < 1) {
		return fault.New(fault.NotFound, "There is no page %.20q of this feed.", given)
	}
	feed.Service, feed.Origin, feed.URL = s.Site.Service, s.origin(c), pageOfFeed(feed.First, before)
	feed.Title += " – " + s.Site.Service
	key := "feed\x00" + feed.Origin + "\x00" + feed.URL
	a, err := s.answers.get(c.Request().Context(), key, func(ctx context.Context) (*answer, error) {
		found, err := changes(ctx, catalog.ChangeQuery{Before: before, Limit: changesPerFeed + 1})
		if err != nil {
			return nil, err
		}
		if err := s.fillFeed(ctx, &feed, found); err != nil {
			return nil, err
		}
		body, err := feed.Atom(ctx)
		if err != nil {
			return nil, err
		}
		return newAnswer(typeAtom, body), nil
	})
	if errors.Is(err, search.ErrCutOff) {
		// Nothing is wrong with the query that a later time may not mend.
		return fault.Wrap(fault.Unavailable, err, "The search took too long and was cut off.")
	}
	if err != nil {
		return err
	}
	return a.send(c)
}

func (s *Server) fillFeed(ctx context.Context, feed *views.Feed, changes []catalog.Change) error {
	indexed, err := s.indexed(ctx)
	if err != nil {
		return err
	}
	feed.Changes, feed.Next = nil, ""
	if len(changes) > changesPerFeed {
		changes = changes[:changesPerFeed]
		feed.Next = pageOfFeed(feed.First, changes[changesPerFeed-1].Number)
	}
	for i := range changes {
		feed.Changes = append(feed.Changes, views.ChangeOf(&changes[i], s.repositoryOf(changes[i].Dataset, indexed)))
	}
	feed.Updated = feedTime(changes, indexed)
	return nil
}

// feedTime is when a feed last changed: with its newest entry, or, while it has none, with the first indexing.
func feedTime(changes []catalog.Change, indexed []catalog.Source) time.Time {
	if len(changes) > 0 {
		return changes[0].At
	}
	var first time.Time
	for _, source := range indexed {
		if first.IsZero() || source.IndexedAt.Before(first) {
			first = source.IndexedAt
		}
	}
	return first
}

// pageOfFeed is the address of the page of a feed that begins before a change.
func pageOfFeed(first string, before int64) string {
	if before == 0 {
		return first
	}
	separator := "?"
	if strings.Contains(first, "?") {
		separator = "&"
	}
	return first + separator + "before=" + strconv.FormatInt(before, 10)
}

// feedLinks tells browsers of the feed of everything, and of those that a page is about.
func (s *Server) feedLinks(own ...views.FeedLink) []views.FeedLink {
	return append(own, views.FeedLink{Title: "Changes – " + s.Site.Service, URL: views.FeedURL})
}
