package app

import (
	"context"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// A database that waiting does not help with ends every role at once.
func TestPermanentRefusalsEndEveryRole(t *testing.T) {
	t.Parallel()
	address, err := url.Parse(dbtest.Empty(t))
	require.NoError(t, err)
	wrong := *address
	wrong.User = url.UserPassword(address.User.Username(), "hunter2-of-nobody")
	for told, at := range map[string]string{"tables are missing: run bibxml migrate": address.String(), "the password is wrong": wrong.String()} {
		t.Run(told, func(t *testing.T) {
			t.Parallel()
			env := map[string]string{"DATABASE_URL": at, "BIBXML_DATA": t.TempDir(), "PORT": "0", "METRICS_PORT": "0"}
			cfg, err := config.Load(func(name string) string { return env[name] })
			require.NoError(t, err)
			a, err := New(t.Context(), cfg)
			require.NoError(t, err)
			defer func() { _ = a.Close() }()
			for role, run := range map[string]func(context.Context) error{
				"serve": a.Serve, "work": a.Work,
				"index": func(ctx context.Context) error {
					_, err := a.Index(ctx, "rfcs", nil, false, func(string, int, int) {})
					return err
				},
			} {
				require.ErrorContains(t, run(t.Context()), told, role)
			}
			found := Inspect(t.Context(), cfg)
			require.False(t, found[len(found)-1].Good)
			for _, finding := range found {
				require.NotContains(t, finding.Told, "hunter2")
			}
		})
	}
}
