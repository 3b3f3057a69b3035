package config

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// mistakes are what people write into variables, each with what they are told.
var mistakes = []struct {
	name string
	env  env
	want string
}{
	{"a port in LISTEN", env{"LISTEN": "0.0.0.0:8000"}, `LISTEN: "0.0.0.0:8000" has a port: leave it out here and set PORT`},
	{"a port alone", env{"LISTEN": ":8000"}, `LISTEN: ":8000" is a port: leave it out here and set PORT`},
	{"a port behind brackets", env{"LISTEN": "[::]:8000"}, `LISTEN: "[::]:8000" has a port`},
	{"brackets", env{"LISTEN": "[::1]"}, `LISTEN: "[::1]" has brackets: leave them out`},
	{"an asterisk", env{"LISTEN": "*"}, `LISTEN: "*" is not an address: 0.0.0.0 and :: stand for every interface`},
	{"a URL to listen at", env{"LISTEN": "http://localhost"}, `LISTEN: "http://localhost" is a URL`},
	{"blanks within", env{"LISTEN": "local host"}, `LISTEN: "local host" is not a host name`},

	{"a port in DB_HOST", env{"DB_HOST": "db:5432"}, `DB_HOST: "db:5432" has a port: leave it out here and set DB_PORT`},
	{"a port behind IPv6", env{"DB_HOST": "[fd00::1]:5432"}, `DB_HOST: "[fd00::1]:5432" has a port`},
	{"brackets around it", env{"DB_HOST": "[fd00::1]"}, `DB_HOST: "[fd00::1]" has brackets`},
	{"several hosts", env{"DB_HOST": "db1,db2"}, `DB_HOST: "db1,db2" names several hosts: give one`},
	{"a socket", env{"DB_HOST": "/var/run/postgresql"}, `DB_HOST: "/var/run/postgresql" is the path of a socket`},
	{"a URL as its host", env{"DB_HOST": "postgres://db"}, `DB_HOST: "postgres://db" is a URL`},
	{"a whole URL as its host", env{"DB_HOST": "postgres://u:hunter2@db/bib"}, `DB_HOST: is a URL`},
	{"a Service of Kubernetes", env{"DB_PORT": "tcp://10.0.0.7:5432"}, `DB_PORT: "tcp://10.0.0.7:5432" is the address of a Service of Kubernetes`},

	{"everybody trusted", env{"TRUSTED_PROXIES": "0.0.0.0/0"}, `TRUSTED_PROXIES: "0.0.0.0/0" would trust a good part of the Internet`},
	{"everybody of IPv6", env{"TRUSTED_PROXIES": "10.0.0.0/8,::/0"}, `TRUSTED_PROXIES: "10.0.0.0/8,::/0" would trust`},
	{"everybody in two halves", env{"TRUSTED_PROXIES": "0.0.0.0/1,128.0.0.0/1"}, `would trust`},
	{"half of IPv6", env{"TRUSTED_PROXIES": "2000::/3"}, `would trust`},
	{"IPv4 as IPv6", env{"TRUSTED_PROXIES": "::ffff:10.0.0.0/104"}, `is an IPv4 network in the form of IPv6`},
	{"nobody", env{"TRUSTED_PROXIES": "0.0.0.0"}, `is the address of nobody`},
	{"a host name", env{"TRUSTED_PROXIES": "proxy"}, `TRUSTED_PROXIES: "proxy" is not an address or a network like 10.0.0.0/8`},

	{"a path of the Datatracker", env{"DATATRACKER_URL": "https://datatracker.ietf.org/api"}, `DATATRACKER_URL: "https://datatracker.ietf.org/api" is more than the address of the server: leave out what follows the host, as in https://datatracker.ietf.org`},
	{"parameters", env{"DATATRACKER_URL": "https://datatracker.ietf.org/?format=json"}, `is more than the address of the server`},
	{"an empty query", env{"CROSSREF_URL": "https://api.crossref.org?"}, `is more than the address of the server`},
	{"a path of Crossref", env{"CROSSREF_URL": "https://api.crossref.org/works"}, `CROSSREF_URL: "https://api.crossref.org/works" is more than the address of the server`},
	{"a fragment", env{"CROSSREF_URL": "https://api.crossref.org/#x"}, `is more than the address of the server`},
	{"a port too high", env{"CROSSREF_URL": "https://api.crossref.org:70000"}, `has a port that is not between 1 and 65535`},
	{"a blank in a URL", env{"CROSSREF_URL": "https://api.crossref.org/a b"}, `is not an address that starts with http`},
	{"the description of an issuer", env{"DATATRACKER_OIDC_URL": "https://auth.ietf.org/api/openid/.well-known/openid-configuration"}, `leave out /.well-known/openid-configuration`},
	{"parameters of an issuer", env{"DATATRACKER_OIDC_URL": "https://auth.ietf.org/api/openid?x=1"}, `has parameters`},
	{"a password for everybody", env{"SOURCE_REPO_URL": "https://u:hunter2@github.com/x"}, `SOURCE_REPO_URL: holds a user or a password`},
	{"a URL that cannot be parsed", env{"DATATRACKER_URL": "https://hunter2%zz/x"}, `DATATRACKER_URL: is not an address that starts with http`},
	{"a token among the parameters", env{"CROSSREF_URL": "https://api.crossref.org/?token=hunter2"}, `CROSSREF_URL: is more than the address of the server`},
	{"a DSN without a key", env{"SENTRY_DSN": "https://sentry.example/1"}, `SENTRY_DSN: is not an address like https://key@sentry.example/1`},
	{"a DSN without a project", env{"SENTRY_DSN": "https://key@sentry.example"}, `SENTRY_DSN: is not an address like`},
	{"a source of no kind", env{"SOURCE_URL_RFCS": "htps://github.com/x"}, `SOURCE_URL_RFCS: "htps://github.com/x" starts with none of https://, http://, ssh://`},
	{"a source without a host", env{"SOURCE_URL_RFCS": "https:///x"}, `SOURCE_URL_RFCS: "https:///x" names no host`},
	{"an option of git", env{"SOURCE_URL_RFCS": "--upload-pack=x"}, `is not an address or a path of a Git repository`},
	{"no branch", env{"SOURCE_BRANCH": "feature branch"}, `SOURCE_BRANCH: "feature branch" is not the name of a branch`},

	{"one port for all", env{"PORT": "8000", "METRICS_PORT": "8000"}, `PORT, METRICS_PORT: both are 8000`},
	{"the port of the metrics", env{"PORT": "9080"}, `PORT, METRICS_PORT: both are 9080`},
	{"a host with a port", env{"PRIMARY_HOSTNAME": "localhost:8000"}, `PRIMARY_HOSTNAME: "localhost:8000" is not a host name`},

	{"no scheme", env{"DATABASE_URL": "u:hunter2@db/bib"}, `DATABASE_URL: is not an address like postgres://user:password@host:5432/name`},
	{"keywords", env{"DATABASE_URL": "host=db password=hunter2 dbname=bib"}, `DATABASE_URL: is not an address like`},
	{"another database", env{"DATABASE_URL": "mysql://u:hunter2@db/bib"}, `DATABASE_URL: is not an address like`},
	{"a # in the password", env{"DATABASE_URL": "postgres://u:hun#ter2@db/bib"}, `DATABASE_URL: has a # that is not escaped; in a password write it as %23`},
	{"a / in the password", env{"DATABASE_URL": "postgres://u:hun/ter2@db/bib"}, `has a / before the @; in a password write it as %2F`},
	{"a / in a password of digits", env{"DATABASE_URL": "postgres://u:12/34@db/bib"}, `has a / before the @`},
	{"a ? in the password", env{"DATABASE_URL": "postgres://u:hun?ter2@db/bib"}, `has a ? before the @; in a password write it as %3F`},
	{"an @ in the password", env{"DATABASE_URL": "postgres://u:hun@ter2@db/bib"}, `has more than one @; in a password write it as %40`},
	{"a % in the password", env{"DATABASE_URL": "postgres://u:hun%ter2@db/bib"}, `has a % that begins no escape; in a password write it as %25`},
	{"a % at its end", env{"DATABASE_URL": "postgres://u:hunter2%@db/bib"}, `has a % that begins no escape`},
	{"half an escape", env{"DATABASE_URL": "postgres://u:hun%2ter2@db/bib"}, `has a % that begins no escape`},
	{"a blank in the password", env{"DATABASE_URL": "postgres://u:hun ter2@db/bib"}, `what is special in the user or the password has to be escaped`},
	{"brackets in the password", env{"DATABASE_URL": "postgres://u:hun[ter2@db/bib"}, `what is special in the user or the password has to be escaped`},
	{"no user", env{"DATABASE_URL": "postgres://db/bib"}, `DATABASE_URL: names no user`},
	{"no host", env{"DATABASE_URL": "postgres://u:hunter2@/bib"}, `DATABASE_URL: names no host`},
	{"no name", env{"DATABASE_URL": "postgres://u:hunter2@db"}, `DATABASE_URL: names no database`},
	{"two names", env{"DATABASE_URL": "postgres://u:hunter2@db/bib/x"}, `has a / in the name of the database`},
	{"hosts in a URL", env{"DATABASE_URL": "postgres://u:hunter2@db1,db2/bib"}, `names several hosts`},
	{"a port that is none", env{"DATABASE_URL": "postgres://u:hunter2@db:0/bib"}, `has a port that is not between 1 and 65535`},
	{"an sslmode that is none", env{"DATABASE_URL": "postgres://u:hunter2@db/bib?sslmode=on"}, `has an sslmode that is none of disable, allow, prefer, require, verify-ca, verify-full`},
	{"parameters that are none", env{"DATABASE_READ_URL": "postgres://u:hunter2@db/bib?a;b"}, `DATABASE_READ_URL: has parameters that cannot be read`},
}

