package config

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
)

var (
	brokenEscape   = regexp.MustCompile(`%($|[^0-9A-Fa-f]|[0-9A-Fa-f]($|[^0-9A-Fa-f]))`)
	postgresScheme = regexp.MustCompile(`^postgres(ql)?://`)
)

const postgresForm = "is not an address like postgres://user:password@host:5432/name" //nolint:gosec // a form, not a password

// checkPostgres checks the URL of a database more strictly than the driver, which takes an unescaped password for something else.
// Its messages quote nothing of the URL.
func checkPostgres(s string) error {
	scheme := postgresScheme.FindString(s)
	rest := strings.TrimPrefix(s, scheme)
	if scheme == "" {
		return errors.New(postgresForm)
	}
	if err := checkEscapes(rest); err != nil {
		return err
	}
	u, err := url.Parse(s)
	if err != nil {
		return errors.New(postgresForm + ": what is special in the user or the password has to be escaped (a slash as %2F, a blank as %20)")
	}
	return checkParts(u)
}

// checkEscapes finds special characters in the password that were not escaped.
func checkEscapes(rest string) error {
	const escape = "; in a password write it as "
	end := strings.LastIndexByte(rest, '@')
	early := strings.IndexAny(rest, "/?")
	switch {
	case strings.Contains(rest, "#"):
		return errors.New("has a # that is not escaped" + escape + "%23")
	case strings.Count(rest, "@") > 1:
		return errors.New("has more than one @" + escape + "%40")
	case early >= 0 && early < end && rest[early] == '/':
		return errors.New("has a / before the @" + escape + "%2F")
	case early >= 0 && early < end:
		return errors.New("has a ? before the @" + escape + "%3F")
	case brokenEscape.MatchString(rest):
		return errors.New("has a % that begins no escape" + escape + "%25")
	}
	return nil
}

func checkParts(u *url.URL) error {
	name := strings.TrimPrefix(u.Path, "/")
	switch {
	case u.User.Username() == "":
		return errors.New("names no user: postgres://user:password@host:5432/name")
	case u.Hostname() == "":
		return errors.New("names no host: postgres://user:password@host:5432/name")
	case strings.Contains(u.Host, ","):
		return errors.New("names several hosts: give one")
	case !isHost(u.Hostname()):
		return errors.New("has a host that is neither a name nor an IP address")
	case u.Port() != "" && !isPort(u.Port()):
		return errors.New("has a port that is not between 1 and 65535")
	case name == "":
		return errors.New("names no database: postgres://user:password@host:5432/name")
	case strings.Contains(name, "/"):
		return errors.New("has a / in the name of the database")
	}
	return checkParams(u)
}

var sslmodes = []string{"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}

func checkParams(u *url.URL) error {
	params, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return errors.New("has parameters that cannot be read")
	}
	if mode := params.Get("sslmode"); params.Has("sslmode") {
		if err := oneOf(sslmodes...)(mode); err != nil {
			return errors.New("has an sslmode that " + err.Error())
		}
	}
	return nil
}
