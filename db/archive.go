package db

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

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

// DocumentKeys implements compat.Documents.
func (d *DB) DocumentKeys(ctx context.Context, after int64, limit int) ([]int64, error) {
	rows, err := d.web.QueryContext(ctx, `SELECT id FROM documents WHERE id > ? ORDER BY id LIMIT ?`, after, limit)
	return collect(rows, err, "list documents", func(key *int64) []any { return []any{key} })
}

// CountDocuments implements compat.Documents.
func (d *DB) CountDocuments(ctx context.Context) (count int, err error) {
	err = d.web.NewRaw(`SELECT count(*) FROM documents`).Scan(ctx, &count)
	return count, failure("count documents", err)
}

// maxMapped bounds the archived paths that are listed for one document.
const maxMapped = 100

// ArchivedPaths gives the paths of the archive that are said to lead to a document, by any of its identifiers. Whether
// one does is for the resolver to say.
func (d *DB) ArchivedPaths(ctx context.Context, docIDs []string) ([]xml2rfc.Path, error) {
	docIDs = slices.DeleteFunc(slices.Clone(docIDs), func(id string) bool { return id == "" || !storable(id) })
	if len(docIDs) == 0 {
		return nil, nil
	}
	rows, err := d.web.NewSelect().Table("archive").Column("dir", "file").
		Where("primary_docid IN ? AND primary_docid <> ''", bun.Tuple(docIDs)).
		Order("dir", "file").Limit(maxMapped).Rows(ctx)
	type entry struct{ dir, file string }
	found, err := collect(rows, err, "list archived paths", func(e *entry) []any { return []any{&e.dir, &e.file} })
	var paths []xml2rfc.Path
	for _, e := range found {
		if path, err := xml2rfc.ParsePath(e.dir + "/" + e.file); err == nil {
			paths = append(paths, path)
		}
	}
	return paths, err
}
