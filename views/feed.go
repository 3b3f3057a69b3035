package views

import (
	"context"
	"encoding/xml"
	"strings"
	"time"
)

// FeedType is the media type of feeds (RFC 4287, section 7).
const FeedType = "application/atom+xml"

// FeedURL is the feed of all sources.
const FeedURL = "/feed.atom"

// SearchFeedURL is the feed of a search; it takes the parameters of the search.
const SearchFeedURL = SearchPath + "feed.atom"

// DatasetFeedURL is the feed of one source.
func DatasetFeedURL(dataset string) string { return DatasetURL(dataset) + "feed.atom" }

// FeedURL is the feed of the changes in what the search finds, however that is ordered and cut into pages.
func (c Choices) FeedURL() string {
	found := Choices{Text: c.Text, Chosen: c.Chosen}
	return SearchFeedURL + strings.TrimPrefix(found.URL(), SearchPath)
}

// FeedLink is a feed that browsers and readers are told of by a page.
type FeedLink struct{ Title, URL string }

// Feed is a list of changes for programs to follow.
type Feed struct {
	Service string // that tells it
	Title   string // what it is of
	Origin  string // scheme and host without a final slash
	URL     string // of this page of the feed
	First   string // of its first page
	Next    string // of the older changes; empty when there are none
	PageURL string // of the page for people that it belongs to
	Updated time.Time
	Changes []Change // newest first
}

// Atom writes the feed by RFC 4287, in pages by RFC 5005. It fails when a change cannot be rendered.
func (f *Feed) Atom(ctx context.Context) ([]byte, error) {
	doc := atomFeed{
		ID: urn("feed " + f.First), Title: f.Title, Updated: machineTime(f.Updated), Generator: f.Service,
		Author: atomPerson{Name: f.Service, URI: f.Origin + HomeURL},
		Links: []atomLink{
			{Rel: "self", Type: FeedType, Href: f.Origin + f.URL},
			{Rel: "alternate", Type: "text/html", Href: f.Origin + f.PageURL},
			{Rel: "first", Type: FeedType, Href: f.Origin + f.First},
		},
	}
	if f.Next != "" {
		doc.Links = append(doc.Links, atomLink{Rel: "next", Type: FeedType, Href: f.Origin + f.Next})
	}
	for _, change := range f.Changes {
		entry, err := entryOf(ctx, f.Origin, change)
		if err != nil {
			return nil, err
		}
		doc.Entries = append(doc.Entries, entry)
	}
	body, err := xml.MarshalIndent(doc, "", " ")
	return append(append([]byte(xml.Header), body...), '\n'), err
}

func entryOf(ctx context.Context, origin string, c Change) (atomEntry, error) {
	e := atomEntry{
		ID: c.ID, Title: c.heading(), Updated: machineTime(c.At), Published: machineTime(c.At),
		Author: atomPerson{Name: "relaton-data-" + c.Dataset, URI: origin + DatasetURL(c.Dataset)},
		Categories: []atomCategory{
			{Term: string(c.Kind), Label: c.verb()},
			{Term: c.Dataset, Scheme: origin + sourcesPath, Label: c.Dataset},
		},
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: origin + c.URL, Title: c.heading()}},
		Summary: c.summary(),
	}
	if c.URL != c.RecordURL {
		e.Links = append(e.Links, atomLink{Rel: "related", Type: "text/html", Href: origin + c.RecordURL, Title: c.Ref + " in " + c.Dataset})
	}
	if c.CommitURL != "" {
		e.Links = append(e.Links, atomLink{Rel: "via", Type: "text/html", Href: c.CommitURL})
	}
	if len(c.Fields) > 0 {
		var b strings.Builder
		if err := fieldChanges(c.Fields, c.More).Render(ctx, &b); err != nil {
			return e, err
		}
		e.Content = &atomText{Type: "html", Text: b.String()}
	}
	return e, nil
}

// The elements of RFC 4287. What is no character of XML is replaced while it is written.
type (
	atomFeed struct {
		XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID        string      `xml:"id"`
		Title     string      `xml:"title"`
		Updated   string      `xml:"updated"`
		Author    atomPerson  `xml:"author"`
		Generator string      `xml:"generator"`
		Links     []atomLink  `xml:"link"`
		Entries   []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID         string         `xml:"id"`
		Title      string         `xml:"title"`
		Updated    string         `xml:"updated"`
		Published  string         `xml:"published"`
		Author     atomPerson     `xml:"author"`
		Categories []atomCategory `xml:"category"`
		Links      []atomLink     `xml:"link"`
		Summary    string         `xml:"summary"`
		Content    *atomText      `xml:"content"`
	}
	atomPerson struct {
		Name string `xml:"name"`
		URI  string `xml:"uri"`
	}
	atomLink struct {
		Rel   string `xml:"rel,attr"`
		Type  string `xml:"type,attr"`
		Href  string `xml:"href,attr"`
		Title string `xml:"title,attr,omitempty"`
	}
	atomCategory struct {
		Term   string `xml:"term,attr"`
		Scheme string `xml:"scheme,attr,omitempty"`
		Label  string `xml:"label,attr,omitempty"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)
