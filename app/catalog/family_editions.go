package catalog

import (
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
)

type candidateEdition struct {
	docid.Edition
	key int64
	id  docid.ID
}

// editionsOf returns the numbered editions of a document's family, oldest first, all but the one of that key.
func editionsOf(own docid.Edition, except int64, candidates []Candidate) []candidateEdition {
	var editions []candidateEdition
	for _, candidate := range candidates {
		edition, ok := docid.EditionOf(candidate.ID)
		known := slices.ContainsFunc(editions, func(e candidateEdition) bool { return e.key == candidate.Document })
		if !ok || edition.IsWork() || !isOfFamily(edition, own) || candidate.Document == except || known {
			continue
		}
		editions = append(editions, candidateEdition{edition, candidate.Document, candidate.ID})
	}
	level := currentLevel(own, editions)
	editions = slices.DeleteFunc(editions, func(e candidateEdition) bool { return e.Level != own.Level && e.Level != level })
	slices.SortStableFunc(editions, func(a, b candidateEdition) int { return slices.Compare(a.Order, b.Order) })
	return editions
}

// isOfFamily reports whether an edition is of a family; that of a series without a level has the editions of all levels.
func isOfFamily(edition, own docid.Edition) bool {
	return edition.Family == own.Family || own.Level == "" && own.Series != "" && edition.Series == own.Series
}

// currentLevel returns the level that stands for a series: the highest of which an edition is mature, else the highest.
func currentLevel(own docid.Edition, editions []candidateEdition) string {
	highest, mature := own.Level, own.Level
	isMature := own.Mature
	for _, e := range editions {
		highest = max(highest, e.Level)
		if e.Mature {
			mature, isMature = max(mature, e.Level), true
		}
	}
	if isMature {
		return mature
	}
	return highest
}

// publishedLast returns the key of the edition with the newest date, of editions that have branches; 0 of others.
func publishedLast(own docid.Edition, candidates []Candidate) int64 {
	if own.Branch == "" {
		return 0
	}
	family := slices.DeleteFunc(slices.Clone(candidates), func(c Candidate) bool {
		edition, ok := docid.EditionOf(c.ID)
		return !ok || edition.Family != own.Family
	})
	if newest := docid.NewestPublished(family); newest >= 0 {
		return family[newest].Document
	}
	return 0
}
