package bibxml

import (
	"slices"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// creators gives the contributors that may be authors. The publisher of a work that is known by its DOI alone
// is not, where the work has authors: such a reference names ACM or NIST beside the people. In the records of
// our sources publishers are authors, as in the references in use.
func creators(item *relaton.Item) []relaton.Contributor {
	if id, ok := item.PrimaryID(); !ok || id.Type != "DOI" || !slices.ContainsFunc(item.Contributor, hasWritten) {
		return item.Contributor
	}
	return slices.DeleteFunc(slices.Clone(item.Contributor), func(c relaton.Contributor) bool { return !hasWritten(c) })
}

func hasWritten(c relaton.Contributor) bool { return c.HasRole("author", "editor") }
