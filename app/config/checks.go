package config

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// checks are named in the tags of Config. The errors continue a sentence that starts with the value.
var checks = map[string]func(any) error{
	"email":        each(satisfies(isEmail, "is not an e-mail address")),
	"hostname":     each(checkHostname),
	"listen":       each(checkListen),
	"dbhost":       each(checkDatabaseHost),
	"network":      each(checkNetwork),
	"url":          each(checkURL),
	"server":       each(checkServer),
	"issuer":       each(checkIssuer),
	"sentry":       each(checkSentry),
	"word":         each(satisfies(wordPattern.MatchString, "is not a name of letters and digits")),
	"branch":       each(satisfies(isBranch, "is not the name of a branch")),
	"matomo":       each(satisfies(isMatomo, "is not the host of a Matomo server, like matomo.example.org")),
	"postgres":     each(checkPostgres),
	"template":     each(checkTemplate),
	"repository":   each(checkRepository),
	"sslmode":      each(oneOf("disable", "require", "verify-full")),
	"time-of-day":  each(satisfies(isTimeOfDay, "is neither a time of day like 03:00 nor off")),
	"log-format":   each(oneOf("text", "json")),
	"log-level":    each(oneOf("debug", "info", "warn", "error")),
	"port":         number(func(n int64) bool { return 0 <= n && n <= 65535 }, "is not a port between 0 and 65535"),
	"share":        isShare,
	"positive":     number(func(n int64) bool { return n > 0 }, "is not more than zero"),
	"not-negative": number(func(n int64) bool { return n >= 0 }, "is less than zero"),
}

// check applies the check of that name; every value has passed one without a name.
func check(name string, value any) error {
	if name == "" {
		return nil
	}
	return checks[name](value)
}

// each makes a check of a variable from one of a string. Of a list it checks each entry.
func each(check func(string) error) func(any) error {
	return func(value any) error {
		list, isList := value.([]string)
		if !isList {
			return check(value.(string))
		}
		for _, item := range list {
			if err := check(item); err != nil {
				return err
			}
		}
		return nil
	}
}

// satisfies makes a check of a condition.
func satisfies(ok func(string) bool, complaint string) func(string) error {
	return func(s string) error {
		if !ok(s) {
			return errors.New(complaint)
		}
		return nil
	}
}

func oneOf(words ...string) func(string) error {
	return satisfies(func(s string) bool { return slices.Contains(words, s) }, "is none of "+strings.Join(words, ", "))
}

// number makes a check of a number or a time.
func number(ok func(int64) bool, complaint string) func(any) error {
	return func(value any) error {
		n := int64(0)
		switch v := value.(type) {
		case int:
			n = int64(v)
		case time.Duration:
			n = int64(v)
		}
		if !ok(n) {
			return errors.New(complaint)
		}
		return nil
	}
}

func isShare(value any) error {
	if share, ok := value.(float64); !ok || share < 0 || share > 1 {
		return errors.New("is not between 0 and 1")
	}
	return nil
}

// clock is the form of a time of day.
const clock = "15:04"

func isTimeOfDay(s string) bool {
	_, err := time.Parse(clock, s)
	return err == nil || s == "off"
}

func isEmail(s string) bool {
	local, host, found := strings.Cut(s, "@")
	return found && local != "" && isHost(host)
}

var wordPattern = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

// isBranch follows the rules of git-check-ref-format that matter inside a refspec; git itself checks the rest.
func isBranch(s string) bool {
	return !strings.HasPrefix(s, "-") && !strings.Contains(s, "..") && !strings.ContainsAny(s, " ~^:?*[\\") && !strings.ContainsFunc(s, unicode.IsControl)
}

// isMatomo allows a host without a scheme, which is how earlier installations give it.
func isMatomo(s string) bool {
	u, err := parseURL(matomoAddress(s))
	return err == nil && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}
