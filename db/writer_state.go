package db

import (
	"context"
	"maps"
	"slices"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Save implements indexing.Writer. The index has changed when anything of the dataset differs, or what is told of its source.
// A partial indexing is no look at the source: the one before it still counts.
func (w *writer) Save(ctx context.Context, s indexing.State) (records int, err error) {
	sections, err := w.sections(ctx)
	if err != nil {
		return 0, err
	}
	if err := w.wait(); err != nil {
		return 0, err
	}
	if err := w.release(ctx, slices.Collect(maps.Keys(w.undated))); err != nil {
		return 0, err
	}
	if err := w.forgetOld(ctx); err != nil {
		return 0, err
	}
	count := `SELECT count(*) AS records, count(problems) AS problems FROM records WHERE dataset = $1`
	if w.dataset == indexing.Archive {
		count = `SELECT count(*) AS records, 0 AS problems FROM archive WHERE $1 <> ''`
	}
	err = w.tx.QueryRow(ctx, `
		WITH counted AS (`+count+`)
		INSERT INTO sources AS kept (dataset, url, branch, commit_hash, indexer_version, indexed_at, checked_at, records, problems, unreadable)
		SELECT $1, $2, $3, $4, $5, now(), now(), records, problems + $6, $6 FROM counted
		ON CONFLICT (dataset) DO UPDATE SET url = excluded.url, branch = excluded.branch,
			commit_hash = excluded.commit_hash, indexer_version = excluded.indexer_version,
			indexed_at = CASE
				WHEN NOT $7 AND (kept.url, kept.branch, kept.commit_hash, kept.records, kept.problems, kept.unreadable) =
					(excluded.url, excluded.branch, excluded.commit_hash, excluded.records, excluded.problems, excluded.unreadable)
				THEN kept.indexed_at ELSE excluded.indexed_at END,
			checked_at = CASE WHEN $8 THEN kept.checked_at ELSE excluded.checked_at END,
			records = excluded.records, problems = excluded.problems, unreadable = excluded.unreadable
		RETURNING records, indexed_at = now()`, w.dataset, s.URL, s.Branch, s.Commit, s.Version, s.Unreadable, w.touched, s.Partial).
		Scan(&records, &w.touched)
	if err != nil {
		return 0, err
	}
	return records, w.saveSections(ctx, sections)
}
