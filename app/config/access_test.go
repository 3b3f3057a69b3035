package config

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSignInIsConfigured(t *testing.T) {
	id := env{"DATATRACKER_CLIENT_ID": "bib", "DATATRACKER_CLIENT_SECRET": "x"}
	for name, from := range map[string]env{
		"a real installation":    production.with(id).with(env{"DATATRACKER_REDIRECT_URI": "https://bib.ietf.example/datatracker-auth/callback/"}),
		"in other letters":       production.with(id).with(env{"DATATRACKER_REDIRECT_URI": "https://BIB.ietf.example/datatracker-auth/callback/"}),
		"on localhost":           id.with(env{"DATATRACKER_REDIRECT_URI": "http://localhost:8000/datatracker-auth/callback/"}),
		"on this machine":        id.with(env{"DATATRACKER_REDIRECT_URI": "http://127.0.0.1:1234/datatracker-auth/callback/"}),
		"the API alone":          production.with(env{"REQUIRE_DATATRACKER_AUTH": "1"}),
		"nobody, and a leftover": production.with(env{"DATATRACKER_REDIRECT_URI": "https://old.example/x"}),
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Load(from.get)
			require.NoError(t, err)
			require.Equal(t, "https://auth.ietf.org/api/openid", c.DatatrackerOIDCURL)
		})
	}
}

func TestKeys(t *testing.T) {
	c, err := Load(env{"SECRET_KEY": "new", "EXTRA_SECRET_KEYS": "old, older"}.get)
	require.NoError(t, err)
	require.Equal(t, []string{"new", "old", "older"}, c.Keys())
}

func TestMatomoAddress(t *testing.T) {
	for given, want := range map[string]string{
		"":                             "",
		"matomo.example":               "https://matomo.example/",
		"//matomo.example/":            "https://matomo.example/",
		"matomo.example/piwik":         "https://matomo.example/piwik/",
		"https://matomo.example:8443/": "https://matomo.example:8443/",
		"http://127.0.0.1:9000":        "http://127.0.0.1:9000/",
	} {
		c, err := Load(env{"MATOMO_URL": given, "MATOMO_SITE_ID": "7"}.get)
		require.NoError(t, err, given)
		require.Equal(t, want, c.MatomoAddress())
	}
}
