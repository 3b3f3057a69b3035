package config

import (
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

type env map[string]string

func (e env) get(name string) string { return e[name] }

// with gives the variables with some changed; an empty value removes one.
func (e env) with(changes env) env {
	all := env{}
	for _, from := range []env{e, changes} {
		for name, value := range from {
			all[name] = value
		}
	}
	return all
}

// production is the least that a real installation says.
var production = env{
	"SERVICE_NAME": "IETF BibXML service", "CONTACT_EMAIL": "tools@ietf.example", "PRIMARY_HOSTNAME": "bib.ietf.example",
	"DB_NAME": "bib", "DB_USER": "bibuser", "DB_HOST": "db", "DB_PORT": "5433", "DB_SECRET": "p@ss/word",
	"API_SECRET": "one-u4Hq9x0ZbT2k", "SECRET_KEY": "u4Hq9x0ZbT2kLw7fu4Hq9x0ZbT2kLw7g",
}

func TestLoadNeedsNothingOnLocalhost(t *testing.T) {
	c, err := Load(env{}.get)
	require.NoError(t, err)
	require.False(t, c.Production())
	require.Empty(t, c.DatabaseURL, "a private one is started")
	require.Equal(t, "127.0.0.1:8000", c.Address())
	require.Equal(t, "127.0.0.1:9080", c.MetricsAddress())
	require.Equal(t, []string{"127.0.0.1", "::1", "localhost"}, c.Hosts())
	require.Equal(t, "text", c.LogFormat)
	require.Equal(t, 5*time.Second, c.StatementTimeout)
	require.Equal(t, filepath.Join("var", "sources"), c.MirrorDir)
	require.False(t, c.SourcesConfigured())
	require.True(t, c.APISecretMade)
	require.Len(t, c.Secrets(), 1)

	again, err := Load(env{}.get)
	require.NoError(t, err)
	require.NotEqual(t, c.APISecret, again.APISecret)
	require.NotEqual(t, c.SecretKey, again.SecretKey)
}

func TestLoadProduction(t *testing.T) {
	c, err := Load(production.with(env{"EXTRA_API_SECRETS": "two-u4Hq9x0ZbT2k, three-u4Hq9x0ZbT2k,", "INTERNAL_HOSTNAMES": "web,10.0.0.7"}).get)
	require.NoError(t, err)
	require.True(t, c.Production())
	require.Equal(t, "postgres://bibuser:p%40ss%2Fword@db:5433/bib?sslmode=disable", c.DatabaseURL)
	require.Equal(t, ":8000", c.Address())
	require.Equal(t, []string{"10.0.0.7", "bib.ietf.example", "web"}, c.Hosts())
	require.Equal(t, []string{"one-u4Hq9x0ZbT2k", "two-u4Hq9x0ZbT2k", "three-u4Hq9x0ZbT2k"}, c.Secrets())
	require.Equal(t, "json", c.LogFormat)
	require.False(t, c.APISecretMade)
}

func TestLoadValues(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  env
		get  func(*Config) any
		want any
	}{
		{"DATABASE_URL goes before DB_*", env{"DATABASE_URL": "postgresql://u:p@elsewhere/bib", "DB_NAME": "x"}, func(c *Config) any { return c.DatabaseURL }, "postgresql://u:p@elsewhere/bib"},
		{"the older name of the key", env{"DJANGO_SECRET": "old"}, func(c *Config) any { return c.SecretKey }, "old"},
		{"the newer name goes first", env{"DJANGO_SECRET": "old", "SECRET_KEY": "new"}, func(c *Config) any { return c.SecretKey }, "new"},
		{"a bare number is seconds", env{"AUTO_REINDEX_INTERVAL": "7200"}, func(c *Config) any { return c.AutoReindex }, 2 * time.Hour},
		{"a time", env{"AUTO_REINDEX_INTERVAL": "6h"}, func(c *Config) any { return c.AutoReindex }, 6 * time.Hour},
		{"debug logs more", env{"DEBUG": "1"}, func(c *Config) any { return c.LogLevel }, "debug"},
		{"debug, unless told otherwise", env{"DEBUG": "1", "LOG_LEVEL": "warn"}, func(c *Config) any { return c.LogLevel }, "warn"},
		{"a free port", env{"PORT": "0"}, func(c *Config) any { return c.Port }, 0},
		{"and one for the metrics", env{"PORT": "0"}, func(c *Config) any { return c.MetricsPort }, 0},
		{"unless told otherwise", env{"PORT": "0", "METRICS_PORT": "9081"}, func(c *Config) any { return c.MetricsPort }, 9081},
		{"an address", env{"LISTEN": "::1", "PORT": "80"}, func(c *Config) any { return c.Address() }, "[::1]:80"},
		{"blanks around a value", env{"SERVICE_NAME": "  Bib \n"}, func(c *Config) any { return c.ServiceName }, "Bib"},
		{"blanks alone are nothing", env{"SERVICE_NAME": " "}, func(c *Config) any { return c.ServiceName }, "BibXML service"},
		{"a Matomo host without a scheme", env{"MATOMO_URL": "analytics.ietf.example", "MATOMO_SITE_ID": "7"}, func(c *Config) any { return c.MatomoURL }, "analytics.ietf.example"},
		{"mirrors beside the other data", env{"BIBXML_DATA": "/srv/bib"}, func(c *Config) any { return c.MirrorDir }, "/srv/bib/sources"},
		{"mirrors elsewhere", env{"DATASET_TMP_ROOT": "/tmp/mirrors"}, func(c *Config) any { return c.MirrorDir }, "/tmp/mirrors"},
		{"localhost by another name is no real installation", env{"PRIMARY_HOSTNAME": "bib.localhost"}, func(c *Config) any { return c.Production() }, false},
		{"sources are chosen by the template", env{"SOURCE_URL_TEMPLATE": "/srv/{dataset}"}, func(c *Config) any { return c.SourcesConfigured() }, true},
		{"proxies", env{"TRUSTED_PROXIES": "10.1.2.3/8, 192.0.2.7,fd00::/8"}, func(c *Config) any { return c.Proxies() }, []netip.Prefix{
			netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.7/32"), netip.MustParsePrefix("fd00::/8"),
		}},
		{"or one by one", env{"SOURCE_URL_3GPP": "/srv/3gpp"}, func(c *Config) any { return c.SourcesConfigured() }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Load(tt.env.get)
			require.NoError(t, err)
			require.Equal(t, tt.want, tt.get(c))
		})
	}
}

