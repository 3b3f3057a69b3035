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

// Ages implements web.Health. It asks the database that visitors are answered from: where that is a replica, they can be while
// the database itself is away.
func (h health) Ages(ctx context.Context) ([]web.SourceAge, error) {
	known, err := h.db.SourceAges(ctx)
	if err != nil {
		return nil, err
	}
	ages := make([]web.SourceAge, len(h.datasets))
	for i, dataset := range h.datasets {
		age, indexed := known[dataset]
		ages[i] = web.SourceAge{Dataset: dataset, Age: age, Never: !indexed}
	}
	return ages, nil
}
