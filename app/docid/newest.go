package docid

import "strings"

// NewestPublished returns the place of the candidate that was published last; -1 when none has a date. Several versions of 3GPP
// are often published on one day: then the references in use have the last release, as text, and in it the first version.
func NewestPublished(candidates []Candidate) int {
	newest := -1
	for i := range candidates {
		if candidates[i].Published != "" && (newest < 0 || isNewer(&candidates[i], &candidates[newest])) {
			newest = i
		}
	}
	return newest
}

func isNewer(c, than *Candidate) bool {
	if c.Latest != than.Latest {
		return c.Latest > than.Latest
	}
	if release, other := releaseOf(c.ID.ID), releaseOf(than.ID.ID); release != other {
		return release > other
	}
	return c.ID.ID < than.ID.ID
}

// releaseOf returns REL-18 of "3GPP TS 23.501:REL-18/18.8.0".
func releaseOf(id string) string {
	_, rest, _ := strings.Cut(id, ":")
	release, _, _ := strings.Cut(rest, "/")
	return release
}
