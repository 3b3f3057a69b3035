package xml2rfc

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestOwnOf(t *testing.T) {
	own := func(record string) (Own, bool) {
		item, _, err := relaton.Decode([]byte(record))
		require.NoError(t, err)
		return OwnOf(merge.Records([]merge.Record{{Item: item}}))
	}
	registry, ok := own(`{docid: [{id: IANA sip-parameters, type: IANA, primary: true}], date: [{type: published, value: 2002-01}]}`)
	require.True(t, ok)
	require.Equal(t, "bibxml8", registry.Path.Dir)
	require.NotContains(t, string(registry.XML(bibxml.Format{})), "<date", "as the directory answers it")
	draft, ok := own(`{docid: [{id: draft-a-b-03, type: Internet-Draft, primary: true}]}`)
	require.True(t, ok)
	require.Equal(t, "bibxml3", draft.Path.Dir)
	_, ok = own(`{docid: [{id: IEN 1, type: IETF, primary: true}]}`)
	require.False(t, ok)
}
