package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// rfcs is bibxml: RFC.<n> with any zeros before the number is RFC n.
type rfcs struct{ ordinary }

func (rfcs) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	series, number, ok := seriesNumber(anchor)
	if !ok || series != "RFC" {
		return nil, anchor, errNotFound()
	}
	id := "RFC " + number
	doc, err := r.first(ctx, docid.Query{Value: id, Type: "IETF", Match: docid.Exact, PrimaryOnly: true})
	return doc, "IETF " + id, err
}

// seriesNumber reads <series>.<number> of a series of the RFC Editor, whatever follows after another dot.
func seriesNumber(anchor string) (series, number string, ok bool) {
	series, rest, _ := strings.Cut(anchor, ".")
	number, _, _ = strings.Cut(rest, ".")
	switch series {
	case "RFC", "BCP", "STD", "FYI":
		return series, plainNumber(number), isNumber(number)
	}
	return "", "", false
}

func (rfcs) spellings(anchor string) []string { return seriesSpellings(anchor) }

// seriesSpellings returns an anchor of a series of the RFC Editor with four digits and without zeros.
func seriesSpellings(anchor string) []string {
	series, number, ok := seriesNumber(anchor)
	if !ok {
		return nil
	}
	return []string{series + "." + padded(number), series + "." + number}
}

// root keeps the digits that were asked for.
func (rfcs) root(anchor string, _ *merge.Document) string { return strings.ReplaceAll(anchor, ".", "") }

func (rfcs) anchors(doc *merge.Document) []string {
	if number, ok := primaryRest(doc, "IETF", "RFC "); ok && isNumber(number) {
		return []string{"RFC." + padded(number)}
	}
	return nil
}
