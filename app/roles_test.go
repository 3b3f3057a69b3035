package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// restrictedAddress returns the address of a migrated database for a role that owns nothing in it.
func restrictedAddress(t *testing.T) string {
	t.Helper()
	role, password := "bibxml_test_"+strings.ToLower(rand.Text()), rand.Text()
	dbtest.Admin(t, "CREATE ROLE "+role+" LOGIN PASSWORD '"+password+"'")
	t.Cleanup(func() { dbtest.Admin(t, "DROP ROLE "+role) })
	env := map[string]string{"DATABASE_URL": dbtest.URL(t), "DB_GRANT_TO": role, "BIBXML_DATA": t.TempDir()}
	cfg, err := config.Load(func(name string) string { return env[name] })
	require.NoError(t, err)
	owner, err := New(t.Context(), cfg)
	require.NoError(t, err)
	require.NoError(t, owner.Migrate(t.Context()))
	require.NoError(t, owner.Close())
	address, err := url.Parse(env["DATABASE_URL"])
	require.NoError(t, err)
	address.User = url.UserPassword(role, password)
	return address.String()
}

// Web and worker need no more than the rights that the migration grants.
func TestRestrictedRole(t *testing.T) {
	t.Parallel()
	s := start(t, map[string]string{"DATABASE_URL": restrictedAddress(t)})
	for _, source := range s.cfg.Sources() {
		s.index(t, source.Dataset)
	}
	for _, path := range []string{
		"/public/rfc/bibxml/reference.RFC.9000.xml", "/public/rfc/bibxml2/reference.ANSI.T1-102.1987.xml",
		"/public/rfc/bibxml3/reference.I-D.ietf-quic-transport.xml", "/search/?query=quic", "/healthz/", "/RFC9000",
	} {
		s.eventually(t, path, status(http.StatusOK))
	}
	working, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Work(working) }()
	for _, path := range []string{"/management/", "/management/indexable-sources/rfcs/", "/management/queue/", "/management/setup/"} {
		require.Equal(t, http.StatusOK, s.ask(t, path, "a secret for tests").status, path)
	}
	for _, action := range []string{"rfcs/reindex/", "nist/reset-index/", "tasks/stop-all/"} {
		s.manage(t, action)
	}
	s.eventually(t, "/api/v1/ref/rfcs/RFC9000/", status(http.StatusOK))
	stop()
	require.NoError(t, <-ended)
	for _, source := range s.cfg.Sources() {
		tasks, err := s.queue.Tasks(t.Context(), source.Dataset)
		require.NoError(t, err)
		for _, task := range tasks {
			require.NotContains(t, fmt.Sprint(task.Error), "42501", source.Dataset)
		}
	}
}

// manage asks for an action of the management by the API.
func (s *service) manage(t *testing.T, action string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/api/v1/management/"+action, http.NoBody)
	require.NoError(t, err)
	request.Header.Set("X-IETF-Token", "a secret for tests")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode, action)
}
