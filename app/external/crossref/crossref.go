// Package crossref asks Crossref for documents by their DOI (compatibility, section 11;
// https://api.crossref.org/swagger-ui/index.html).
package crossref

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Name is that of the source in answers; in addresses it is doi.
const Name = "crossref-api"

// Client asks Crossref. It is safe for concurrent use.
type Client struct {
	source *external.Source[*relaton.Item]
}

// New makes a client over a source that leads to Crossref.
func New(source *external.Source[*relaton.Item]) *Client { return &Client{source} }

// doiPattern is the form of every DOI (DOI Handbook, section 2.2).
var doiPattern = regexp.MustCompile(`^10\.[0-9]{4,9}(\.[0-9]+)*/[[:graph:]\pL\pN]+$`)

// longestDOI leaves room beyond the longest in use; the handbook sets no limit.
const longestDOI = 512

// Work gives the document that a DOI names, which may be written as a link. The DOI in the answer has the
// case of the question: it is the same in any, and Crossref's own is not that of the publisher. It fails with
// fault.NotFound when Crossref does not know it, with fault.Upstream when it does not answer.
func (c *Client) Work(ctx context.Context, doi string) (*merge.Document, error) {
	doi = bare(doi)
	if len(doi) > longestDOI || !doiPattern.MatchString(doi) || hasDots(doi) {
		return nil, fault.New(fault.NotFound, "%.80q is no DOI", doi)
	}
	item, err := c.source.Ask(ctx, strings.ToLower(doi), func(ctx context.Context, fetch *external.Fetch) (*relaton.Item, error) {
		var answer struct {
			Message work `json:"message"`
		}
		if err := fetch.JSON(ctx, "/works/"+escaped(doi), nil, &answer); err != nil {
			return nil, err
		}
		if !answer.Message.isAbout(doi) {
			return nil, fetch.Unreadable()
		}
		return answer.Message.item(doi), nil
	})
	if err != nil {
		return nil, err
	}
	return external.Document(Name, doi, named(item, doi)), nil
}

// isAbout reports whether the work is the one that a DOI names, which is the same in any case, and its address one.
func (w *work) isAbout(doi string) bool {
	if !strings.EqualFold(string(w.DOI), doi) {
		return false
	}
	_, _, ok := relaton.WebAddress(string(w.URL))
	return ok || w.URL == ""
}

// bare takes a DOI out of a link or a text such as doi:10.1000/182.
func bare(doi string) string {
	doi = strings.TrimSpace(doi)
	for _, prefix := range []string{"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "DOI "} {
		if len(doi) > len(prefix) && strings.EqualFold(doi[:len(prefix)], prefix) {
			return strings.TrimSpace(doi[len(prefix):])
		}
	}
	return doi
}

// hasDots finds steps that would lead out of the folder of works.
func hasDots(doi string) bool {
	for part := range strings.SplitSeq(doi, "/") {
		if part == "." || part == ".." {
			return true
		}
	}
	return false
}

// escaped leaves slashes as they are, which Crossref understands.
func escaped(doi string) string { return strings.ReplaceAll(url.PathEscape(doi), "%2F", "/") }

// named gives the item with the DOI as somebody else writes it.
func named(item *relaton.Item, doi string) *relaton.Item {
	if item.DocID[0].ID == doi {
		return item
	}
	other := *item
	other.DocID = append([]docid.ID{primary(doi)}, item.DocID[1:]...)
	other.Link = []relaton.Link{linkTo(doi)}
	return &other
}

func primary(doi string) docid.ID { return docid.ID{ID: doi, Type: "DOI", Primary: true} }

func linkTo(doi string) relaton.Link {
	return relaton.Link{Content: "https://doi.org/" + (&url.URL{Path: doi}).EscapedPath(), Type: "src"}
}