func TestLoadFaults(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  env
		want []string // one part of the message for each fault
	}{
		{"everything is missing", env{"PRIMARY_HOSTNAME": "bib.ietf.example"}, []string{
			"SERVICE_NAME: is missing", "CONTACT_EMAIL: is missing", "API_SECRET: is missing", "SECRET_KEY: is missing", "DATABASE_URL: is missing, and so are DB_*",
		}},
		{"half a database", production.with(env{"DB_HOST": "", "DB_SECRET": ""}), []string{"DB_HOST, DB_SECRET: missing: set all of"}},
		{"half a database on localhost", env{"DB_NAME": "bib"}, []string{"DB_USER, DB_HOST, DB_SECRET: missing"}},
		{"values that mean nothing", env{
			"PORT": "http", "DEBUG": "perhaps", "AUTO_REINDEX_INTERVAL": "often", "LOG_LEVEL": "loud", "LOG_FORMAT": "xml",
			"CONTACT_EMAIL": "nobody", "STATEMENT_TIMEOUT": "0", "SOURCE_URL_TEMPLATE": "/srv/rfcs", "SOURCE_REPO_URL": "github.com/x",
			"INTERNAL_HOSTNAMES": "ok,http://no/", "DATATRACKER_URL": "ftp://x", "DB_SSLMODE": "maybe", "CACHE_MEGABYTES": "-1",
		}, []string{
			`CONTACT_EMAIL: "nobody" is not an e-mail address`,
			`INTERNAL_HOSTNAMES: "ok,http://no/" is a URL: leave out all but the host name`,
			`SOURCE_REPO_URL: "github.com/x" is not an address that starts with http`,
			`PORT: "http" is not a number`,
			`DB_SSLMODE: "maybe" is none of disable, require, verify-full`,
			`STATEMENT_TIMEOUT: "0" is not more than zero`,
			`SOURCE_URL_TEMPLATE: "/srv/rfcs" lacks {dataset}`,
			`AUTO_REINDEX_INTERVAL: "often" is not a time like 90s or 6h`,
			`DATATRACKER_URL: "ftp://x" is not an address`,
			`CACHE_MEGABYTES: "-1" is less than zero`,
			`LOG_FORMAT: "xml" is none of text, json`,
			`LOG_LEVEL: "loud" is none of debug, info, warn, error`,
			`DEBUG: "perhaps" is neither 1 nor 0`,
		}},
		{"a port out of range", env{"PORT": "70000", "METRICS_PORT": "-1"}, []string{"PORT: \"70000\" is not a port", "METRICS_PORT: \"-1\" is not a port"}},
		{"a way back from the sign-in to elsewhere", production.with(env{
			"DATATRACKER_CLIENT_ID": "bib", "DATATRACKER_CLIENT_SECRET": "x", "DATATRACKER_REDIRECT_URI": "https://elsewhere.example/datatracker-auth/callback/",
		}), []string{"does not lead back here"}},
		{"a way back without encryption", production.with(env{
			"DATATRACKER_CLIENT_ID": "bib", "DATATRACKER_CLIENT_SECRET": "x", "DATATRACKER_REDIRECT_URI": "http://bib.ietf.example/datatracker-auth/callback/",
		}), []string{"make it https://bib.ietf.example/datatracker-auth/callback/"}},
		{"a way back to another page", env{
			"DATATRACKER_CLIENT_ID": "bib", "DATATRACKER_CLIENT_SECRET": "x", "DATATRACKER_REDIRECT_URI": "http://localhost:8000/callback",
		}, []string{"make it http://localhost:8000/datatracker-auth/callback/"}},
		{"a way back that is no address", env{
			"DATATRACKER_CLIENT_ID": "bib", "DATATRACKER_CLIENT_SECRET": "x", "DATATRACKER_REDIRECT_URI": "localhost",
		}, []string{`"localhost" is not an address`}},
		{"a former key that is weak", production.with(env{"EXTRA_SECRET_KEYS": "short"}), []string{"EXTRA_SECRET_KEYS: has 5 characters"}},
		{"Matomo with what would get into the content policy", env{
			"MATOMO_URL": "https://a.example;script-src", "MATOMO_SITE_ID": "1 2", "MATOMO_TAG_MANAGER_CONTAINER": "../x",
		}, []string{"MATOMO_URL:", "MATOMO_SITE_ID:", "MATOMO_TAG_MANAGER_CONTAINER:"}},
		{"half a sign-in", env{"DATATRACKER_CLIENT_ID": "bib"}, []string{"DATATRACKER_CLIENT_SECRET: only one", "DATATRACKER_REDIRECT_URI: is missing"}},
		{"a Matomo server for no site", env{"MATOMO_URL": "https://matomo.example"}, []string{"MATOMO_SITE_ID: is missing"}},
		{"debugging a real installation", production.with(env{"DEBUG": "1"}), []string{"DEBUG: is set in a real installation"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.env.get)
			require.Error(t, err)
			lines := strings.Split(err.Error(), "\n")
			require.Contains(t, lines[0], "docs/configuration.md")
			require.Len(t, lines[1:], len(tt.want), "%v", err)
			for i, want := range tt.want {
				require.Contains(t, lines[i+1], want)
			}
		})
	}
}

