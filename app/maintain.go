package app

import (
	"context"
	"time"
)

// maintainEvery is how often a worker looks whether maintenance is due.
const maintainEvery = time.Minute

// maintain does the nightly maintenance of the index until ctx ends.
func (a *App) maintain(ctx context.Context) {
	timeOfDay, on := a.cfg.MaintenanceTime()
	if !on {
		return
	}
	next := time.NewTicker(maintainEvery)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		}
		report, err := a.db.Maintain(ctx, timeOfDay)
		switch {
		case err != nil && ctx.Err() == nil:
			a.log.WarnContext(ctx, "nightly maintenance failed; it is done again tomorrow", "error", err)
		case report != nil:
			a.log.InfoContext(ctx, "nightly maintenance", "findings", len(report.Findings), "rebuilt", len(report.Rebuilt), "took", report.Took.String())
			for _, f := range report.Findings {
				a.log.WarnContext(ctx, "the index was inconsistent", "what", f.What, "rows", f.Count, "examples", f.Examples, "repair", f.Repair)
			}
		}
	}
}
