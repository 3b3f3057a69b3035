package compat

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// index has documents by their keys.
type index struct {
	keys  []int64
	items map[int64]string
}

func (x index) CountDocuments(context.Context) (int, error) { return len(x.keys), nil }

func (x index) DocumentKeys(_ context.Context, after int64, limit int) (found []int64, err error) {
	for _, key := range x.keys {
		if key > after && len(found) < min(limit, 2) {
			found = append(found, key)
		}
	}
	return found, nil
}

func (x index) load(_ context.Context, keys []int64) (docs []*merge.Document, err error) {
	for _, key := range keys {
		item, _, err := relaton.Decode([]byte(x.items[key]))
		if err != nil {
			return nil, err
		}
		docs = append(docs, merge.Records([]merge.Record{{Item: item}}))
	}
	return docs, nil
}

func TestCountEffects(t *testing.T) {
	x := index{[]int64{-7, -1, 3, 9, 12}, map[int64]string{
		-7: `{docid: [{id: IEEE Std 802.15.7-2018, type: IEEE, primary: true}]}`,
		-1: `{docid: [{id: RFC 9000, type: IETF, primary: true}]}`,
		3:  `{docid: [{id: RFC 9001, type: IETF, primary: true}], contributor: [{person: {name: {completename: {content: J. Doe}}}, role: [{type: author}]}]}`,
		9:  `{docid: [{id: IEN 1, type: IETF, primary: true}]}`,
		12: `{docid: [{id: STD 101, type: IETF, primary: true}], relation: [{type: includes, bibitem: {docid: [{id: RFC 9777, type: IETF, primary: true}]}}]}`,
	}}
	var shown [][2]int
	effects, err := CountEffects(t.Context(), x, x.load, func(done, total int) error {
		shown = append(shown, [2]int{done, total})
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, [][2]int{{2, 5}, {4, 5}, {5, 5}}, shown)
	require.Equal(t, map[string]int{"bibxml6": 1, "bibxml": 2, "bibxml9": 1}, effects.Documents, "IEN 1 has no path")
	require.Equal(t, map[string]int{"bibxml6": 1}, effects.Changed["ieee-series"])
	require.Equal(t, map[string]int{"bibxml": 1}, effects.Changed["initials"])
	require.Equal(t, map[string]int{"bibxml9": 1}, effects.Changed["group-series"])
	require.Empty(t, effects.Changed["w3c-series"])
	require.Equal(t, 1, effects.Any["bibxml"])

	_, err = CountEffects(t.Context(), x, x.load, func(int, int) error { return errors.New("interrupted") })
	require.EqualError(t, err, "interrupted")
}
