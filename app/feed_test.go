package app

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/views"
)

// atomFeed is what a reader takes from a feed; what RFC 4287 asks for is checked by read.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  []string    `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Author  []string   `xml:"author>name"`
	Links   []atomLink `xml:"link"`
	Summary string     `xml:"summary"`
	Content struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	} `xml:"content"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

func linkOf(links []atomLink, rel string) string {
	for _, link := range links {
		if link.Rel == rel {
			return link.Href
		}
	}
	return ""
}

// follow reads a feed, and checks what RFC 4287 demands of every feed and entry.
func (s *service) follow(t *testing.T, path string) atomFeed {
	t.Helper()
	got := s.get(t, path)
	require.Equal(t, 200, got.status, got.body)
	require.Equal(t, "application/atom+xml; charset=utf-8", got.header.Get("Content-Type"))
	var feed atomFeed
	require.NoError(t, xml.Unmarshal([]byte(got.body), &feed), got.body)
	require.True(t, strings.HasPrefix(feed.ID, "urn:uuid:"), feed.ID)
	require.NotEmpty(t, feed.Title)
	require.Len(t, feed.Author, 1)
	require.Equal(t, s.base+path, linkOf(feed.Links, "self"))
	require.True(t, strings.HasPrefix(linkOf(feed.Links, "alternate"), s.base+"/"), feed.Links)
	_, err := time.Parse(time.RFC3339, feed.Updated)
	require.NoError(t, err)
	seen := map[string]bool{feed.ID: true}
	for _, entry := range feed.Entries {
		require.True(t, strings.HasPrefix(entry.ID, "urn:uuid:"), entry.ID)
		require.False(t, seen[entry.ID], "an id that stands twice")
		seen[entry.ID] = true
		_, err := time.Parse(time.RFC3339, entry.Updated)
		require.NoError(t, err)
		require.NotEmpty(t, entry.Title)
		require.NotEmpty(t, entry.Summary)
		require.Len(t, entry.Author, 1)
		require.NotEmpty(t, entry.Author[0])
		require.True(t, strings.HasPrefix(linkOf(entry.Links, "alternate"), s.base+"/"), entry.Links)
	}
	return feed
}

func titles(feed atomFeed) []string {
	var all []string
	for _, entry := range feed.Entries {
		all = append(all, entry.Title+" | "+entry.Summary)
	}
	return all
}

// edit changes files of a source in a commit; no content removes one.
func (s *service) edit(t *testing.T, dataset string, files map[string]string) {
	t.Helper()
	work := filepath.Join(t.TempDir(), "work")
	git := func(args ...string) {
		cmd := exec.CommandContext(t.Context(), "git", args...)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
	}
	git("clone", "--quiet", s.sources[dataset], work)
	for name, content := range files {
		path := filepath.Join(work, name)
		if content == "" {
			require.NoError(t, os.Remove(path))
			continue
		}
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	}
	git("-C", work, "add", "--all")
	git("-C", work, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x")
	git("-C", work, "push", "--quiet", "origin", "HEAD:main")
}

func (s *service) file(t *testing.T, dataset, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "git", "-C", s.sources[dataset], "show", "main:"+name).Output()
	require.NoError(t, err)
	return string(out)
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs", "misc")
	require.Empty(t, s.follow(t, "/feed.atom").Entries, "the first indexing is no news")
	s.edit(t, "rfcs", map[string]string{
		"data/RFC9000.yaml": strings.Replace(s.file(t, "rfcs", "data/RFC9000.yaml"), "QUIC: A UDP-Based Multiplexed", "QUIC: A < Multiplexed", 1),
		"data/RFC0020.yaml": "",
		"data/RFC9999.yaml": "docid: [{id: RFC 9999, type: IETF, primary: true}]\ntitle: \"The \\u0001 & only\"\n",
	})
	s.index(t, "rfcs")

	feed := s.follow(t, "/feed.atom")
	require.Equal(t, []string{
		"RFC 9999: The \uFFFD & only | New in rfcs",
		"RFC 9000: QUIC: A < Multiplexed and Secure Transport | Changed in rfcs: title[0].content",
		"RFC 20: ASCII format for network interchange | Withdrawn from rfcs",
	}, titles(feed))
	require.Equal(t, s.base+"/", linkOf(feed.Links, "alternate"))
	changed := feed.Entries[1]
	require.Equal(t, s.base+views.DocumentURL("RFC 9000", "IETF"), linkOf(changed.Links, "alternate"))
	require.Equal(t, s.base+"/indexed-sources/relaton-data-rfcs/RFC9000/", linkOf(changed.Links, "related"))
	require.Equal(t, "html", changed.Content.Type)
	require.Contains(t, changed.Content.Text, "<del><bdi>QUIC: A UDP-Based Multiplexed and Secure Transport</bdi></del>")
	require.Contains(t, changed.Content.Text, "<ins><bdi>QUIC: A &lt; Multiplexed and Secure Transport</bdi></ins>")
	require.Equal(t, feed.Entries[0].Updated, feed.Updated)

	ofSource := s.follow(t, "/indexed-sources/relaton-data-rfcs/feed.atom")
	require.Equal(t, titles(feed), titles(ofSource))
	require.Equal(t, feed.Entries[0].ID, ofSource.Entries[0].ID, "one change has one name")
	require.NotEqual(t, feed.ID, ofSource.ID)
	require.Empty(t, s.follow(t, "/indexed-sources/relaton-data-misc/feed.atom").Entries)

	for query, want := range map[string]int{
		"?query=multiplexed": 1, "?query=ascii+interchange": 1, "?query=rfc": 3, "?query=xyzzy": 0,
		"?query=rfc+20&query_format=docid_regex":                                                  1,
		"?query=%7B%22docid%22%3A%5B%7B%22id%22%3A%22RFC+20%22%7D%5D%7D&query_format=json_struct": 1,
		"?allow_format_fallback=1&query=rfc+9000":                                                 1,
		"?query=rfc&source=rfcs":                                                                  3, "?query=rfc&source=misc": 0, "?query=rfc9999": 1,
		"?query=rfc&query_format=words": 3, "?query=rfc&query_format=words&source=misc": 0,
		"?query=rfc&allow_format_fallback=1&query_format=Words": 3,
		"?page=3&query=multiplexed":                             1,
	} {
		got := s.get(t, "/search/feed.atom"+query)
		require.Equal(t, 200, got.status, "%s: %s", query, got.body)
		require.Equal(t, want, strings.Count(got.body, "<entry>"), query)
	}
	s.follow(t, "/search/feed.atom?query=multiplexed")

	withdrawn := strings.TrimPrefix(linkOf(feed.Entries[2].Links, "alternate"), s.base)
	gone := s.get(t, withdrawn)
	require.Equal(t, 410, gone.status)
	require.Contains(t, gone.body, "does not have this record any more")
	record := s.get(t, "/indexed-sources/relaton-data-rfcs/rfc9000/")
	require.Equal(t, 200, record.status)
	require.Contains(t, record.body, "<del><bdi>QUIC: A UDP-Based Multiplexed and Secure Transport</bdi></del>")
	require.NotContains(t, s.get(t, "/indexed-sources/relaton-data-rfcs/RFC9001/").body, `id="changes"`)
	require.Equal(t, 404, s.get(t, "/indexed-sources/relaton-data-rfcs/RFC0/").status)
}

// Whoever has the newest state of a feed is told so in a few bytes, until something changes.
func TestFeedThatHasNotChanged(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "misc")
	tag := s.get(t, "/feed.atom").header.Get("ETag")
	require.NotEmpty(t, tag)
	conditional := func() int {
		return s.conditionally(t, "/feed.atom", tag)
	}
	require.Equal(t, 304, conditional())
	s.edit(t, "misc", map[string]string{"data/new.yaml": "docid: [{id: NEW 1, type: X, primary: true}]\ntitle: New\n"})
	s.index(t, "misc")
	s.eventually(t, "/feed.atom", func(r reply) bool { return strings.Contains(r.body, "NEW 1: New") })
	require.Equal(t, 200, conditional())
}

func TestFeedsThatAreNone(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "misc")
	for path, want := range map[string]int{
		"/indexed-sources/relaton-data-none/feed.atom":    404,
		"/indexed-sources/relaton-data-xml2rfc/feed.atom": 404,

		"/search/feed.atom":                                      400,
		"/search/feed.atom?query=+":                              400,
		"/search/feed.atom?query=%7B&query_format=json_struct":   400,
		"/search/feed.atom?query=a&query_format=klingon":         400,
		"/search/feed.atom?query=%24.%5B&query_format=json_path": 400,
		"/feed.atom?before=0":                                    404,
		"/feed.atom?before=x":                                    404,
		"/feed.atom?before=99999999999999999999":                 404,
		"/feed.atom?before=1":                                    200,
		"/search/feed.atom?query=%00":                            400,
	} {
		got := s.get(t, path)
		require.Equal(t, want, got.status, "%s: %s", path, got.body)
	}
}

// A feed is told in pages, each of which leads to the next.
func TestFeedOfManyChanges(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "misc")
	files := map[string]string{}
	for i := range 230 {
		files[fmt.Sprintf("data/many-%03d.yaml", i)] = fmt.Sprintf("docid: [{id: MANY %d, type: X, primary: true}]\ntitle: One of many\n", i)
	}
	s.edit(t, "misc", files)
	s.index(t, "misc")
	var sizes []int
	seen := map[string]bool{}
	var first atomFeed
	for path := "/search/feed.atom?query=many"; path != ""; {
		page := s.follow(t, path)
		if first.ID == "" {
			first = page
		}
		require.Equal(t, first.ID, page.ID)
		require.Equal(t, s.base+"/search/feed.atom?query=many", linkOf(page.Links, "first"))
		sizes = append(sizes, len(page.Entries))
		for _, entry := range page.Entries {
			seen[entry.ID] = true
		}
		path = strings.TrimPrefix(linkOf(page.Links, "next"), s.base)
	}
	require.Equal(t, []int{100, 100, 30}, sizes)
	require.Len(t, seen, 230)
}

// Pages tell browsers and readers of the feeds that belong to them.
func TestPagesTellOfTheirFeeds(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	all := `<link rel="alternate" type="application/atom+xml" title="Changes – BibXML service" href="/feed.atom">`
	for path, want := range map[string]string{
		"/":                                   all,
		"/indexed-sources/relaton-data-rfcs/": `type="application/atom+xml" title="Changes in rfcs" href="/indexed-sources/relaton-data-rfcs/feed.atom">`,
		"/search/?query=quic&query_format=websearch&page=1": `href="/search/feed.atom?query=quic&amp;query_format=websearch">`,
	} {
		body := s.get(t, path).body
		require.Contains(t, body, want, path)
		require.Contains(t, body, all, path)
	}
	require.NotContains(t, s.get(t, "/search/?query=%7B&query_format=json_struct").body, "/search/feed.atom")
}
