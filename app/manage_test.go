package app

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the API takes the queue can keep: as many names as there may be, of those lengths that take most room there, and
// which cannot be compressed.
func TestAsManyRefsAsCanBeAskedFor(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	refs := make([]string, 100)
	for i := range refs {
		refs[i] = rand.Text()[:17+4*(i%2)]
	}
	form := url.Values{"refs": {strings.Join(refs, ",")}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/api/v1/management/rfcsubseries/reindex/", strings.NewReader(form.Encode()))
	require.NoError(t, err)
	request.Header.Set("X-IETF-Token", "a secret for tests")
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Contains(t, s.get(t, "/api/v1/management/rfcsubseries/status/").body, refs[99])
}
