package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// misc is bibxml2: <type>.<rest> is <type> <rest>, of that type, whatever its punctuation.
type misc struct{ ordinary }

func (misc) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	kind, rest, ok := strings.Cut(anchor, ".")
	if !ok {
		return nil, anchor, errNotFound()
	}
	id := kind + " " + rest
	doc, err := r.first(ctx, docid.Query{Value: id, Type: kind, Match: docid.Fuzzy, PrimaryOnly: true})
	return doc, kind + " " + id, err
}

func (misc) root(anchor string, _ *merge.Document) string { return anchor }

// anchors are given for the documents of this directory's own source, and for those of types that no
// other directory holds.
func (misc) anchors(doc *merge.Document) []string {
	id, ok := doc.Item.PrimaryID()
	if !ok || hasOwnDirectory(id.Type) && !isOf(doc, "misc") {
		return nil
	}
	rest, ok := strings.CutPrefix(id.ID, id.Type+" ")
	if !ok {
		return nil
	}
	return []string{id.Type + "." + rest}
}

func hasOwnDirectory(kind string) bool {
	switch kind {
	case "IETF", "Internet-Draft", "W3C", "3GPP", "IEEE", "IANA", "NIST", "DOI":
		return true
	}
	return false
}

func isOf(doc *merge.Document, dataset string) bool {
	for _, record := range doc.Records {
		if record.Dataset == dataset {
			return true
		}
	}
	return false
}