func TestLoadKeepsSecretsOutOfFaults(t *testing.T) {
	for _, name := range []string{"DATABASE_URL", "SENTRY_DSN"} {
		_, err := Load(env{name: "hunter2"}.get)
		require.ErrorContains(t, err, name)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestSources(t *testing.T) {
	here, err := filepath.Abs(".")
	require.NoError(t, err)
	c, err := Load(env{
		"SOURCE_URL_TEMPLATE": "https://git.example/{dataset}.git",
		"SOURCE_BRANCH":       "stable",
		"SOURCE_URL_RFCS":     "/srv/rfcs.git#next",
		"SOURCE_URL_IDS":      "file:///srv/ids",
		"SOURCE_URL_MISC":     "misc.bundle",
		"SOURCE_URL_3GPP":     "git@git.example:3gpp.git",

		"AUTO_REINDEX_INTERVAL":      "6h",
		"AUTO_REINDEX_INTERVAL_IDS":  "300",
		"AUTO_REINDEX_INTERVAL_NIST": "0",
	}.get)
	require.NoError(t, err)
	want := []Source{
		{"rfcs", "/srv/rfcs.git", "next", false, 6 * time.Hour},
		{"ids", "file:///srv/ids", "stable", false, 5 * time.Minute},
		{"rfcsubseries", "https://git.example/rfcsubseries.git", "stable", false, 6 * time.Hour},
		{"misc", filepath.Join(here, "misc.bundle"), "stable", false, 6 * time.Hour},
		{"w3c", "https://git.example/w3c.git", "stable", false, 6 * time.Hour},
		{"3gpp", "git@git.example:3gpp.git", "stable", false, 6 * time.Hour},
		{"ieee", "https://git.example/ieee.git", "stable", false, 6 * time.Hour},
		{"iana", "https://git.example/iana.git", "stable", false, 6 * time.Hour},
		{"nist", "https://git.example/nist.git", "stable", false, 0},
		{"xml2rfc", "https://github.com/ietf-tools/bibxml-data-archive", "stable", true, 6 * time.Hour},
	}
	require.Empty(t, cmp.Diff(want, c.Sources()))
}

func TestIntervalOfADatasetThatIsNone(t *testing.T) {
	_, err := Load(env{"AUTO_REINDEX_INTERVAL_IDS": "soon", "AUTO_REINDEX_INTERVAL_W3C": "-1"}.get)
	require.ErrorContains(t, err, `AUTO_REINDEX_INTERVAL_IDS: "soon" is not a time like 90s or 6h`)
	require.ErrorContains(t, err, `AUTO_REINDEX_INTERVAL_W3C: "-1" is less than zero`)
}

func TestUsualSources(t *testing.T) {
	c, err := Load(env{}.get)
	require.NoError(t, err)
	require.Equal(t, Source{"nist", "https://github.com/ietf-tools/relaton-data-nist", "main", false, 0}, c.Sources()[8])
	require.Equal(t, Source{"xml2rfc", "https://github.com/ietf-tools/bibxml-data-archive", "main", true, 0}, c.Sources()[9])
}
