package config

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The variables of one dataset begin with one of these.
const sourcePrefix, intervalPrefix = "SOURCE_URL_", "AUTO_REINDEX_INTERVAL_"

// Load reads the configuration. Its error lists every fault at once, each with what to do about it. It looks for misspelt
// variables among the names of those that are set.
func Load(getenv func(string) string, set ...string) (*Config, error) {
	c := &Config{}
	l := loader{getenv: getenv, production: !isLocal(orElse(strings.TrimSpace(getenv("PRIMARY_HOSTNAME")), "localhost"))}
	l.fields(c)
	c.SourceURLs = l.repositories(sourcePrefix)
	c.AutoReindexOf = l.intervals(intervalPrefix)
	c.sourcesChosen = len(c.SourceURLs) > 0 || getenv("SOURCE_URL_TEMPLATE") != ""
	l.database(c)
	l.together(c)
	l.formerHost()
	l.unknown(set)
	if len(l.faults) > 0 {
		return nil, fmt.Errorf("the configuration is at fault%s; docs/configuration.md explains every variable:\n%w",
			pick(l.production, " (PRIMARY_HOSTNAME is not localhost, so nothing is made up)", ""), errors.Join(l.faults...))
	}
	c.fill(l.production)
	c.found = SecretsIn(getenv)
	if c.Port == 0 && getenv("METRICS_PORT") == "" {
		c.MetricsPort = 0 // who does not care about the one does not care about the other
	}
	return c, nil
}

// loader reads variables and gathers what is wrong with them.
type loader struct {
	getenv     func(string) string
	production bool
	faults     []error
}

func (l *loader) fault(name, format string, args ...any) {
	l.faults = append(l.faults, fmt.Errorf("  %s: %s", name, fmt.Sprintf(format, args...)))
}

// fields sets every field that one variable gives.
func (l *loader) fields(c *Config) {
	into := reflect.ValueOf(c).Elem()
	for _, v := range Variables() {
		field := into.FieldByName(v.field)
		if field.Kind() == reflect.Map {
			continue
		}
		text, set := l.lookUp(v)
		if !set && v.Required && l.production {
			l.fault(v.Name, "is missing. %s", v.Help)
			continue
		}
		if text == "" {
			continue
		}
		if err := assign(field, text); err != nil {
			l.fault(v.Name, "%s", v.describe(text, err))
		} else if err := check(v.Check, field.Interface()); err != nil {
			l.fault(v.Name, "%s", v.describe(text, err))
		}
	}
}

// lookUp gives the value of a variable or its default, and whether it was set.
func (l *loader) lookUp(v Variable) (text string, set bool) {
	for _, name := range append([]string{v.Name}, v.Older...) {
		text := strings.TrimSpace(l.getenv(name))
		if v.Secret {
			text = l.fromFile(v, name, text)
		}
		if text != "" {
			return text, true
		}
	}
	return v.Default, false
}

// fileSuffix ends the name of a variable that names the file of a secret.
const fileSuffix = "_FILE"

// fromFile returns the content of the file that the variable with the suffix _FILE names, which is how containers get secrets. A
// list has an entry in each line. Messages leave out the name of the file: it may be the secret itself, set by mistake.
func (l *loader) fromFile(v Variable, name, text string) string {
	file := strings.TrimSpace(l.getenv(name + fileSuffix))
	if file == "" {
		return text
	}
	if text != "" {
		l.fault(name+", "+name+fileSuffix, "both are set: leave one of them out")
		return text
	}
	content, err := os.ReadFile(file)
	if err != nil {
		l.fault(name+fileSuffix, "the file that it names cannot be read: %v. It takes the path of a file, not the secret", causeOf(err))
		return ""
	}
	text = strings.TrimSpace(string(content))
	switch {
	case text == "":
		l.fault(name+fileSuffix, "names an empty file; it is to hold %s", v.Name)
	case v.list:
		return strings.ReplaceAll(text, "\n", ",")
	case strings.ContainsRune(text, '\n'):
		l.fault(name+fileSuffix, "names a file of several lines; %s is one", v.Name)
	}
	return text
}

// causeOf returns why a file cannot be read, without its name.
func causeOf(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// describe tells what is wrong with a value, without the value when it is a secret.
func (v Variable) describe(text string, err error) string {
	if v.Secret {
		return err.Error()
	}
	return describe(text, err)
}

// describe leaves out values that may contain a secret: what precedes an @, parameters, and URLs that cannot be parsed.
func describe(text string, err error) string {
	_, rest, found := strings.Cut(text, "://")
	_, malformed := url.Parse("https://" + rest)
	if strings.ContainsAny(text, "@?") || found && malformed != nil {
		return err.Error()
	}
	return fmt.Sprintf("%q %s", text, err)
}

func assign(field reflect.Value, text string) error {
	switch field.Interface().(type) {
	case string:
		field.SetString(text)
	case []string:
		field.Set(reflect.ValueOf(splitList(text)))
	case int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return notNumber(text)
		}
		field.SetInt(int64(n))
	case float64:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return errors.New("is not a number")
		}
		field.SetFloat(f)
	case bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("is neither 1 nor 0")
		}
		field.SetBool(b)
	case time.Duration:
		d, err := parseDuration(text)
		if err != nil {
			return err
		}
		field.SetInt(int64(d))
	}
	return nil
}

// notNumber explains the values that Kubernetes sets for Services: DB_PORT for one named db.
func notNumber(text string) error {
	if strings.HasPrefix(text, "tcp://") {
		return errors.New("is the address of a Service of Kubernetes, not a number: set the variable, or enableServiceLinks: false in the pod")
	}
	return errors.New("is not a number")
}

