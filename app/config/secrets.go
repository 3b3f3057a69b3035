package config

import "strings"

// How many characters the secrets of a real installation have at least. Sixteen random letters and
// digits are more than anybody can try.
const (
	minSecret = 16
	minKey    = 32
)

// weak refuses secrets in a real installation that can be guessed.
func (l *loader) weak(name string, shortest int, secrets ...string) {
	if !l.production {
		return
	}
	for _, secret := range secrets {
		switch {
		case secret == "":
		case len(secret) < shortest:
			l.fault(name, "has %d characters: take %d random ones or more (openssl rand -base64 %d)", len(secret), shortest, shortest)
		case monotonous(secret):
			l.fault(name, "is made of few different characters: take random ones (openssl rand -base64 %d)", shortest)
		}
	}
}

// monotonous says whether a text repeats itself, as placeholders do.
func monotonous(s string) bool {
	different := map[rune]bool{}
	for _, r := range strings.ToLower(s) {
		different[r] = true
	}
	return len(different) < 6
}

// Warnings tells what a real installation can run without, but its operators may not want to.
func (c *Config) Warnings() []string {
	if !c.Production() {
		return nil
	}
	var all []string
	warn := func(when bool, text string) {
		if when {
			all = append(all, text)
		}
	}
	warn(len(c.TrustedProxies) == 0, "TRUSTED_PROXIES is empty: behind a proxy, every client counts as that proxy, and the service cannot tell https from http")
	warn(c.AutoReindex == 0 && len(c.AutoReindexOf) == 0 && len(c.WebhookSecrets) == 0,
		"neither AUTO_REINDEX_INTERVAL nor GITHUB_WEBHOOK_SECRETS is set: sources are only looked at when somebody asks for it")
	warn(c.StaleAfter == 0, "STALE_AFTER is 0: nobody is told when a source is no longer looked at")
	warn(c.SentryDSN == "", "SENTRY_DSN is empty: unexpected errors are only in the log")
	return all
}
