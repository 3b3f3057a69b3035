package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// doi is bibxml7: DOI.<doi> is a document of the index that carries the DOI, or else what Crossref says: an RFC
// must not depend on somebody else's service.
type doi struct{ ordinary }

func (doi) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	name := strings.TrimPrefix(anchor, "DOI.")
	tried := "DOI " + name
	// DOIs are the same in any case (DOI Handbook, section 3.6).
	doc, err := r.first(ctx, docid.Query{Value: name, Type: "DOI", Match: docid.Fold})
	if r.Works != nil && fault.Is(err, fault.NotFound) {
		doc, err = r.Works.Work(ctx, name)
	}
	return doc, tried, err
}

func (doi) root(anchor string, _ *merge.Document) string {
	return strings.ToUpper(strings.ReplaceAll(strings.Replace(anchor, ".", "_", 1), "/", "_"))
}

// finish makes links secure, and takes the host name that the DOI Foundation recommends.
func (doi) finish(doc *merge.Document) *merge.Document {
	item, copied := *doc.Item, *doc
	item.Link = make([]relaton.Link, len(doc.Item.Link))
	for i, link := range doc.Item.Link {
		for _, old := range []string{"http://dx.doi.org/", "https://dx.doi.org/", "http://doi.org/"} {
			if path, ok := strings.CutPrefix(link.Content, old); ok {
				link.Content = "https://doi.org/" + path
			}
		}
		item.Link[i] = link
	}
	copied.Item = &item
	return &copied
}

func (doi) anchors(doc *merge.Document) []string {
	for _, id := range doc.Item.DocID {
		if id.Type == "DOI" {
			return []string{"DOI." + id.ID}
		}
	}
	return nil
}
