package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/browse"
)

// saveSections divides the records of the dataset, as they are now, into what one may want to jump to.
func (w *writer) saveSections(ctx context.Context) error {
	rows, err := w.tx.Query(ctx, `SELECT ref, in_year FROM records WHERE dataset = $1 ORDER BY sort_key, ref`, w.dataset)
	if err != nil {
		return err
	}
	var refs []string
	var years []int
	var ref string
	var year int
	_, err = pgx.ForEachRow(rows, []any{&ref, &year}, func() error {
		refs, years = append(refs, ref), append(years, year)
		return nil
	})
	if err != nil {
		return err
	}
	sections := browse.Sections{Names: browse.Names(refs), Years: browse.Years(years)}
	_, err = w.tx.Exec(ctx, `UPDATE sources SET sections = $2 WHERE dataset = $1`, w.dataset, sections)
	return err
}

func yearOrNone(date *time.Time) int16 {
	if date == nil {
		return browse.Undated
	}
	return int16(date.Year()) //nolint:gosec // four digits
}
