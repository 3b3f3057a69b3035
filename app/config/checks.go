package config

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// checks are named in the tags of Config. The errors continue a sentence that starts with the value.
var checks = map[string]func(any) error{
	"email":        text(isEmail, "is not an e-mail address"),
	"hostname":     text(hostnamePattern.MatchString, "is not a host name: leave out https://, ports and paths"),
	"network":      text(isNetwork, "is not an address or a network like 10.0.0.0/8"),
	"url":          text(isURL, "is not an address that starts with http:// or https://"),
	"word":         text(wordPattern.MatchString, "is not a name of letters and digits"),
	"matomo":       text(isMatomo, "is not the host of a Matomo server, like matomo.example.org"),
	"postgres":     text(isPostgres, "is not an address like postgres://user:password@host:5432/name"),
	"template":     text(hasDataset, "lacks {dataset}, which stands for the name of a dataset"),
	"sslmode":      oneOf("disable", "require", "verify-full"),
	"log-format":   oneOf("text", "json"),
	"log-level":    oneOf("debug", "info", "warn", "error"),
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

// text makes a check of a string, or of each string in a list.
func text(ok func(string) bool, complaint string) func(any) error {
	return func(value any) error {
		list, isList := value.([]string)
		if !isList {
			list = []string{value.(string)}
		}
		for _, item := range list {
			if !ok(item) {
				return errors.New(complaint)
			}
		}
		return nil
	}
}

func oneOf(words ...string) func(any) error {
	return text(func(s string) bool { return slices.Contains(words, s) }, "is none of "+strings.Join(words, ", "))
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

var hostnamePattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$|^::1$`)

// parseNetwork reads a network, or a single address as the network of itself.
func parseNetwork(s string) (netip.Prefix, error) {
	if address, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(address, address.BitLen()), nil
	}
	prefix, err := netip.ParsePrefix(s)
	return prefix.Masked(), err
}

func isNetwork(s string) bool {
	_, err := parseNetwork(s)
	return err == nil
}

func isShare(value any) error {
	if share, ok := value.(float64); !ok || share < 0 || share > 1 {
		return errors.New("is not between 0 and 1")
	}
	return nil
}

func isEmail(s string) bool {
	local, host, found := strings.Cut(s, "@")
	return found && local != "" && hostnamePattern.MatchString(host)
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

var wordPattern = regexp.MustCompile(`^[A-Za-z0-9_]+$`)

// isMatomo allows a host without a scheme, which is how earlier installations give it.
func isMatomo(s string) bool {
	u, err := url.Parse(matomoAddress(s))
	return err == nil && isURL(u.String()) && hostnamePattern.MatchString(u.Hostname()) && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

func isPostgres(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "postgres" || u.Scheme == "postgresql") && u.Host != "" && strings.Trim(u.Path, "/") != ""
}

func hasDataset(s string) bool { return strings.Contains(s, "{dataset}") }
