package web

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

const (
	searchPrefix = "/api/v1/search/"
	hitsPerPage  = 10
)

// searchRequest is what a search is asked, beside the text.
type searchRequest struct {
	format   string
	fallback bool // whether other formats may be tried where nothing is found
	page     int  // from 1; 0: the last
}

// readSearch reads the parameters of a search. It fails with fault.NotFound for a page that cannot exist; the rest of the
// request is read all the same.
func readSearch(c echo.Context, standard search.Format) (r searchRequest, err error) {
	r.format, r.page = string(standard), 1
	params := c.QueryParams()
	if params.Has("query_format") {
		r.format = params.Get("query_format")
	}
	switch strings.ToLower(params.Get("allow_format_fallback")) {
	case "", "0", "false", "no":
	default:
		r.fallback = true
	}
	switch page := params.Get("page"); page {
	case "":
	case "last":
		r.page = 0
	default:
		r.page, err = strconv.Atoi(page)
		if err != nil || r.page < 1 || r.page > search.Cap/hitsPerPage {
			r.page, err = 1, fault.New(fault.NotFound, "There is no page %.20q of these results.", page)
		}
	}
	return r, err
}

// queries gives what to look for, one after the other. It fails with fault.Invalid when the text cannot be read.
func (r searchRequest) queries(text string) (queries []search.Query, err error) {
	if r.fallback {
		queries, err = search.ParseAny(r.format, text)
	} else {
		var q search.Query
		q, err = search.Parse(r.format, text)
		queries = []search.Query{q}
	}
	for i := range queries {
		queries[i].Limit = hitsPerPage
		queries[i].Offset, queries[i].Last = max(0, r.page-1)*hitsPerPage, r.page == 0
	}
	return queries, err
}

// search answers GET /api/v1/search/<query>/ (compatibility, section 6).
func (s *Server) search(c echo.Context) error {
	text, err := pathText(c.Request())
	if err != nil {
		return err
	}
	r, noPage := readSearch(c, search.DocIDRegex)
	if noPage == nil && r.isWords() {
		return s.searchWords(c, text, r)
	}
	queries, err := r.queries(text)
	if err != nil {
		return err
	}
	if noPage != nil {
		return noPage
	}
	found, err := s.find(c.Request().Context(), queries)
	if err != nil {
		return err
	}
	s.Hits.Search(true, string(found.Format), found.Total, search.Cap)
	return newAnswer(typeJSON, s.searchBody(c, r, found)).send(c)
}

// find searches in one state of the index: what is counted is what is shown.
func (s *Server) find(ctx context.Context, queries []search.Query) (catalog.Found, error) {
	found, _, err := settled(ctx, s.Generation, func(ctx context.Context) (catalog.Found, error) {
		return s.Catalog.Search(ctx, queries...)
	})
	return found, err
}

// pathText reads the query in the path of a search. It is escaped twice: a plus sign is a blank, and a slash is
// written %252F, since the path is taken apart after it was unescaped once. The service that ours replaces read it
// so, and proxies do.
func pathText(r *http.Request) (string, error) {
	text := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, searchPrefix), "/")
	if strings.Contains(text, "/") {
		return "", fault.New(fault.NotFound, "A slash in a query has to be escaped twice, as %%252F. "+
			"In a part of an identifier, a blank can stand for it.")
	}
	text = unescape(text)
	return cmp.Or(docid.Trim(text), text), nil
}

var escape = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// unescape reads a text as a form encodes it; percent signs that begin no escape stand for themselves.
func unescape(text string) string {
	text = escape.ReplaceAllStringFunc(strings.ReplaceAll(text, "+", " "), func(code string) string {
		char, _ := strconv.ParseUint(code[1:], 16, 8) // two hexadecimal digits
		return string([]byte{byte(char)})
	})
	return strings.ToValidUTF8(text, "\uFFFD")
}

func (s *Server) searchBody(c echo.Context, r searchRequest, found catalog.Found, more ...byte) []byte {
	body := append([]byte(`{"meta": {"total_records": `), strconv.Itoa(found.Total)...)
	member := func(name, text string) {
		body = append(body, `, "`+name+`": `...)
		body = relaton.AppendString(body, text)
	}
	if found.Page*hitsPerPage < found.Total {
		member("next", s.pageLink(c, found.Page+1))
	}
	if found.Page > 1 {
		member("prev", s.pageLink(c, found.Page-1))
	}
	if r.fallback {
		member("query_format", string(found.Format))
	}
	if found.Problem != "" {
		member("message", found.Problem)
	}
	if found.CutOff {
		body = append(body, `, "cut_off": true`...)
	}
	body = append(body, more...)
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
