package app

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const members = 5000

// enlarge adds a group of many members to a source, which repeats some of them, and a record with a very long title.
func (s *service) enlarge(t *testing.T, dataset string) {
	t.Helper()
	files := make(map[string]string, members+2)
	var group strings.Builder
	group.WriteString("docid: [{id: LARGE 1, type: LARGE, primary: true}]\ntitle: A large group\ndate: [{type: published, value: 2020-02-02}]\nrelation:\n")
	for i := range members {
		fmt.Fprintf(&group, "- {type: includes, bibitem: {docid: [{id: MEMBER %d, type: X, primary: true}]}}\n", i)
		files[fmt.Sprintf("data/member-%04d.yaml", i)] = fmt.Sprintf("docid: [{id: MEMBER %d, type: X, primary: true}]\ntitle: Title %d.\n", i, i)
	}
	files["data/large.yaml"] = group.String()
	files["data/long.yaml"] = "docid: [{id: LONG 1, type: LONG, primary: true}]\ntitle: " + strings.Repeat("verbose ", 500_000) + "\n"
	s.edit(t, dataset, files)
	s.index(t, dataset)
}

func TestLargeRecords(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "misc")
	s.enlarge(t, "misc")
	t.Run("group", s.largeGroup)
	t.Run("title", s.longTitle)
}

// largeGroup checks that a group of thousands of members is answered in full where tools ask, and page by page where people
// read.
func (s *service) largeGroup(t *testing.T) {
	ask := func(path string) string {
		got := s.get(t, path)
		require.Equal(t, 200, got.status, path)
		return got.body
	}
	for format, member := range map[string]string{"bibxml": "<reference ", "kramdown": "  title: Title ", "text": `"Title `} {
		require.Equal(t, members, strings.Count(ask("/api/v1/by-docid/?docid=LARGE+1&format="+format), member), format)
		require.Equal(t, members, strings.Count(ask("/get-one/export/?docid=LARGE+1&format="+format), member), format)
	}
	require.Equal(t, members, strings.Count(ask("/public/rfc/bibxml2/reference.LARGE.1.xml"), "<reference "))
	for _, path := range []string{"/api/v1/by-docid/?docid=LARGE+1", "/api/v1/by-docid/?docid=LARGE+1&include=successors"} {
		var answer struct {
			Data struct {
				Relation []struct {
					Bibitem struct{ Title []struct{ Content string } }
				}
			}
		}
		require.NoError(t, json.Unmarshal([]byte(ask(path)), &answer))
		require.Len(t, answer.Data.Relation, members)
		require.Equal(t, "Title 4999.", answer.Data.Relation[4999].Bibitem.Title[0].Content)
	}
	for _, path := range []string{
		"/get-one/by-docid/?docid=LARGE+1", "/search/?query=large+group", "/indexed-sources/relaton-data-misc/large/",
		"/search/feed.atom?query=large+group",
	} {
		require.Less(t, len(ask(path)), 1_000_000, path)
	}
	explorer := s.ask(t, "/management/xml2rfc-compat/bibxml2/reference.LARGE.1.xml/", "a secret for tests")
	require.Equal(t, 200, explorer.status)
	require.Less(t, len(explorer.body), 1_000_000)
	require.Contains(t, explorer.body, "Only the beginning is shown")

	page := ask("/get-one/by-docid/?docid=LARGE+1")
	require.Contains(t, page, "5,000")
	require.Contains(t, page, "the download has 4,900 more")
	require.NotContains(t, page, "Title 100.")
	require.ElementsMatch(t, wholeGroup(), s.turnPages(t, page))
}

func wholeGroup() (all []string) {
	for i := range members {
		all = append(all, fmt.Sprintf("Title %d.", i))
	}
	return all
}

var (
	listLink  = regexp.MustCompile(`href="(/get-one/relations/[^"]+)">All`)
	nextLink  = regexp.MustCompile(`href="(/get-one/relations/[^"]+)" rel="next"`)
	someTitle = regexp.MustCompile(`Title [0-9]+\.`)
)

// turnPages follows the links of a page to the list of all members and on, and returns the titles that it shows.
func (s *service) turnPages(t *testing.T, page string) (all []string) {
	t.Helper()
	for next := listLink.FindStringSubmatch(page); next != nil; next = nextLink.FindStringSubmatch(page) {
		got := s.get(t, strings.ReplaceAll(next[1], "&amp;", "&"))
		require.Equal(t, 200, got.status, next[1])
		page = got.body
		all = append(all, someTitle.FindAllString(page, -1)...)
	}
	return all
}

func TestRelationPagesThatAreNone(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs", "rfcsubseries")
	for query, want := range map[string]int{
		"":                                                 400,
		"docid=BCP+14&type=includes":                       200,
		"docid=BCP+14&type=includes&page=1":                200,
		"docid=BCP+14&type=includes&page=2":                404,
		"docid=BCP+14&type=includes&page=0":                400,
		"docid=BCP+14&type=includes&page=x":                400,
		"docid=BCP+14&type=includes&page=1e99":             400,
		"docid=BCP+14&type=odd":                            404,
		"docid=BCP+14":                                     404,
		"docid=NONE+14&type=includes":                      404,
		"docid=BCP+14&type=" + url.QueryEscape("<script>"): 404,
	} {
		require.Equal(t, want, s.get(t, "/get-one/relations/?"+query).status, query)
	}
}

// longTitle checks that what exceeds a limit is cut everywhere, and that the page says so.
func (s *service) longTitle(t *testing.T) {
	for _, path := range []string{
		"/get-one/by-docid/?docid=LONG+1", "/api/v1/by-docid/?docid=LONG+1", "/api/v1/by-docid/?docid=LONG+1&format=bibxml",
		"/api/v1/by-docid/?docid=LONG+1&format=kramdown", "/api/v1/by-docid/?docid=LONG+1&format=text", "/search/?query=verbose",
		"/api/v1/search/verbose/?query_format=websearch", "/search/suggestions/?query=verbose", "/search/feed.atom?query=verbose",
		"/indexed-sources/relaton-data-misc/long/", "/indexed-sources/relaton-data-misc/", "/public/rfc/bibxml2/reference.LONG.1.xml",
	} {
		got := s.get(t, path)
		require.Equal(t, 200, got.status, path)
		require.Less(t, len(got.body), 500_000, path)
	}
	const problem = "bytes; it is cut to 4000, which is the limit"
	require.Contains(t, s.get(t, "/get-one/by-docid/?docid=LONG+1").body, problem)
	require.Contains(t, s.get(t, "/indexed-sources/relaton-data-misc/long/").body, "The beginning of the file")
	require.Contains(t, s.get(t, "/api/v1/by-docid/?docid=LONG+1").body, problem)
}
