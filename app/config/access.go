package config

import (
	"net/url"
	"strings"
)

// callbackPath is where people come back to from the Datatracker's sign-in (compatibility, section 10).
const callbackPath = "/datatracker-auth/callback/"

// comesBack says whether an address is that of our sign-in, as visitors reach it.
func (c *Config) comesBack(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Path != callbackPath || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	if c.Production() {
		return u.Scheme == "https" && strings.EqualFold(u.Hostname(), c.PrimaryHostname)
	}
	return isLocal(u.Hostname())
}

// Keys gives every key that sessions may be encrypted with, the one in use first.
func (c *Config) Keys() []string { return append([]string{c.SecretKey}, c.ExtraSecretKeys...) }

// MatomoAddress is where the Matomo server is, with a scheme and a final slash; empty when there is none.
func (c *Config) MatomoAddress() string {
	if c.MatomoURL == "" {
		return ""
	}
	return matomoAddress(c.MatomoURL)
}

func matomoAddress(s string) string {
	if !strings.Contains(s, "://") {
		s = "https://" + strings.TrimPrefix(s, "//")
	}
	return strings.TrimSuffix(s, "/") + "/"
}
