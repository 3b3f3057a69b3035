package db

import (
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/search"
)

// Tags are lexemes that no text has: PostgreSQL's parser makes none that begins so. They let one index find words and
// properties of documents together, and are what keeps counting and narrowing fast.
const (
	titleTag    = "~" // before the lexeme of a word in a title
	propertyTag = "=" // before a facet, a colon and its value
	sampleTag   = "=sample"
	// sampleOf is of how many documents one has the sampleTag. What very many documents match is counted among those.
	sampleOf = 16
)

// tag is the lexeme for a value of a facet, whatever its case.
func tag(facet search.Facet, value string) string {
	return propertyTag + string(facet) + ":" + strings.ToLower(value)
}

func tierTag(tier search.Tier) string { return propertyTag + "tier:" + strconv.Itoa(int(tier)) }

// tagsOf gives those of a document.
func tagsOf(d *indexing.Document) []string {
	tags := make([]string, 0, 8)
	for _, dataset := range d.Datasets {
		tags = append(tags, tag(search.FacetSource, dataset))
	}
	for _, group := range d.Groups {
		tags = append(tags, tag(search.FacetGroup, group))
	}
	if d.Kind != "" {
		tags = append(tags, tag(search.FacetKind, d.Kind))
	}
	if year := yearOf(d.LatestDate); year != nil {
		tags = append(tags, tag(search.FacetYear, strconv.Itoa(int(*year))))
	}
	if d.ID%sampleOf == 0 {
		tags = append(tags, sampleTag)
	}
	return append(tags, tag(search.FacetStatus, d.Status), tierTag(d.Tier))
}

// namesOf gives titles as they are looked for: words that are written together with a slash are apart, since PostgreSQL takes
// HTTP/2 for the path of a file; and the initials of what is known by them are added. It is empty when titles are
// looked for as they are.
func namesOf(titles []string) (names []string) {
	changed := false
	for _, title := range titles {
		names = append(names, strings.ReplaceAll(title, "/", " "))
		changed = changed || strings.Contains(title, "/")
		if initials := search.Initials(title); initials != "" {
			names, changed = append(names, initials), true
		}
	}
	if !changed {
		return nil
	}
	return names
}
