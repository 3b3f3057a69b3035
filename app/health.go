package app

import (
	"context"

	"github.com/ietf-tools/bibxml/app/web"
	"github.com/ietf-tools/bibxml/db"
)

// health tells the age of the sources that should be indexed.
type health struct {
	db       *db.DB
	datasets []string
}

// Ages implements web.Health.
func (h health) Ages(ctx context.Context) ([]web.SourceAge, error) {
	if err := h.db.Ping(ctx); err != nil { // visitors are answered on other connections than the worker's
		return nil, err
	}
	stats, err := h.db.SourceStats(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[string]db.SourceStats, len(stats))
	for _, source := range stats {
		known[source.Dataset] = source
	}
	ages := make([]web.SourceAge, len(h.datasets))
	for i, dataset := range h.datasets {
		source, indexed := known[dataset]
		ages[i] = web.SourceAge{Dataset: dataset, Age: source.Age, Never: !indexed || source.Never}
	}
	return ages, nil
}
