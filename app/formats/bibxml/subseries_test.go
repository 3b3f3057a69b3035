package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestWithSubseries(t *testing.T) {
	rfc, doi, bcp := seriesInfo{"RFC", "2119"}, seriesInfo{"DOI", "10.17487/RFC2119"}, seriesInfo{"BCP", "14"}
	for _, c := range []struct {
		name      string
		all, want []seriesInfo
	}{
		{"nothing known", nil, []seriesInfo{bcp}},
		{"no subseries", []seriesInfo{rfc, doi}, []seriesInfo{bcp, rfc, doi}},
		{"there already", []seriesInfo{bcp, rfc, doi}, []seriesInfo{bcp, rfc, doi}},
		{"there already, padded", []seriesInfo{{"BCP", "0014"}, rfc}, []seriesInfo{{"BCP", "0014"}, rfc}},
		{"after another, of which the heading would be taken", []seriesInfo{{"FYI", "1"}, bcp, rfc}, []seriesInfo{bcp, {"FYI", "1"}, rfc}},
		{"after the RFC", []seriesInfo{rfc, bcp}, []seriesInfo{rfc, bcp}},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, withSubseries(c.all, bcp)) })
	}
}

func TestSubseriesOf(t *testing.T) {
	for id, want := range map[string]seriesInfo{
		"BCP 0014": {"BCP", "14"}, "STD 13": {"STD", "13"}, "FYI36": {"FYI", "36"}, "STD.66": {"STD", "66"},
		"RFC 2119": {}, "BCP": {}, "BCP 0": {},
	} {
		item, _, err := relaton.Decode([]byte("docid: [{id: " + id + ", type: IETF, primary: true}]"))
		require.NoError(t, err)
		require.Equal(t, want, subseriesOf(item), id)
	}
}