// parseDuration reads 90s or 6h, and a bare number as seconds, which is what earlier installations say.
func parseDuration(text string) (time.Duration, error) {
	if seconds, err := strconv.Atoi(text); err == nil {
		return time.Duration(seconds) * time.Second, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, errors.New("is not a time like 90s or 6h")
	}
	return d, nil
}

func splitList(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// ofDatasets gives the values of the variables that begin with prefix and end with the name of a dataset.
func (l *loader) ofDatasets(prefix string) map[string]string {
	values := map[string]string{}
	for _, dataset := range append(Datasets(), Archive) {
		if text := strings.TrimSpace(l.getenv(prefix + strings.ToUpper(dataset))); text != "" {
			values[dataset] = text
		}
	}
	return values
}

func (l *loader) repositories(prefix string) map[string]string {
	all := l.ofDatasets(prefix)
	for _, dataset := range slices.Sorted(maps.Keys(all)) {
		if err := checkRepository(all[dataset]); err != nil {
			l.fault(prefix+strings.ToUpper(dataset), "%s", describe(all[dataset], err))
		}
	}
	return all
}

func (l *loader) intervals(prefix string) map[string]time.Duration {
	intervals := map[string]time.Duration{}
	for dataset, text := range l.ofDatasets(prefix) {
		every, err := parseDuration(text)
		if err == nil {
			err = check("not-negative", every)
		}
		if err != nil {
			l.fault(prefix+strings.ToUpper(dataset), "%q %s", text, err)
		}
		intervals[dataset] = every
	}
	return intervals
}

// database makes DATABASE_URL of the variables DB_* unless it is given.
func (l *loader) database(c *Config) {
	parts := []struct{ name, value string }{
		{"DB_NAME", c.DBName}, {"DB_USER", c.DBUser}, {"DB_HOST", c.DBHost}, {"DB_SECRET", c.DBSecret},
	}
	var missing []string
	for _, part := range parts {
		if part.value == "" {
			missing = append(missing, part.name)
		}
	}
	switch {
	case c.DatabaseURL != "" || len(missing) == len(parts) && !l.production:
		return
	case len(missing) == len(parts):
		l.fault("DATABASE_URL", "is missing, and so are DB_*: set it to postgres://user:password@host:port/name?sslmode=…")
	case len(missing) > 0:
		l.fault(strings.Join(missing, ", "), "missing: set all of DB_NAME, DB_USER, DB_HOST and DB_SECRET, or DATABASE_URL instead")
	default:
		u := url.URL{
			Scheme: "postgres", User: url.UserPassword(c.DBUser, c.DBSecret),
			Host: net.JoinHostPort(c.DBHost, strconv.Itoa(c.DBPort)), Path: "/" + c.DBName, RawQuery: "sslmode=" + c.DBSSLMode,
		}
		c.DatabaseURL = u.String()
	}
}

// together checks variables that have no meaning alone.
func (l *loader) together(c *Config) {
	if (c.DatatrackerClientID == "") != (c.DatatrackerClientSecret == "") {
		l.fault("DATATRACKER_CLIENT_ID, DATATRACKER_CLIENT_SECRET", "only one of them is set: signing in needs both")
	}
	switch {
	case c.DatatrackerClientID == "":
	case c.DatatrackerRedirectURI == "":
		l.fault("DATATRACKER_REDIRECT_URI", "is missing: signing in needs it")
	case isURL(c.DatatrackerRedirectURI) && !c.comesBack(c.DatatrackerRedirectURI):
		l.fault("DATATRACKER_REDIRECT_URI", "%q does not lead back here: make it %s%s", c.DatatrackerRedirectURI, c.PublicURL(), callbackPath)
	}
	if c.Port != 0 && c.Port == c.MetricsPort {
		l.fault("PORT, METRICS_PORT", "both are %d: the metrics of the worker need a port of their own", c.Port)
	}
	if c.MatomoURL != "" && c.MatomoSiteID == "" && c.MatomoTagManagerScript == "" {
		l.fault("MATOMO_SITE_ID", "is missing: set it or MATOMO_TAG_MANAGER_CONTAINER, or leave MATOMO_URL out")
	}
	l.weak("API_SECRET", minSecret, c.APISecret)
	l.weak("EXTRA_API_SECRETS", minSecret, c.ExtraAPISecrets...)
	l.weak("GITHUB_WEBHOOK_SECRETS", minSecret, c.WebhookSecrets...)
	l.weak("SECRET_KEY", minKey, c.SecretKey)
	l.weak("EXTRA_SECRET_KEYS", minKey, c.ExtraSecretKeys...)
	if c.Debug && l.production {
		l.fault("DEBUG", "is set in a real installation: unset it; LOG_LEVEL=debug logs more")
	}
}

// fill decides what is left open.
func (c *Config) fill(production bool) {
	if c.Listen == "" && !production {
		c.Listen = "127.0.0.1"
	}
	c.PrimaryHostname = strings.ToLower(c.PrimaryHostname)
	for i, host := range c.InternalHostnames {
		c.InternalHostnames[i] = strings.ToLower(host)
	}
	c.LogFormat = orElse(c.LogFormat, pick(production, "json", "text"))
	c.LogLevel = orElse(c.LogLevel, pick(c.Debug, "debug", "info"))
	c.MirrorDir = orElse(c.MirrorDir, filepath.Join(c.DataDir, "sources"))
	c.APISecretMade = c.APISecret == ""
	c.APISecret = orElse(c.APISecret, rand.Text())
	c.SecretKey = orElse(c.SecretKey, rand.Text())
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
