package app

import (
	"context"
	"time"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/external/datatracker"
)

const (
	// draftsFirst is how long after its start a worker looks whether the reports of drafts are old, and draftsRetry how long until
	// it does so again.
	draftsFirst, draftsRetry = time.Minute, time.Hour
	// draftsPatience is how long all pages of the Datatracker may take together.
	draftsPatience = 10 * time.Minute
)

// followDrafts keeps what the Datatracker reports of drafts up to date until ctx ends, where sources are. While the Datatracker
// does not answer, what it reported last stays.
func (a *App) followDrafts(ctx context.Context) {
	every := a.cfg.DatatrackerDrafts
	if every == 0 || a.cfg.AutoReindex == 0 && len(a.cfg.AutoReindexOf) == 0 {
		return
	}
	next := time.NewTimer(min(draftsFirst, every))
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		if err := a.reportDrafts(ctx, every); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "what became of drafts is not known anew", "error", err)
		}
		next.Reset(min(draftsRetry, every))
	}
}

// reportDrafts asks the Datatracker what became of drafts, unless a worker did so a short while ago.
func (a *App) reportDrafts(ctx context.Context, every time.Duration) error {
	at, err := a.db.DraftsReported(ctx)
	if err != nil || time.Since(at) < every {
		return err
	}
	source, err := external.New[struct{}](external.Options{
		Name: "The Datatracker", URL: a.cfg.DatatrackerURL, UserAgent: a.userAgent(), Patience: draftsPatience, Timeout: draftsPatience,
		Parallel: 1, Observe: a.asked.Of(draftsName), Log: a.log,
	})
	if err != nil {
		return err
	}
	reports, err := datatracker.Relations(ctx, source)
	if err != nil {
		return err
	}
	a.log.InfoContext(ctx, "the Datatracker reported what became of drafts", "relations", len(reports))
	return a.db.ReportDrafts(ctx, reports)
}
