package app

import (
	"context"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// CompatReport compares the answer to every archived path with the archived file. It asks the index alone: a
// report must not trouble Datatracker and Crossref with thousands of questions, nor hang on their answers.
func (a *App) CompatReport(ctx context.Context, show func(done, total int, result compat.Result) error) error {
	if err := a.db.AwaitTables(ctx, a.log); err != nil {
		return err
	}
	resolver := a.resolver(catalog.New(a.db)).IndexAlone()
	return (&compat.Checker{Resolver: resolver, Files: a.db}).Report(ctx, show)
}

// CorrectionReport counts what each correction of BibXML changes, whichever are configured.
func (a *App) CorrectionReport(ctx context.Context, show func(done, total int) error) (compat.Effects, error) {
	if err := a.db.AwaitTables(ctx, a.log); err != nil {
		return compat.Effects{}, err
	}
	documents := catalog.New(a.db)
	load := func(ctx context.Context, keys []int64) ([]*merge.Document, error) {
		return documents.Documents(ctx, keys, catalog.Includes)
	}
	return compat.CountEffects(ctx, a.db, load, show)
}