func TestMistakes(t *testing.T) {
	for _, tt := range mistakes {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(tt.env.get)
			require.ErrorContains(t, err, tt.want)
			for _, secret := range []string{"hunter2", "hun", "ter2"} {
				require.NotContains(t, err.Error(), secret)
			}
		})
	}
}

// What is unusual and right is not refused.
func TestNoMistakes(t *testing.T) {
	for _, given := range []env{
		{"LISTEN": "::"},
		{"LISTEN": "fe80::1%eth0"},
		{"LISTEN": "localhost"},
		{"TRUSTED_PROXIES": "10.0.0.0/8,172.16.0.0/12,fc00::/7,2400:cb00::/32,192.0.2.7,::1"},
		{"DATATRACKER_URL": "https://datatracker.ietf.org/"},
		{"CROSSREF_URL": "http://127.0.0.1:9"},
		{"INTERNAL_HOSTNAMES": "web_1,10.0.0.7,fd00::7,::1"},
		{"DATABASE_URL": "postgres://u:p%40%2F%3F%23%25:!$&'()*+,;=~@db_1:6432/bib?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=5"},
		{"DATABASE_URL": "postgres://u@[fd00::1]:5432/bib"},
		{"SOURCE_URL_RFCS": "git@github.com:ietf-tools/relaton-data-rfcs.git"},
		{"SOURCE_URL_RFCS": "https://token@github.com/x#next"},
		{"SOURCE_URL_RFCS": "./rfcs.bundle"},
		{"SOURCE_URL_RFCS": "file:///srv/rfcs"},
		{"PORT": "0", "METRICS_PORT": "0"},
		{"MATOMO_URL": "matomo.example/piwik", "MATOMO_SITE_ID": "7"},
	} {
		_, err := Load(given.get)
		require.NoError(t, err, "%v", given)
	}
}

