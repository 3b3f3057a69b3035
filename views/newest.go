package views

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
)

// NewestOf gives the first documents of a list as results, each draft once: a new version is in the index with the
// draft as a whole, which is as new.
func NewestOf(docs []*merge.Document, limit int) []Hit {
	var hits []Hit
	for _, doc := range docs {
		hit := HitOf(doc)
		hit.Date = doc.LatestDate() // what makes it new, where that is an update
		at := sameDraft(hits, hit)
		switch {
		case at < 0:
			hits = append(hits, hit)
		case strings.HasPrefix(hit.ID.ID, hits[at].ID.ID):
			hits[at] = hit
		}
	}
	return hits[:min(limit, len(hits))]
}

// sameDraft gives the place of another version of a document in a list, -1 when it is not there.
func sameDraft(hits []Hit, hit Hit) int {
	return slices.IndexFunc(hits, func(other Hit) bool {
		return hit.ID.Type == draftType && other.ID.Type == draftType && draftName(hit.ID.ID) == draftName(other.ID.ID)
	})
}

var draftVersion = regexp.MustCompile(`-[0-9]{2}$`)

func draftName(id string) string { return draftVersion.ReplaceAllString(id, "") }
