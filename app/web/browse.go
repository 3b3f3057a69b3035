package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/views"
)

// pageSize is how many records a dataset page lists.
const pageSize = 100

// dataset lists the records of a source, in the order of their names.
func (s *Server) dataset(c echo.Context) error {
	return s.settledPage(c, func(ctx context.Context) (templ.Component, error) { return s.listing(ctx, c) })
}

func (s *Server) listing(ctx context.Context, c echo.Context) (templ.Component, error) {
	source, err := s.source(ctx, c.Param("source"))
	if err != nil {
		return nil, err
	}
	at, query, err := readListing(c, source.Name)
	if err != nil {
		return nil, err
	}
	page, err := s.Catalog.ListRecords(ctx, query)
	if err != nil {
		return nil, err
	}
	sections, err := s.Catalog.Sections(ctx, source.Name)
	if err != nil {
		return nil, err
	}
	listing := views.Listing{Dataset: source, At: at, Before: page.Before, After: page.After}
	listing.Names, listing.Years = views.JumpsOf(source.Name, sections, at)
	if source.Problems > 0 {
		kinds, err := s.Catalog.ProblemKinds(ctx, source.Name)
		if err != nil {
			return nil, err
		}
		listing.Kinds = views.ProblemJumps(source.Name, kinds, at)
	}
	for _, entry := range page.Records {
		listing.Records = append(listing.Records, views.RecordEntry{
			Ref: entry.Ref, URL: views.RecordURL(source.Name, entry.Ref), ID: entry.ID,
			Title: relaton.PlainText(entry.Title), Latest: entry.Latest, Problems: entry.Problems,
		})
	}
	frame := s.frame(c)
	frame.Feeds = s.feedLinks(views.FeedLink{Title: "Changes in " + source.Name, URL: views.DatasetFeedURL(source.Name)})
	return views.DatasetPage(frame, listing), nil
}

// readListing reads which part of a list is wanted. It fails with fault.Invalid for what is no year.
func readListing(c echo.Context, dataset string) (at views.ListingAt, q browse.Query, err error) {
	params := c.QueryParams()
	at = views.ListingAt{
		Year: params.Get("year"), Problem: params.Get("problem"), From: params.Get("from"), After: params.Get("after"), Before: params.Get("before"),
		Last: params.Get("page") == "last",
	}
	q = browse.Query{Dataset: dataset, Problem: at.Problem, From: at.From, After: at.After, Before: at.Before, Last: at.Last, Limit: pageSize}
	switch at.Year {
	case "":
	case views.NoYear:
		q.Year = new(int(browse.Undated))
	default:
		year, failed := strconv.ParseInt(at.Year, 10, 16)
		if failed != nil || year <= browse.Undated {
			return at, q, fault.New(fault.Invalid, "There is no year %.20q.", at.Year)
		}
		q.Year = new(int(year))
	}
	return at, q, nil
}