func TestHostNamesInAnyCase(t *testing.T) {
	c, err := Load(production.with(env{"PRIMARY_HOSTNAME": "BIB.ietf.example", "INTERNAL_HOSTNAMES": "Web"}).get)
	require.NoError(t, err)
	require.Equal(t, []string{"bib.ietf.example", "web"}, c.Hosts())
}

func loadAll(e env) error {
	_, err := Load(e.get, slices.Sorted(maps.Keys(e))...)
	return err
}

func TestMisspeltVariables(t *testing.T) {
	for name, meant := range map[string]string{
		"TRUSTED_PROXY":              "TRUSTED_PROXIES",
		"TRUSTED_PROXYS":             "TRUSTED_PROXIES",
		"API_SECRETS":                "API_SECRET",
		"APISECRET":                  "API_SECRET",
		"API_SERCET":                 "API_SECRET",
		"api_secret":                 "API_SECRET",
		"API_SECRET_FLIE":            "API_SECRET_FILE",
		"EXTRA_API_SECRET":           "EXTRA_API_SECRETS",
		"DATABSE_URL":                "DATABASE_URL",
		"DATABASE_URI":               "DATABASE_URL",
		"DB_SSL_MODE":                "DB_SSLMODE",
		"LOGLEVEL":                   "LOG_LEVEL",
		"PRIMARY_HOST_NAME":          "PRIMARY_HOSTNAME",
		"INTERNAL_HOSTNAME":          "INTERNAL_HOSTNAMES",
		"AUTO_REINDEX_INTERVALL":     "AUTO_REINDEX_INTERVAL",
		"AUTO_REINDEX_INTERVAL_RFC":  "AUTO_REINDEX_INTERVAL_RFCS",
		"SOURCE_URL_RFC":             "SOURCE_URL_RFCS",
		"SOURCE_URL_TEMPLTE":         "SOURCE_URL_TEMPLATE",
		"GITHUB_WEBHOOK_SECRET":      "GITHUB_WEBHOOK_SECRETS",
		"GITHUB_WEBHOOK_SECRET_FILE": "GITHUB_WEBHOOK_SECRETS_FILE",
		"CORRECTION":                 "CORRECTIONS",
	} {
		err := loadAll(env{name: "hunter2"})
		require.ErrorContains(t, err, name+": there is no such variable. Did you mean "+meant+"?")
		require.NotContains(t, err.Error(), "hunter2")
	}
	require.ErrorContains(t, loadAll(env{"SOURCE_URL_BIPM": "/srv/x"}), "SOURCE_URL_BIPM: ends with no dataset: one of RFCS, IDS")
}

