package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// w3c is bibxml4: W3C.<x> is W3C x, whatever its punctuation and case.
type w3c struct{ ordinary }

func (w3c) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	id := "W3C " + strings.TrimPrefix(anchor, "W3C.")
	doc, err := r.first(ctx, docid.Query{Value: id, Type: "W3C", Match: docid.Fuzzy, PrimaryOnly: true})
	return doc, "W3C " + id, err
}

func (w3c) root(anchor string, _ *merge.Document) string { return anchor }

func (w3c) anchors(doc *merge.Document) []string {
	if rest, ok := primaryRest(doc, "W3C", "W3C "); ok {
		return []string{"W3C." + inAlphabet(rest)}
	}
	return nil
}
