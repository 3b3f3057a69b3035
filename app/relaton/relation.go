package relaton

import (
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Target returns the identifier by which the document that the relation points to is looked up: its first primary one, else its
// first, else the text that stands for the reference. It reports false when there is none.
func (rel *Relation) Target() (docid.ID, bool) {
	if rel.Bibitem == nil {
		return docid.ID{}, false
	}
	if id, ok := rel.Bibitem.PrimaryID(); ok {
		return docid.ID{ID: id.ID, Type: id.Type}, true
	}
	if ids := rel.Bibitem.DocID; len(ids) > 0 && ids[0].ID != "" {
		return docid.ID{ID: ids[0].ID, Type: ids[0].Type}, true
	}
	if ref := rel.Bibitem.FormattedRef; ref != nil && ref.Content != "" {
		return docid.ID{ID: ref.Content}, true
	}
	return docid.ID{}, false
}

// inverses are the types of relations of the Relaton model that have an inverse, both ways
// (https://www.relaton.org/model/relations/).
var inverses = bothWays(map[string]string{
	"includes":         "includedIn",
	"hasPart":          "partOf",
	"merges":           "mergedInto",
	"splits":           "splitInto",
	"instanceOf":       "hasInstance",
	"exemplarOf":       "hasExemplar",
	"manifestationOf":  "hasManifestation",
	"reproductionOf":   "hasReproduction",
	"reprintOf":        "hasReprint",
	"expressionOf":     "hasExpression",
	"translatedFrom":   "hasTranslation",
	"arrangementOf":    "hasArrangement",
	"abridgementOf":    "hasAbridgement",
	"annotationOf":     "hasAnnotation",
	"draftOf":          "hasDraft",
	"editionOf":        "hasEdition",
	"updates":          "updatedBy",
	"partiallyUpdates": "partiallyUpdatedBy",
	"derivedFrom":      "derives",
	"describes":        "describedBy",
	"catalogues":       "cataloguedBy",
	"hasSuccessor":     "successorOf",
	"adoptedFrom":      "adoptedAs",
	"reviewOf":         "hasReview",
	"commentaryOf":     "hasCommentary",
	"hasComplement":    "complementOf",
	"obsoletes":        "obsoletedBy",
	"cites":            "isCitedIn",
})

func bothWays(pairs map[string]string) map[string]string {
	both := map[string]string{"instance": "instanceOf"} // a former name of hasInstance
	for one, other := range pairs {
		both[one], both[other] = other, one
	}
	return both
}

// Inverse returns the type of a relation seen from its target: updatedBy of updates. It reports false for a type without one.
func Inverse(kind string) (string, bool) {
	inverse, ok := inverses[kind]
	return inverse, ok
}

// Invertible returns the types that Inverse knows, sorted.
func Invertible() []string {
	var all []string
	for kind := range inverses {
		all = append(all, kind)
	}
	slices.Sort(all)
	return all
}