// The environment is full of variables of other programs.
func TestForeignVariables(t *testing.T) {
	foreign := env{
		"TRUSTED_PROXIES": "10.0.0.0/8", "TRUSTED_PROXY": "of somebody else, since ours is set",
		"DB_NAME": "n", "DB_USER": "u", "DB_HOST": "h", "DB_SECRET": "s",
	}
	for name := range strings.FieldsSeq(`
		PATH HOME HOSTNAME HOST HOSTTYPE LANG LC_ALL SHELL USER LOGNAME TERM EDITOR PAGER SHLVL PWD TZ _ SSH_AUTH_SOCK XDG_RUNTIME_DIR
		PORTS REPORT SUPPORT NDEBUG DEBUGGER debug port LISTEN_FDS LISTEN_PID LISTEN_FDNAMES NOTIFY_SOCKET INVOCATION_ID JOURNAL_STREAM
		KUBERNETES_SERVICE_HOST KUBERNETES_PORT KUBERNETES_PORT_443_TCP BIBXML_WEB_SERVICE_HOST BIBXML_WEB_PORT DB_SERVICE_HOST DB_PORT_5432_TCP
		DB_PORT_5432_TCP_ADDR DB_ENV_POSTGRES_PASSWORD DB_PASSWORD DB_PASS DB_USERNAME DB_DATABASE DB_ENGINE DB_CONNECTION
		DATABASE_HOST DATABASE_NAME DATABASE_USER DATABASE_PASSWORD DATABASE_PORT PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE
		POSTGRES_DB POSTGRES_USER POSTGRES_PASSWORD REDIS_HOST REDIS_PORT CELERY_BROKER_URL CELERY_RESULT_BACKEND PYTHONUNBUFFERED
		SENTRY_RELEASE SENTRY_ENVIRONMENT SENTRY_AUTH_TOKEN SENTRY_ORG SENTRY_PROJECT GITHUB_TOKEN GITHUB_SHA GITHUB_REF GITHUB_ACTIONS
		GOPATH GOROOT GOFLAGS GOMAXPROCS GOMEMLIMIT GODEBUG GOTRACEBACK GIT_SSH_COMMAND GIT_AUTHOR_NAME HTTP_PROXY HTTPS_PROXY NO_PROXY
		http_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR SECRET_KEY_BASE API_KEY API_TOKEN API_URL SERVICE_PORT SERVICE_HOST LOG_FILE LOG_DIR
		WEB_REPLICAS WEB_PORTS VERSION COMMIT CREATED BIBXML_IMAGE BIBXML_BIN GRAFANA_SECRET GRAFANA_PORT PROMETHEUS_PORT
		PROMETHEUS_RETENTION ALERTMANAGER_PORT RIVERUI_IMAGE RIVERUI_PORT COMPOSE_PROJECT_NAME COMPOSE_FILE DJANGO_SETTINGS_MODULE MATOMO_TOKEN`) {
		foreign[name] = "x"
	}
	foreign["HOST"] = "0.0.0.0"
	require.NoError(t, loadAll(foreign))
}

func TestFormerNamesOfTheHost(t *testing.T) {
	for _, name := range []string{"HOST", "HOST_NAME"} {
		require.ErrorContains(t, loadAll(env{name: "bib.ietf.example"}), "PRIMARY_HOSTNAME: is missing, and "+name+" is set, its name in earlier installations")
		require.NoError(t, loadAll(env{name: "bib.ietf.example", "PRIMARY_HOSTNAME": "localhost"}))
		for _, host := range []string{"localhost", "127.0.0.1", "0.0.0.0", "::", "laptop", "bib.localhost"} {
			require.NoError(t, loadAll(env{name: host}))
		}
	}
}
