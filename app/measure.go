package app

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/jobs"
)

// measureProcess registers what every process tells of itself.
func measureProcess(reg prometheus.Registerer, cfg *config.Config, store *db.DB) {
	metrics.RegisterBuild(reg, cfg.Version(), config.BuildCommit())
	metrics.RegisterPools(reg, func() []metrics.Pool {
		var pools []metrics.Pool
		for _, pool := range store.PoolStats() {
			pools = append(pools, metrics.Pool(pool))
		}
		return pools
	})
}

// indexMetrics is what the worker tells beside the metrics of its process: the state of the sources
// and of the queue, which it reads from the database. Web processes leave that out: it would be the
// same from each.
func (a *App) indexMetrics() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	metrics.RegisterIndex(registry, metrics.Index{
		Datasets:   sourceNames(a.cfg),
		StaleAfter: a.cfg.StaleAfter,
		Sources: func(ctx context.Context) ([]metrics.Source, error) {
			stats, err := a.db.SourceStats(ctx)
			sources := make([]metrics.Source, len(stats))
			for i, source := range stats {
				sources[i] = metrics.Source(source)
			}
			return sources, err
		},
		Queue: func(ctx context.Context) (metrics.Queue, error) {
			stats, err := a.queue.Stats(ctx)
			return queueMetrics(stats), err
		},
	})
	return registry
}

func queueMetrics(stats jobs.Stats) metrics.Queue {
	queue := metrics.Queue{Jobs: stats.Jobs, Oldest: stats.Oldest}
	for _, last := range stats.Last {
		queue.Last = append(queue.Last, metrics.LastRun(last))
	}
	return queue
}

// sourceNames names every source, the archive included.
func sourceNames(cfg *config.Config) []string {
	var names []string
	for _, source := range cfg.Sources() {
		names = append(names, source.Dataset)
	}
	return names
}
