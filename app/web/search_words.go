package web

import (
	"context"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

// wordsFormat names the search of the pages in the API. It is beside the query languages: a text is an identifier in any
// spelling, or words, and the best results come first.
const wordsFormat = "words"

func (r searchRequest) isWords() bool { return strings.EqualFold(r.format, wordsFormat) }

// searchWords answers GET /api/v1/search/<query>/?query_format=words.
func (s *Server) searchWords(c echo.Context, text string, r searchRequest) error {
	asked := search.Asked{Text: text, Limit: hitsPerPage, Offset: max(0, r.page-1) * hitsPerPage}
	results, err := s.askWords(c.Request().Context(), asked)
	if err != nil {
		return err
	}
	if r.page == 0 {
		r.page = max(results.Total-1, 0)/hitsPerPage + 1
		if asked.Offset = (r.page - 1) * hitsPerPage; asked.Offset > 0 {
			if results, err = s.askWords(c.Request().Context(), asked); err != nil {
				return err
			}
		}
	}
	if r.page > 1 && asked.Offset >= results.Total {
		return fault.New(fault.NotFound, "There is no page %d of these results.", r.page)
	}
	s.Hits.Search(true, wordsFormat, results.Total, search.MostRanked)
	found := catalog.Found{
		Documents: results.Documents, Total: results.Total, Page: r.page, Problem: results.Problem, CutOff: results.CutOff,
	}
	return newAnswer(typeJSON, s.searchBody(c, r, found, wordsMeta(results)...)).send(c)
}

// askWords searches in one state of the index.
func (s *Server) askWords(ctx context.Context, asked search.Asked) (catalog.Results, error) {
	results, _, err := settled(ctx, s.Generation, func(ctx context.Context) (catalog.Results, error) {
		return s.Catalog.Ask(ctx, asked)
	})
	return results, err
}

// wordsMeta are the members that tell how a text was understood.
func wordsMeta(results catalog.Results) (members []byte) {
	add := func(name, text string) {
		members = append(members, `, "`+name+`": `...)
		members = relaton.AppendString(members, text)
	}
	if results.AtLeast {
		members = append(members, `, "at_least": `+strconv.FormatBool(true)...)
	}
	if results.Exact != nil {
		add("exact", results.Exact.ID)
	}
	if results.Offered != "" {
		add("offered", results.Offered)
		members = append(members, `, "mended": `+strconv.FormatBool(results.Mended)...)
	}
	return members
}
