package xml2rfc

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// miscDir is the directory of documents of all types.
const miscDir = "bibxml2"

// misc is bibxml2: <type>.<rest> is <type> <rest>, of that type, whatever its punctuation.
type misc struct{ ordinary }

func (misc) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	kind, rest, ok := strings.Cut(anchor, ".")
	if !ok {
		return nil, anchor, errNotFound()
	}
	id := kind + " " + rest
	var doc *merge.Document
	err := errNotFound()
	for _, form := range withNumbers(id) {
		doc, err = r.first(ctx, docid.Query{Value: form, Type: kind, Match: docid.Fuzzy, PrimaryOnly: true})
		if !fault.Is(err, fault.NotFound) {
			break
		}
	}
	return doc, kind + " " + id, err
}

func (misc) spellings(anchor string) []string { return withNumbers(anchor) }

func (misc) root(anchor string, _ *merge.Document) string { return anchor }

// anchors has the identifier of every document that begins with its type, whichever character stands between: the rule
// finds those of types that have a directory of their own, too.
func (misc) anchors(doc *merge.Document) []string {
	id, ok := doc.Item.PrimaryID()
	if !ok || len(id.ID) < len(id.Type)+2 || !strings.EqualFold(id.ID[:len(id.Type)], id.Type) || strings.Contains(id.Type, ".") {
		return nil
	}
	separator, size := utf8.DecodeRuneInString(id.ID[len(id.Type):])
	if docid.Normalize(string(separator)) != "." {
		return nil
	}
	return []string{id.Type + "." + inAlphabet(id.ID[len(id.Type)+size:])}
}

// inAlphabet puts a dot, which the rule takes for any character, for each one that no path may have.
func inAlphabet(text string) string {
	return strings.Map(func(r rune) rune {
		if isAnchor(string(r)) {
			return r
		}
		return '.'
	}, text)
}

// belongsElsewhere reports whether a document has a better path in the directory of its type than in bibxml2.
func belongsElsewhere(doc *merge.Document) bool {
	id, _ := doc.Item.PrimaryID()
	return hasOwnDirectory(id.Type) && !isOf(doc, "misc")
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
