package db

import (
	"context"

	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

var _ compat.Files = (*DB)(nil)

// ArchiveDirectories implements compat.Files.
func (d *DB) ArchiveDirectories(ctx context.Context) ([]compat.Directory, error) {
	rows, err := d.web.QueryContext(ctx, `
		SELECT dir, count(*), count(xml), count(*) FILTER (WHERE primary_docid <> ''), count(*) FILTER (WHERE invalid)
		FROM archive GROUP BY dir ORDER BY dir`)
	return collect(rows, err, "list the archive", func(a *compat.Directory) []any {
		return []any{&a.Name, &a.Files, &a.XML, &a.Mapped, &a.Invalid}
	})
}

// ArchiveFiles implements compat.Files.
func (d *DB) ArchiveFiles(ctx context.Context, dir, after string, limit int) ([]xml2rfc.Archived, error) {
	if !storable(dir) || !storable(after) {
		return nil, nil
	}
	rows, err := d.web.QueryContext(ctx, `
		SELECT dir, file, coalesce(xml, ''), xml IS NOT NULL, primary_docid, invalid
		FROM archive WHERE dir = ? AND file > ? ORDER BY file LIMIT ?`, dir, after, limit)
	return collect(rows, err, "list the archive of "+dir, func(a *xml2rfc.Archived) []any {
		return []any{&a.Dir, &a.File, &a.XML, &a.HasXML, &a.PrimaryDocID, &a.Invalid}
	})
}
