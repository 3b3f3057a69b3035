package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestPublisherBesideAuthors(t *testing.T) {
	publisher := relaton.Contributor{
		Role:         []relaton.Role{{Type: "publisher"}},
		Organization: &relaton.Organization{Name: []relaton.Text{{Content: "NIST"}}},
	}
	editor := relaton.Contributor{Role: []relaton.Role{{Type: "editor"}}, Person: &relaton.Person{}}
	for _, c := range []struct {
		name, kind string
		in         []relaton.Contributor
		want       int
	}{
		{"a work by DOI", "DOI", []relaton.Contributor{editor, publisher}, 1},
		{"a work by DOI that nobody wrote", "DOI", []relaton.Contributor{publisher}, 1},
		{"a document of a source", "NIST", []relaton.Contributor{editor, publisher}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			item := &relaton.Item{DocID: []docid.ID{{ID: "10.6028/NIST.FIPS.180-4", Type: c.kind, Primary: true}}, Contributor: c.in}
			require.Len(t, creators(item), c.want)
		})
	}
}
