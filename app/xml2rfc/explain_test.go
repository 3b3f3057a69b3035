package xml2rfc

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

func TestExplain(t *testing.T) {
	library := shelf()
	library.archive["bibxml/reference.RFC.2119.xml"] = Archived{XML: archivedXML, HasXML: true, PrimaryDocID: "RFC 822"}
	library.archive["bibxml2/reference.LEGACY.NOTHING.xml"] = Archived{PrimaryDocID: "ANSI Nonexistent"}
	resolver := library.resolver()
	tests := []struct {
		name, path string
		used       Method
		found      [3]string // the document of each method, or "XML"
		known      bool
	}{
		{"the rule alone", "bibxml/reference.RFC.822.xml", Auto, [3]string{"", "RFC 822", ""}, true},
		{"all three, the sidecar first", "bibxml/reference.RFC.2119.xml", Manual, [3]string{"RFC 822", "RFC 2119", "XML"}, true},
		{"a sidecar where the rule finds nothing", "bibxml2/reference.LEGACY.MAPPED.xml", Manual, [3]string{"RFC 2119", "", "XML"}, true},
		{"a sidecar that leads nowhere", "bibxml6/reference.IEEE.754_1985.xml", Fallback, [3]string{"", "", "XML"}, true},
		{"the archive alone", "bibxml9/reference.BCP.9999.xml", Fallback, [3]string{"", "", "XML"}, true},
		{"XML that must not be used", "bibxml6/reference.IEEE.Withdrawn.xml", NoMethod, [3]string{}, true},
		{"a sidecar alone that leads nowhere", "bibxml2/reference.LEGACY.NOTHING.xml", NoMethod, [3]string{}, true},
		{"nothing at all", "bibxml/reference.RFC.99999.xml", NoMethod, [3]string{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path, err := ParsePath(test.path)
			require.NoError(t, err)
			e, err := resolver.Explain(t.Context(), path)
			require.NoError(t, err)
			require.Equal(t, test.used, e.Used)
			require.Equal(t, test.known, e.Known())
			for i, finding := range e.Findings {
				require.Equal(t, test.found[i], said(finding), Methods[i])
				require.Equal(t, test.found[i] == "", finding.XML == nil)
			}
			answer, _ := resolver.Resolve(t.Context(), path, "")
			if at := slices.Index(Methods[:], e.Used); at >= 0 {
				require.Equal(t, string(answer.XML), string(e.Findings[at].XML), "what is used is what is answered")
			}
		})
	}
}

func said(f Finding) string {
	switch {
	case f.Document != nil:
		return f.Document.Item.DocID[0].ID
	case f.XML != nil:
		return "XML"
	}
	return ""
}

func TestExplainGivesUpWithoutDatabase(t *testing.T) {
	library := shelf()
	library.err = errors.New("connection refused")
	_, err := library.resolver().Explain(t.Context(), Path{Dir: "bibxml", Anchor: "RFC.822"})
	require.ErrorIs(t, err, library.err)
}

func TestDirectoryOf(t *testing.T) {
	for _, dir := range Directories() {
		for _, name := range append([]string{dir.Name}, dir.Aliases...) {
			found, err := DirectoryOf(name)
			require.NoError(t, err)
			require.Equal(t, dir, found)
		}
	}
	_, err := DirectoryOf("bibxml10")
	require.True(t, fault.Is(err, fault.NotFound))
}
