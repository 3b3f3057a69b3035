// Package config reads the configuration from environment variables, all of it at the start and into
// one struct. What the values mean to the rest of the program is left to app, which wires them in.
package config

import (
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Config is the whole configuration. The tags are the documentation of each variable as well: Variables
// lists them, and a test holds docs/configuration.md against them.
//
//	env        name of the variable; a second one is an older name that is read when the first is empty
//	default    value when the variable is empty
//	production what a real installation must say for itself ("required")
//	secret     never shown
//	check      a check of checks.go
//	help       what it is for
//
// The names of the first generation of this service stay valid: operators keep their environment.
type Config struct {
	ServiceName       string   `env:"SERVICE_NAME" default:"BibXML service" production:"required" help:"Name of the service, shown on every page and sent to external sources."`
	ContactEmail      string   `env:"CONTACT_EMAIL" default:"bibxml@localhost" production:"required" check:"email" help:"Where visitors and operators of external sources can write to."`
	ServerEmail       string   `env:"SERVER_EMAIL" check:"email" help:"Accepted from earlier installations; this service sends no mail."`
	PrimaryHostname   string   `env:"PRIMARY_HOSTNAME" default:"localhost" production:"required" check:"hostname" help:"Host name that visitors use. Anything but localhost makes this a real installation, in which the required variables must be set."`
	InternalHostnames []string `env:"INTERNAL_HOSTNAMES" check:"hostname" help:"Further host names to answer for, separated by commas (health checks, internal clients). Other requests get 400."`
	TrustedProxies    []string `env:"TRUSTED_PROXIES" check:"network" help:"Addresses and networks of the proxies in front, separated by commas: 10.0.0.0/8,192.0.2.7. What X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host say is believed when it comes from them."`
	RepositoryURL     string   `env:"SOURCE_REPO_URL" default:"https://github.com/ietf-tools/bibxml" check:"url" help:"Where the source code of this service is; linked from the about page."`
	Snapshot          string   `env:"SNAPSHOT" help:"Version to show instead of the one that was built in."`

	Listen      string `env:"LISTEN" check:"listen" help:"Address to listen on, without a port. Empty: every interface in a real installation, else 127.0.0.1."`
	Port        int    `env:"PORT" default:"8000" check:"port" help:"Port of the web server; 0 takes a free one."`
	MetricsPort int    `env:"METRICS_PORT" default:"9080" check:"port" help:"Port on which the worker exports its metrics; 0, and the default when PORT is 0, takes a free one."`

	APISecret       string   `env:"API_SECRET" production:"required" secret:"yes" help:"Opens the management: as the header X-IETF-Token, and as the password of the user ietf. Without one, a random one is made and shown."`
	ExtraAPISecrets []string `env:"EXTRA_API_SECRETS" secret:"yes" help:"Further such secrets, separated by commas; for a change of secrets without an interruption."`
	SecretKey       string   `env:"SECRET_KEY,DJANGO_SECRET" production:"required" secret:"yes" help:"Key that sessions and forms are encrypted with, the same for every web process: 32 random characters or more. Without one, a random one is made, and sessions end with the process."`
	ExtraSecretKeys []string `env:"EXTRA_SECRET_KEYS" secret:"yes" help:"Former such keys, separated by commas: sessions that began with them go on. For a change of the key without an interruption."`

	DatabaseURL      string        `env:"DATABASE_URL" secret:"yes" check:"postgres" help:"Address of the database, postgres://user:password@host:port/name?sslmode=…; goes before DB_*. With neither and on localhost, a private PostgreSQL is started."`
	DatabaseReadURL  string        `env:"DATABASE_READ_URL" secret:"yes" check:"postgres" help:"Address of a read replica of it, which visitors are answered from; empty: the database itself. Pages show a new state once the replica has it."`
	DBName           string        `env:"DB_NAME" help:"Name of the database."`
	DBUser           string        `env:"DB_USER" help:"User of the database."`
	DBSecret         string        `env:"DB_SECRET" secret:"yes" help:"Password of the database."`
	DBHost           string        `env:"DB_HOST" check:"dbhost" help:"Host of the database."`
	DBPort           int           `env:"DB_PORT" default:"5432" check:"port" help:"Port of the database."`
	DBSSLMode        string        `env:"DB_SSLMODE" default:"disable" check:"sslmode" help:"Whether the connection is encrypted, with DB_*: disable, require or verify-full."`
	DBGrantTo        string        `env:"DB_GRANT_TO" help:"User that web and worker connect to the database as, when bibxml migrate connects as another one, who owns the tables: the migration grants it what they need, and no more."`
	StatementTimeout time.Duration `env:"STATEMENT_TIMEOUT" default:"5s" check:"positive" help:"How long a query of the web server may take."`

	DBLookupConnections int           `env:"DB_LOOKUP_CONNECTIONS" default:"10" check:"positive" help:"Connections of a web process to the database for look-ups: xml2rfc paths, pages and the API. Searches and health checks have others."`
	DBAcquireTimeout    time.Duration `env:"DB_ACQUIRE_TIMEOUT" default:"5s" check:"positive" help:"How long a request waits for a connection when all are in use; after that it gets 503."`

	SearchTime        time.Duration `env:"SEARCH_TIME_PER_MINUTE" default:"60s" check:"not-negative" help:"How long the searches of one client may take in a minute, and twice that at first; then it gets 429. Paths of xml2rfc and look-ups are never limited. 0: no limit."`
	SearchesAtOnce    int           `env:"SEARCHES_AT_ONCE" default:"0" check:"not-negative" help:"How many searches a web process runs at once; the others wait. 0: one for each processor, at least 2 and at most 8."`
	SearchesPerClient int           `env:"SEARCHES_PER_CLIENT" default:"0" check:"not-negative" help:"How many of them one client may have; 0: half of them."`
	SearchWait        time.Duration `env:"SEARCH_WAIT" default:"2s" check:"not-negative" help:"How long a search waits for its turn. After that it gets 429 when searches of the same client are in the way, else 503."`

	SourceURLTemplate string                   `env:"SOURCE_URL_TEMPLATE" default:"https://github.com/ietf-tools/relaton-data-{dataset}" check:"template" help:"Where the Git repository of a dataset is: an address, or a path on this machine. {dataset} stands for its name. The archive (xml2rfc) has an address of its own."`
	SourceBranch      string                   `env:"SOURCE_BRANCH" default:"main" check:"branch" help:"Branch to index."`
	SourceURLs        map[string]string        `env:"SOURCE_URL_<DATASET>" check:"repository" help:"Address of one dataset, its branch after a # when it is another: SOURCE_URL_RFCS=/srv/rfcs.git#next. Datasets: RFCS, IDS, RFCSUBSERIES, MISC, W3C, 3GPP, IEEE, IANA, NIST, and XML2RFC for the archive."`
	DataDir           string                   `env:"BIBXML_DATA" default:"var" help:"Folder for what the program keeps on this machine: the private PostgreSQL and the sample sources."`
	MirrorDir         string                   `env:"DATASET_TMP_ROOT" help:"Folder for copies of the repositories; empty: sources in BIBXML_DATA. They can be lost at any time."`
	AutoReindex       time.Duration            `env:"AUTO_REINDEX_INTERVAL" default:"0" check:"not-negative" help:"How often every source is brought up to date, in seconds or as 6h; 0: only on request."`
	AutoReindexOf     map[string]time.Duration `env:"AUTO_REINDEX_INTERVAL_<DATASET>" help:"The same for one dataset: AUTO_REINDEX_INTERVAL_IDS=5m. Datasets as for SOURCE_URL_<DATASET>."`
	StaleAfter        time.Duration            `env:"STALE_AFTER" default:"24h" check:"not-negative" help:"Age from which a source counts as stale: the time since it was last looked at without failure. /healthz/ then says degraded instead of ok; 0: never."`
	MaintenanceAt     string                   `env:"MAINTENANCE_AT" default:"03:00" check:"time-of-day" help:"Time of day, in UTC, of the nightly maintenance by the worker: it checks the index, repairs what it finds, and rebuilds database indexes that have grown. The panel shows the report. off: never."`
	WebhookSecrets    []string                 `env:"GITHUB_WEBHOOK_SECRETS" secret:"yes" help:"Secrets, separated by commas, one of which GitHub signs its messages to /api/v1/hooks/github with. A push to a source then starts its indexing at once. Empty: messages are refused."`

	DatatrackerURL     string        `env:"DATATRACKER_URL" default:"https://datatracker.ietf.org" check:"server" help:"Where Internet-Drafts are asked for that may be newer than the index."`
	DatatrackerDrafts  time.Duration `env:"DATATRACKER_DRAFTS_INTERVAL" default:"24h" check:"not-negative" help:"How often the Datatracker is asked which drafts became RFCs and which took the place of others, where AUTO_REINDEX_INTERVAL or one of its kind is set; 0: never, and pages show what follows from titles and authors."`
	DatatrackerTimeout time.Duration `env:"DATATRACKER_TIMEOUT" default:"800ms" check:"positive" help:"How long a visitor waits for it. After that the index answers; what arrives later serves the next one."`
	CrossrefURL        string        `env:"CROSSREF_URL" default:"https://api.crossref.org" check:"server" help:"Where DOIs are asked for that are not in the index. SERVICE_NAME, PRIMARY_HOSTNAME and CONTACT_EMAIL tell it who asks."`
	CrossrefTimeout    time.Duration `env:"CROSSREF_TIMEOUT" default:"8s" check:"positive" help:"How long a visitor waits for it. There is no other answer, unless an older one is kept."`

	RequireDatatrackerAuth  bool   `env:"REQUIRE_DATATRACKER_AUTH" help:"Whether the JSON API needs a Datatracker token in the header X-Datatracker-Token, or a session (1 or 0). Pages and xml2rfc paths stay open."`
	DatatrackerClientID     string `env:"DATATRACKER_CLIENT_ID" help:"Identity of this service at the Datatracker's sign-in (OpenID Connect). Empty: nobody can sign in."`
	DatatrackerClientSecret string `env:"DATATRACKER_CLIENT_SECRET" secret:"yes" help:"Secret for it."`
	DatatrackerRedirectURI  string `env:"DATATRACKER_REDIRECT_URI" check:"url" help:"Address that the Datatracker sends people back to, as it is registered there: https://HOST/datatracker-auth/callback/, HOST being PRIMARY_HOSTNAME."`
	DatatrackerOIDCURL      string `env:"DATATRACKER_OIDC_URL" default:"https://auth.ietf.org/api/openid" check:"issuer" help:"Address of the sign-in: the issuer of its tokens."`

	SentryDSN              string  `env:"SENTRY_DSN" secret:"yes" check:"sentry" help:"Where unexpected errors are reported; empty: nowhere."`
	SentryTraces           float64 `env:"SENTRY_TRACES_SAMPLE_RATE" default:"0.01" check:"share" help:"Share of the requests and indexings whose course is sent to Sentry too, from 0 to 1."`
	MatomoURL              string  `env:"MATOMO_URL" check:"matomo" help:"Host, and path if any, of a Matomo server that counts visits: matomo.example.org. Empty: none, and pages load nothing from elsewhere. Visits are not counted of those whose browser asks not to be tracked, nor in the management."`
	MatomoSiteID           string  `env:"MATOMO_SITE_ID" check:"word" help:"Number of this site there."`
	MatomoTagManagerScript string  `env:"MATOMO_TAG_MANAGER_CONTAINER" check:"word" help:"Container of Matomo's tag manager, which decides instead of the site number what is counted."`

	Corrections []string `env:"CORRECTIONS" help:"Corrections of BibXML to make, separated by commas: 3gpp-series, w3c-series, w3c-dates, iana-dates, full-names, initials, api-as-path, ieee-series, group-series, organizations, markup; all of them: all; none of them, so that answers stay as those of the service before this one: none. Each changes the references of drafts that are built again: see docs/deviations.md. Empty: all."`

	CacheMegabytes int           `env:"CACHE_MEGABYTES" default:"64" check:"not-negative" help:"How much memory the web server may keep answers in."`
	StaleIfError   time.Duration `env:"STALE_IF_ERROR" default:"10m" check:"not-negative" help:"How long answers from this memory are still sent while the database cannot be reached; 0: not at all."`

	LogFormat string `env:"LOG_FORMAT" check:"log-format" help:"text or json; empty: json in a real installation, else text."`
	LogLevel  string `env:"LOG_LEVEL" check:"log-level" help:"debug, info, warn or error; empty: info, or debug with DEBUG."`
	Debug     bool   `env:"DEBUG" help:"Whether more is logged (1 or 0). Leave it unset in a real installation."`

	// APISecretMade says that there was no API_SECRET, so that the random one has to be shown.
	APISecretMade bool

	sourcesChosen bool
	found         []string // secrets in the environment
}

// Production says whether this is a real installation, as told by its host name.
func (c *Config) Production() bool { return !isLocal(c.PrimaryHostname) }

// SourcesConfigured says whether someone chose what to index.
func (c *Config) SourcesConfigured() bool { return c.sourcesChosen }

func isLocal(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1" || host == "::1"
}

// Secrets gives every secret that opens the management.
func (c *Config) Secrets() []string { return append([]string{c.APISecret}, c.ExtraAPISecrets...) }

// Hosts gives every host name that is answered for, in alphabetical order.
func (c *Config) Hosts() []string {
	hosts := append([]string{c.PrimaryHostname}, c.InternalHostnames...)
	if !c.Production() {
		hosts = append(hosts, "localhost", "127.0.0.1", "::1")
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// PublicURL is where visitors reach the service, without a final slash.
func (c *Config) PublicURL() string {
	if c.Production() {
		return "https://" + c.PrimaryHostname
	}
	return "http://" + net.JoinHostPort(c.PrimaryHostname, strconv.Itoa(c.Port))
}

// Proxies gives the networks of the trusted proxies.
func (c *Config) Proxies() []netip.Prefix {
	var all []netip.Prefix
	for _, text := range c.TrustedProxies {
		if prefix, err := parseNetwork(text); err == nil { // checked when it was read
			all = append(all, prefix)
		}
	}
	return all
}

// Address is where the web server listens, as net.Listen takes it.
func (c *Config) Address() string { return net.JoinHostPort(c.Listen, strconv.Itoa(c.Port)) }

// MetricsAddress is where the worker's metrics are served, as net.Listen takes it.
func (c *Config) MetricsAddress() string {
	return net.JoinHostPort(c.Listen, strconv.Itoa(c.MetricsPort))
}
