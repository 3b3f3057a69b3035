package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// nist is bibxml-nist: NIST.<x>, with _ and . for spaces. Names of files and identifiers use NBS and
// NIST unevenly, so that either is tried before what follows the first word.
type nist struct{ ordinary }

func (nist) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	doc, tried, err := r.closestNIST(ctx, anchor)
	if plain := unpadded(anchor); plain != anchor && fault.Is(err, fault.NotFound) {
		doc, _, err = r.closestNIST(ctx, plain)
	}
	return doc, tried, err
}

func (nist) spellings(anchor string) []string { return []string{unpadded(anchor)} }

// closestNIST finds the document whose identifier is the one of an anchor, or contains it and is the shortest.
func (r *Resolver) closestNIST(ctx context.Context, anchor string) (*merge.Document, string, error) {
	id, ok := nistID(anchor)
	if !ok {
		return nil, anchor, errNotFound()
	}
	_, rest, ok := strings.Cut(id, " ")
	if !ok {
		return nil, "NIST " + id, errNotFound()
	}
	var closest *docid.Candidate
	wanted := []string{id, "NBS " + rest, "NIST " + rest}
	queries := []docid.Query{{Value: id, Type: "NIST", Match: docid.Fold}} // takes a tenth of the time, and mostly finds the best
	for _, value := range wanted {
		queries = append(queries, docid.Query{Value: value, Type: "NIST", Match: docid.Contains})
	}
	for _, q := range queries {
		if closest != nil && distance(closest.ID.ID, wanted) == 0 {
			break
		}
		found, err := r.Finder.Candidates(ctx, q)
		if err != nil {
			return nil, "NIST " + id, err
		}
		for i := range found {
			if closest == nil || distance(found[i].ID.ID, wanted) < distance(closest.ID.ID, wanted) {
				closest = &found[i]
			}
		}
	}
	if closest == nil {
		return nil, "NIST " + id, errNotFound()
	}
	doc, err := r.Documents.Load(ctx, closest.Document)
	return doc, "NIST " + id, err
}

func nistID(anchor string) (string, bool) {
	name, ok := strings.CutPrefix(anchor, "NIST.")
	return strings.NewReplacer("_", " ", ".", " ").Replace(name), ok
}

// distance is zero for an identifier that is one of those wanted, whatever its case; among those that
// merely contain one, the shortest has the least besides.
func distance(id string, wanted []string) int {
	for _, value := range wanted {
		if strings.EqualFold(id, value) {
			return 0
		}
	}
	return len(id)
}

func (nist) anchors(doc *merge.Document) []string {
	id, ok := doc.Item.PrimaryID()
	if !ok || id.Type != "NIST" || strings.ContainsAny(id.ID, "_.") || !strings.Contains(id.ID, " ") {
		return nil
	}
	return []string{"NIST." + strings.ReplaceAll(id.ID, " ", "_")}
}
