package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// threeGPP is bibxml5: [SDO-]3GPP.<nn.mmm> is the newest published version of the technical report
// (TR) or specification (TS) of that number. No number is used for both.
type threeGPP struct{ ordinary }

func (threeGPP) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	number := threeGPPAnchor(anchor)
	tried := "3GPP TR|TS " + number
	found, err := r.newest3GPP(ctx, number)
	if mended := seriesOf3GPP(number); mended != number && fault.Is(err, fault.NotFound) {
		found, err = r.newest3GPP(ctx, mended)
	}
	return found, tried, err
}

// threeGPPAnchor returns the number in an anchor.
func threeGPPAnchor(anchor string) string {
	return strings.TrimPrefix(strings.TrimPrefix(anchor, "SDO-"), "3GPP.")
}

// newest3GPP finds the newest published version of a report or specification.
func (r *Resolver) newest3GPP(ctx context.Context, number string) (*merge.Document, error) {
	var all []docid.Candidate
	for _, q := range threeGPPQueries(number) {
		found, err := r.Finder.Candidates(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	newest := docid.NewestPublished(all)
	if newest < 0 {
		return nil, errNotFound()
	}
	return r.Documents.Load(ctx, all[newest].Document)
}

func (threeGPP) spellings(anchor string) []string {
	number := threeGPPAnchor(anchor)
	return []string{"3GPP." + seriesOf3GPP(number), "SDO-3GPP." + seriesOf3GPP(number), "3GPP." + number, "SDO-3GPP." + number}
}

// threeGPPQueries ask for the versions of a number ("3GPP TS 23.501:REL-18/18.8.0"), and for an
// identifier without version.
func threeGPPQueries(number string) []docid.Query {
	var queries []docid.Query
	for _, kind := range []string{"3GPP TR ", "3GPP TS "} {
		queries = append(queries,
			docid.Query{Value: kind + number + ":", Type: "3GPP", Match: docid.Prefix},
			docid.Query{Value: kind + number, Type: "3GPP", Match: docid.Exact})
	}
	return queries
}

func (threeGPP) root(_ string, doc *merge.Document) string {
	if doc == nil {
		return ""
	}
	if number, ok := threeGPPNumber(doc); ok {
		return "SDO-3GPP." + number
	}
	return ""
}

func threeGPPNumber(doc *merge.Document) (string, bool) {
	rest, ok := primaryRest(doc, "3GPP", "3GPP ")
	if !ok {
		return "", false
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "TS "), "TR ")
	number, _, _ := strings.Cut(rest, ":")
	return strings.ReplaceAll(number, " ", "."), true
}

func (threeGPP) anchors(doc *merge.Document) []string {
	if number, ok := threeGPPNumber(doc); ok && doc.Item.Published() != "" {
		return []string{"SDO-3GPP." + number, "3GPP." + number}
	}
	return nil
}
