package app

import (
	"context"
	"net/http"
	"regexp"
	"time"

	"github.com/getsentry/sentry-go"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/secret"
)

// reporter sends unexpected failures and sampled traces to Sentry, or nowhere when no DSN is configured.
// What it sends names the request by its id and route; never the visitor, nor what they sent.
type reporter struct{ hub *sentry.Hub }

func newReporter(cfg *config.Config, secrets *secret.Scrubber) (*reporter, error) {
	if cfg.SentryDSN == "" {
		return &reporter{}, nil
	}
	clean := scrub(secrets)
	client, err := sentry.NewClient(sentry.ClientOptions{
		Dsn:         cfg.SentryDSN,
		Release:     cfg.Version(),
		Environment: cfg.PrimaryHostname,
		// The name of the machine would tell nothing that the release does not.
		ServerName:            cfg.ServiceName,
		EnableTracing:         cfg.SentryTraces > 0,
		TracesSampleRate:      cfg.SentryTraces,
		BeforeSend:            clean,
		BeforeSendTransaction: clean,
	})
	if err != nil {
		return nil, fault.New(fault.Invalid, "SENTRY_DSN is not an address like https://key@sentry.example/1")
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

// trace measures a piece of work, named by its route or its kind; the function that it gives ends it.
// Only a sample is sent.
func (r *reporter) trace(ctx context.Context, kind, name string) (context.Context, func(status int, facts map[string]string)) {
	if r.hub == nil {
		return ctx, func(int, map[string]string) {}
	}
	ctx = sentry.SetHubOnContext(ctx, r.hub.Clone())
	span := sentry.StartTransaction(ctx, name, sentry.WithOpName(kind), sentry.WithTransactionSource(sentry.SourceRoute))
	return span.Context(), func(status int, facts map[string]string) {
		for fact, value := range facts {
			span.SetTag(fact, value)
		}
		span.Status = sentry.HTTPtoSpanStatus(status)
		span.Finish()
	}
}

// traced counts an indexing as a success or a failure.
func traced(err error) int {
	if err != nil {
		return http.StatusInternalServerError
	}
	return http.StatusOK
}

// close waits a moment for reports that are under way.
func (r *reporter) close() {
	if r.hub != nil {
		r.hub.Flush(2 * time.Second)
	}
}

// addresses matches what looks like the address of a machine.
var addresses = regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}\b|\b([0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F:]{1,}`)

// scrub returns a filter that removes secrets and addresses of machines from events.
func scrub(secrets *secret.Scrubber) func(*sentry.Event, *sentry.EventHint) *sentry.Event {
	clean := func(text string) string { return addresses.ReplaceAllString(secrets.Text(text), "[address]") }
	return func(event *sentry.Event, _ *sentry.EventHint) *sentry.Event {
		event.User, event.Request = sentry.User{}, nil
		event.Message = clean(event.Message)
		for i := range event.Exception {
			event.Exception[i].Value = clean(event.Exception[i].Value)
		}
		for tag, value := range event.Tags {
			event.Tags[tag] = clean(value)
		}
		return event
	}
}
