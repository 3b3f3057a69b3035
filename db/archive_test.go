package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestArchiveFiles(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "xml2rfc", files{
		"bibxml2/reference.B.xml":  "<b/>",
		"bibxml2/reference.C.yaml": "primary_docid: C 1\n",
		"bibxml2/reference.a.xml":  "<a/>",
		"bibxml2/reference.a.yaml": "primary_docid: A 1\ninvalid: true\n",
		"bibxml9/reference.D.xml":  "<d/>",
	})

	dirs, err := d.ArchiveDirectories(t.Context())
	require.NoError(t, err)
	require.Equal(t, []compat.Directory{
		{Name: "bibxml2", Files: 3, XML: 2, Mapped: 2, Invalid: 1},
		{Name: "bibxml9", Files: 1, XML: 1},
	}, dirs)

	b := xml2rfc.Archived{Dir: "bibxml2", File: "reference.B.xml", XML: "<b/>", HasXML: true}
	c := xml2rfc.Archived{Dir: "bibxml2", File: "reference.C.xml", PrimaryDocID: "C 1"}
	a := xml2rfc.Archived{Dir: "bibxml2", File: "reference.a.xml", XML: "<a/>", HasXML: true, PrimaryDocID: "A 1", Invalid: true}
	for _, test := range []struct {
		name, dir, after string
		limit            int
		want             []xml2rfc.Archived
	}{
		{"from the first", "bibxml2", "", 2, []xml2rfc.Archived{b, c}},
		{"after one", "bibxml2", "reference.C.xml", 2, []xml2rfc.Archived{a}},
		{"after one that does not exist", "bibxml2", "reference.Bb", 9, []xml2rfc.Archived{c, a}},
		{"after the last", "bibxml2", "reference.a.xml", 9, nil},
		{"a directory without files", "bibxml3", "", 9, nil},
		{"a NUL", "bibxml2\x00", "", 9, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := d.ArchiveFiles(t.Context(), test.dir, test.after, test.limit)
			require.NoError(t, err)
			require.Equal(t, test.want, found)
		})
	}
}

func TestArchivedPaths(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "xml2rfc", files{
		"bibxml2/reference.B.xml":  "<b/>",
		"bibxml2/reference.C.yaml": "primary_docid: C 1\n",
		"bibxml6/reference.D.yaml": "primary_docid: 10.1/c1\n",
		"bibxml9/reference.A.yaml": "primary_docid: A 1\n",
	})
	for _, test := range []struct {
		name string
		ids  []string
		want []xml2rfc.Path
	}{
		{"by any identifier", []string{"10.1/c1", "C 1"}, []xml2rfc.Path{{Dir: "bibxml2", Anchor: "C"}, {Dir: "bibxml6", Anchor: "D"}}},
		{"none", []string{"B"}, nil},
		{"no identifier", nil, nil},
		{"empty, and a NUL", []string{"", "C 1\x00"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			found, err := d.ArchivedPaths(t.Context(), test.ids)
			require.NoError(t, err)
			require.Equal(t, test.want, found)
		})
	}
}
