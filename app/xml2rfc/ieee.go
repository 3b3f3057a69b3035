package xml2rfc

import (
	"context"
	"net/url"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// ieee is bibxml6. Only R.<prefix>.<rest> can be read: _ in the prefix is a slash, and the rest is
// URL-quoted, once more than any path is. The names that the old server had follow no rule; they are
// mapped or answered by the archive.
type ieee struct{ ordinary }

func (ieee) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	id, ok := ieeeID(anchor)
	if !ok {
		return nil, anchor, errNotFound()
	}
	doc, err := r.first(ctx, docid.Query{Value: id, Type: "IEEE", Match: docid.Exact, PrimaryOnly: true})
	return doc, "IEEE " + id, err
}

func ieeeID(anchor string) (string, bool) {
	name, ok := strings.CutPrefix(anchor, "R.")
	if !ok {
		return "", false
	}
	prefix, rest, ok := strings.Cut(name, ".")
	if !ok {
		return "", false
	}
	if plain, err := url.PathUnescape(rest); err == nil {
		rest = plain
	}
	return strings.ReplaceAll(prefix, "_", "/") + " " + rest, true
}

func (ieee) anchors(doc *merge.Document) []string {
	id, ok := doc.Item.PrimaryID()
	if !ok || id.Type != "IEEE" {
		return nil
	}
	prefix, rest, ok := strings.Cut(id.ID, " ")
	if !ok {
		return nil
	}
	anchor := "R." + strings.ReplaceAll(prefix, "/", "_") + "." + quoteRest(rest)
	if back, _ := ieeeID(anchor); back != id.ID {
		return nil
	}
	return []string{anchor}
}

// quoteRest quotes what the alphabet of anchors lacks.
func quoteRest(rest string) string {
	var b strings.Builder
	for _, r := range rest {
		if r != '%' && isAnchor(string(r)) {
			b.WriteRune(r)
		} else {
			b.WriteString(url.QueryEscape(string(r)))
		}
	}
	return b.String()
}
