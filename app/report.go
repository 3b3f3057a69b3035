package app

import (
	"context"
	"fmt"
	"time"

	"github.com/getsentry/sentry-go"

	"github.com/ietf-tools/bibxml/app/config"
)

// reporter sends unexpected failures to Sentry, or nowhere when no DSN is configured. What it sends
// names the request by its id and route; never the visitor, nor what they sent.
type reporter struct{ hub *sentry.Hub }

func newReporter(cfg *config.Config) (*reporter, error) {
	if cfg.SentryDSN == "" {
		return &reporter{}, nil
	}
	client, err := sentry.NewClient(sentry.ClientOptions{
		Dsn:         cfg.SentryDSN,
		Release:     cfg.Version(),
		Environment: cfg.PrimaryHostname,
		// The name of the machine would tell nothing that the release does not.
		ServerName: cfg.ServiceName,
	})
	if err != nil {
		return nil, fmt.Errorf("SENTRY_DSN: %w", err)
	}
	return &reporter{hub: sentry.NewHub(client, sentry.NewScope())}, nil
}

// failure reports err with some facts about where it happened.
func (r *reporter) failure(_ context.Context, err error, facts map[string]string) {
	if r.hub == nil {
		return
	}
	hub := r.hub.Clone()
	hub.Scope().SetTags(facts)
	hub.CaptureException(err)
}

// close waits a moment for reports that are under way.
func (r *reporter) close() {
	if r.hub != nil {
		r.hub.Flush(2 * time.Second)
	}
}
