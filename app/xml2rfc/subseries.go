package xml2rfc

import (
	"context"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// subseries is bibxml9: BCP.<n>, STD.<n> and FYI.<n> with any zeros before the number.
type subseries struct{ ordinary }

func (subseries) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	series, number, ok := seriesNumber(anchor)
	if !ok || series == "RFC" {
		return nil, anchor, errNotFound()
	}
	// The source has written its identifiers with padding and without.
	var doc *merge.Document
	err := errNotFound()
	for _, n := range []string{number, padded(number)} {
		q := docid.Query{Value: series + " " + n, Type: "IETF", Match: docid.Fuzzy, PrimaryOnly: true}
		if doc, err = r.first(ctx, q); !fault.Is(err, fault.NotFound) {
			break
		}
	}
	return doc, "IETF " + series + " " + number, err
}

func (subseries) spellings(anchor string) []string { return seriesSpellings(anchor) }

func (subseries) root(anchor string, _ *merge.Document) string {
	if series, number, ok := seriesNumber(anchor); ok {
		return series + number
	}
	return ""
}

func (subseries) anchors(doc *merge.Document) []string {
	for _, series := range []string{"BCP", "STD", "FYI"} {
		if number, ok := primaryRest(doc, "IETF", series+" "); ok && isNumber(number) {
			return []string{series + "." + padded(number)}
		}
	}
	return nil
}
