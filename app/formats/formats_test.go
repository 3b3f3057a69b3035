package formats_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
)

func TestSet(t *testing.T) {
	set := formats.NewSet(bibxml.Format{})

	format, ok := set.Get("bibxml")
	require.True(t, ok)
	require.Equal(t, "application/xml; charset=utf-8", format.MediaType())
	require.Equal(t, "xml", set.Extension("bibxml"))

	_, ok = set.Get("BibXML")
	require.False(t, ok, "names are exact")
	require.Empty(t, set.Extension("docx"))
	require.Equal(t, []formats.Format{format}, set.All())
}
