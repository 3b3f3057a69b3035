package app

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/e2e/relevance"
)

// What the lists of searches want of the real sources is to be found among the samples, too, as far as they have it.
func TestRelevance(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs", "ids", "rfcsubseries", "misc", "w3c", "3gpp", "ieee", "iana", "nist")
	require.Eventually(t, func() bool { return s.search(t, words("Bradnar")).Meta.Offered != "" }, patience, 100*time.Millisecond, "spelling follows the indexing")
	there := func(id string) bool {
		return s.get(t, "/api/v1/by-docid/?docid="+url.QueryEscape(id)).status == 200
	}
	for _, list := range relevance.Lists() {
		all := len(list.Lines)
		list = list.Only(there)
		require.Greater(t, len(list.Lines), all/4, "of %s", list.Name)
		score, err := list.Judge(func(input string) ([]string, error) {
			var ids []string
			for _, document := range s.search(t, words(input)).Data {
				ids = append(ids, document.Primary)
			}
			return ids, nil
		})
		require.NoError(t, err)
		score.Print(t.Output())
		require.NoError(t, score.Err())
	}
}

// words is the path of a search by words.
func words(text string) string {
	return "/api/v1/search/" + url.PathEscape(url.QueryEscape(text)) + "/?query_format=words"
}
