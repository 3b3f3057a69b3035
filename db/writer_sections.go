package db

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// listed is a record as it is browsed.
type listed struct {
	key, ref string
	year     int16
}

// sections divides the records of the dataset, as they are now, into what one may want to jump to. Of a dataset that is new it does so
// while the database still takes what was put last.
func (w *writer) sections(ctx context.Context) (browse.Sections, error) {
	all, err := w.list(ctx)
	refs, years := make([]string, len(all)), make([]int, len(all))
	for i, r := range all {
		refs[i], years[i] = r.ref, int(r.year)
	}
	return browse.Sections{Names: browse.Names(refs), Years: browse.Years(years)}, err
}

func (w *writer) saveSections(ctx context.Context, sections browse.Sections) error {
	if w.dataset == indexing.Archive {
		return nil
	}
	divided, err := w.tx.Exec(ctx, `UPDATE sources SET sections = $2 WHERE dataset = $1 AND sections IS DISTINCT FROM $2`, w.dataset, sections)
	w.touched = w.touched || divided.RowsAffected() > 0
	return err
}

// list gives all records of the dataset in the order in which they are browsed.
func (w *writer) list(ctx context.Context) ([]listed, error) {
	if w.begun && !w.filled {
		slices.SortFunc(w.listed, func(a, b listed) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.ref, b.ref)) })
		return w.listed, nil
	}
	if err := w.wait(); err != nil {
		return nil, err
	}
	rows, err := w.tx.Query(ctx, `SELECT sort_key, ref, in_year FROM records WHERE dataset = $1 ORDER BY sort_key, ref`, w.dataset)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (r listed, err error) {
		err = row.Scan(&r.key, &r.ref, &r.year)
		return r, err
	})
}

func yearOrNone(date *time.Time) int16 {
	if date == nil {
		return browse.Undated
	}
	return int16(date.Year()) //nolint:gosec // four digits
}
