package db

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// PutFiles implements indexing.Writer. As with records, what the database has already is not written again.
func (w *writer) PutFiles(ctx context.Context, files []*indexing.File) error {
	if err := w.wait(); err != nil {
		return err
	}
	files, err := w.changedFiles(ctx, files)
	if err != nil || len(files) == 0 {
		return err
	}
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = f.Dir + "/" + f.Name
	}
	if err := w.RemoveFiles(ctx, paths); err != nil {
		return err
	}
	columns := []string{"dir", "file", "blob", "xml", "primary_docid", "invalid"}
	source := pgx.CopyFromSlice(len(files), func(i int) ([]any, error) {
		f := files[i]
		return []any{f.Dir, f.Name, f.Blob, xmlColumn(f), f.PrimaryDocID, f.Invalid}, nil
	})
	_, err = w.tx.CopyFrom(ctx, pgx.Identifier{"archive"}, columns, source)
	w.written += len(files)
	w.touched = true
	return err
}

// xmlColumn is null when only the sidecar exists.
func xmlColumn(f *indexing.File) *string {
	if !f.HasXML {
		return nil
	}
	return &f.XML
}

// changedFiles gives those of the files that the database does not have as they are.
func (w *writer) changedFiles(ctx context.Context, files []*indexing.File) ([]*indexing.File, error) {
	var dirs, names, blobs, ids []string
	var xmls []*string
	var invalid []bool
	for _, f := range files {
		dirs, names, blobs, ids = append(dirs, f.Dir), append(names, f.Name), append(blobs, f.Blob), append(ids, f.PrimaryDocID)
		xmls, invalid = append(xmls, xmlColumn(f)), append(invalid, f.Invalid)
	}
	rows, err := w.tx.Query(ctx, `
		SELECT dir || '/' || file
		FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[]) AS put (dir, file, blob, xml, primary_docid, invalid)
		JOIN archive AS kept USING (dir, file)
		WHERE (kept.blob, kept.xml, kept.primary_docid, kept.invalid) IS NOT DISTINCT FROM (put.blob, put.xml, put.primary_docid, put.invalid)`,
		dirs, names, blobs, xmls, ids, invalid)
	if err != nil {
		return nil, err
	}
	same, err := pgx.CollectRows(rows, pgx.RowTo[string])
	isSame := make(map[string]bool, len(same))
	for _, path := range same {
		isSame[path] = true
	}
	return slices.DeleteFunc(slices.Clone(files), func(f *indexing.File) bool { return isSame[f.Dir+"/"+f.Name] }), err
}

// RemoveFiles implements indexing.Writer.
func (w *writer) RemoveFiles(ctx context.Context, paths []string) error {
	if err := w.wait(); err != nil {
		return err
	}
	removed, err := w.tx.Exec(ctx, `DELETE FROM archive WHERE dir || '/' || file = ANY ($1)`, paths)
	w.touched = w.touched || removed.RowsAffected() > 0
	return err
}
