package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// iana is bibxml8: IANA.<registry>[_<subregistry>] is IANA registry/subregistry.
type iana struct{ ordinary }

func (iana) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	id, ok := ianaID(anchor)
	if !ok {
		return nil, anchor, errNotFound()
	}
	doc, err := r.first(ctx, docid.Query{Value: id, Type: "IANA", Match: docid.Exact, PrimaryOnly: true})
	return doc, "IANA " + id, err
}

func ianaID(anchor string) (string, bool) {
	name, ok := strings.CutPrefix(anchor, "IANA.")
	return "IANA " + strings.ReplaceAll(name, "_", "/"), ok
}

// finish drops the dates, which tell when a registry last changed and so date no reference, and
// makes links secure.
func (iana) finish(doc *merge.Document) *merge.Document {
	item, copied := *doc.Item, *doc
	item.Date = nil
	item.Link = make([]relaton.Link, len(doc.Item.Link))
	for i, link := range doc.Item.Link {
		if rest, ok := strings.CutPrefix(link.Content, "http://"); ok {
			link.Content = "https://" + rest
		}
		item.Link[i] = link
	}
	copied.Item = &item
	return &copied
}

func (iana) anchors(doc *merge.Document) []string {
	rest, ok := primaryRest(doc, "IANA", "IANA ")
	if !ok || strings.Contains(rest, "_") {
		return nil
	}
	return []string{"IANA." + strings.ReplaceAll(rest, "/", "_")}
}
