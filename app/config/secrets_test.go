package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWeakSecretsAreRefused(t *testing.T) {
	_, err := Load(production.get)
	require.NoError(t, err)
	for _, c := range []struct{ name, value, fault string }{
		{"API_SECRET", "short", "API_SECRET: has 5 characters"},
		{"API_SECRET", strings.Repeat("abc", 10), "API_SECRET: is made of few different characters"},
		{"EXTRA_API_SECRETS", "u4Hq9x0ZbT2kLw7f,short", "EXTRA_API_SECRETS: has 5 characters"},
		{"SECRET_KEY", "u4Hq9x0ZbT2kLw7f", "SECRET_KEY: has 16 characters: take 32"},
		{"GITHUB_WEBHOOK_SECRETS", "hook", "GITHUB_WEBHOOK_SECRETS: has 4 characters"},
	} {
		_, err := Load(production.with(env{c.name: c.value}).get)
		require.ErrorContains(t, err, c.fault)
		require.NotContains(t, err.Error(), c.value)
		_, err = Load(env{c.name: c.value}.get)
		require.NoError(t, err, "on localhost")
	}
}

func TestSecretsFromFiles(t *testing.T) {
	file := func(content string) string {
		name := filepath.Join(t.TempDir(), "secret")
		require.NoError(t, os.WriteFile(name, []byte(content), 0o600))
		return name
	}
	c, err := Load(env{
		"API_SECRET_FILE": file(" from a file\n"), "EXTRA_API_SECRETS_FILE": file("one\ntwo\n"), "DJANGO_SECRET_FILE": file("older name"),
		"DB_NAME": "n", "DB_USER": "u", "DB_HOST": "h", "DB_SECRET_FILE": file("p/w"),
	}.get)
	require.NoError(t, err)
	require.Equal(t, []string{"from a file", "one", "two"}, c.Secrets())
	require.Equal(t, "older name", c.SecretKey)
	require.Equal(t, "postgres://u:p%2Fw@h:5432/n?sslmode=disable", c.DatabaseURL)
}

func TestSecretsFromFilesAtFault(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, []byte("\n"), 0o600))
	_, err := Load(env{"API_SECRET": "hunter2", "API_SECRET_FILE": empty, "SENTRY_DSN_FILE": empty, "DB_SECRET_FILE": "/nowhere/at/all", "PORT_FILE": empty}.get)
	require.ErrorContains(t, err, "API_SECRET, API_SECRET_FILE: both are set")
	require.ErrorContains(t, err, "SENTRY_DSN_FILE: names an empty file")
	require.ErrorContains(t, err, "DB_SECRET_FILE: the file that it names cannot be read: no such file or directory")
	require.NotContains(t, err.Error(), "hunter2")
}

func TestWarnings(t *testing.T) {
	c, err := Load(production.get)
	require.NoError(t, err)
	require.Len(t, c.Warnings(), 3)
	c, err = Load(production.with(env{
		"TRUSTED_PROXIES": "10.0.0.0/8", "AUTO_REINDEX_INTERVAL_IDS": "5m", "SENTRY_DSN": "https://key@sentry.example/1", "STALE_AFTER": "0",
	}).get)
	require.NoError(t, err)
	require.Len(t, c.Warnings(), 1)
	require.Contains(t, c.Warnings()[0], "STALE_AFTER")
	c, err = Load(env{}.get)
	require.NoError(t, err)
	require.Empty(t, c.Warnings())
}
