package db

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
)

// sourceRow is a row of sources.
type sourceRow struct {
	bun.BaseModel `bun:"table:sources"`

	Dataset    string
	URL        string
	Branch     string
	CommitHash string
	IndexedAt  time.Time
	Records    int
	Problems   int
}

// Sources implements catalog.Store.
func (d *DB) Sources(ctx context.Context) ([]catalog.Source, error) {
	var rows []sourceRow
	if err := d.web.NewSelect().Model(&rows).Order("dataset").Scan(ctx); err != nil {
		return nil, failure("read sources", err)
	}
	sources := make([]catalog.Source, len(rows))
	for i, row := range rows {
		sources[i] = catalog.Source{
			Dataset: row.Dataset, URL: row.URL, Branch: row.Branch, Commit: row.CommitHash,
			IndexedAt: row.IndexedAt, Records: row.Records, Problems: row.Problems,
		}
	}
	return sources, nil
}

// archiveRow is a row of archive.
type archiveRow struct {
	bun.BaseModel `bun:"table:archive"`

	Dir          string
	File         string
	XML          *string `bun:"xml"`
	PrimaryDocID string  `bun:"primary_docid"`
	Invalid      bool
}

// Archived implements catalog.Store.
func (d *DB) Archived(ctx context.Context, dir, file string) (*catalog.Archived, error) {
	var rows []archiveRow
	if storable(dir) && storable(file) {
		err := d.web.NewSelect().Model(&rows).Where("dir = ?", dir).Where("file = ?", file).Scan(ctx)
		if err != nil {
			return nil, failure("read archived file "+dir+"/"+file, err)
		}
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "There is no archived file %s/%s", dir, file)
	}
	row := rows[0]
	found := &catalog.Archived{Dir: row.Dir, File: row.File, PrimaryDocID: row.PrimaryDocID, Invalid: row.Invalid}
	if row.XML != nil {
		found.XML, found.HasXML = *row.XML, true
	}
	return found, nil
}
