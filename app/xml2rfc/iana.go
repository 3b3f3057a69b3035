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

// find takes _ for a slash, or for itself: IANA._6tisch is a registry, and IANA._6tisch__6tisch-6p-message-types one
// of its parts. The service before took every _ for a slash, and so found none of them.
func (iana) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	name, ok := strings.CutPrefix(anchor, "IANA.")
	if !ok {
		return nil, anchor, errNotFound()
	}
	id := "IANA " + strings.ReplaceAll(name, "_", "/")
	found, err := r.Finder.Candidates(ctx, docid.Query{Value: id, Type: "IANA", Match: docid.Fuzzy, PrimaryOnly: true})
	if err != nil {
		return nil, "IANA " + id, err
	}
	var meant *docid.Candidate
	for i := range found {
		if strings.ReplaceAll(found[i].ID.ID, "_", "/") == id && (meant == nil || found[i].ID.ID == id) {
			meant = &found[i]
		}
	}
	if meant == nil {
		return nil, "IANA " + id, errNotFound()
	}
	doc, err := r.Documents.Load(ctx, meant.Document)
	return doc, "IANA " + id, err
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
	if !ok {
		return nil
	}
	return []string{"IANA." + strings.ReplaceAll(rest, "/", "_")}
}
