package config

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// hostnamePattern allows the underscore, which names in the network of a container engine have.
var hostnamePattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)

// isHost reports whether s is a host name or an IP address, without a port and without brackets.
func isHost(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil || hostnamePattern.MatchString(s) && !strings.Contains(s, "..")
}

// checkHost refuses all but a host name or an IP address. A port belongs into portVariable, where there is one.
func checkHost(s, portVariable string) error {
	host, port, err := net.SplitHostPort(s)
	switch {
	case isHost(s):
		return nil
	case strings.Contains(s, "://"):
		return errors.New("is a URL: leave out all but the host name or the IP address")
	case err == nil && port != "" && isHost(host) && portVariable != "":
		return errors.New("has a port: leave it out here and set " + portVariable)
	case strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]"):
		return errors.New("has brackets: leave them out, they are added where an IPv6 address needs them")
	case strings.Contains(s, ","):
		return errors.New("names several hosts: give one")
	}
	return errors.New("is not a host name and not an IP address: leave out https://, ports and paths")
}

func checkHostname(s string) error { return checkHost(s, "") }

func checkListen(s string) error {
	switch {
	case s == "*":
		return errors.New("is not an address: 0.0.0.0 and :: stand for every interface")
	case strings.HasPrefix(s, ":") && isNumber(s[1:]):
		return errors.New("is a port: leave it out here and set PORT")
	}
	return checkHost(s, "PORT")
}

func checkDatabaseHost(s string) error {
	if strings.HasPrefix(s, "/") {
		return errors.New("is the path of a socket: give a host name or an IP address, the database is reached over TCP")
	}
	return checkHost(s, "DB_PORT")
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// parseURL parses an HTTP or HTTPS URL.
func parseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Host == "", strings.ContainsFunc(s, unicode.IsSpace), !isHost(u.Hostname()):
		return nil, errors.New("is not an address that starts with http:// or https://")
	case u.Port() != "" && !isPort(u.Port()):
		return nil, errors.New("has a port that is not between 1 and 65535")
	}
	return u, nil
}

func isPort(s string) bool {
	port, err := strconv.ParseUint(s, 10, 16)
	return err == nil && port > 0
}

func isURL(s string) bool {
	_, err := parseURL(s)
	return err == nil
}

// checkURL is for URLs that are shown to visitors and must not contain a password.
func checkURL(s string) error {
	u, err := parseURL(s)
	if err == nil && u.User != nil {
		err = errors.New("holds a user or a password, and would be shown to everybody: leave them out")
	}
	return err
}

// checkServer is for services of which the program adds the paths.
func checkServer(s string) error {
	u, err := parseURL(s)
	if err == nil && (strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "") {
		err = errors.New("is more than the address of the server: leave out what follows the host, as in " + u.Scheme + "://" + u.Host)
	}
	return err
}

// discoveryPath is what OpenID Connect appends to an issuer.
const discoveryPath = "/.well-known/openid-configuration"

func checkIssuer(s string) error {
	u, err := parseURL(s)
	switch {
	case err != nil:
	case u.RawQuery != "" || u.Fragment != "":
		err = errors.New("has parameters: give the address of the issuer alone")
	case strings.HasSuffix(strings.TrimSuffix(u.Path, "/"), discoveryPath):
		err = errors.New("is the address of the issuer's description: leave out " + discoveryPath)
	}
	return err
}

// checkSentry is for DSNs like https://key@host/project.
func checkSentry(s string) error {
	u, err := parseURL(s)
	if err != nil || u.User.Username() == "" || strings.Trim(u.Path, "/") == "" {
		return errors.New("is not an address like https://key@sentry.example/1")
	}
	return nil
}

// repositorySchemes are those of URLs that git fetches from without a helper program, and of files.
var repositorySchemes = []string{"https", "http", "ssh", "git", "file"}

// checkRepository is for what git can fetch from: a URL, the short form host:path, or a local path.
func checkRepository(s string) error {
	scheme, rest, isAddress := strings.Cut(s, "://")
	switch {
	case strings.HasPrefix(s, "-"), strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("is not an address or a path of a Git repository")
	case isAddress && !slices.Contains(repositorySchemes, scheme):
		return errors.New("starts with none of " + strings.Join(repositorySchemes, "://, ") + "://")
	case isAddress && scheme != "file" && (rest == "" || strings.HasPrefix(rest, "/")):
		return errors.New("names no host")
	}
	return nil
}

func checkTemplate(s string) error {
	if !strings.Contains(s, "{dataset}") {
		return errors.New("lacks {dataset}, which stands for the name of a dataset")
	}
	return checkRepository(s)
}
