package db

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// documentRow is a document with its texts made into a vector.
type documentRow struct {
	*indexing.Document
	words []byte
}

// documentRows makes the vectors of documents. It does not use the connection of the transaction.
func (w *writer) documentRows(ctx context.Context, documents []*indexing.Document) ([]documentRow, error) {
	w.words.forget()
	texts := make([]split, len(documents))
	for i, d := range documents {
		texts[i] = w.words.splitAll(d.Texts, tagsOf(d))
	}
	if err := w.words.learn(ctx, w.pool); err != nil {
		return nil, fmt.Errorf("words of %s: %w", w.dataset, err)
	}
	rows := make([]documentRow, len(documents))
	for i, d := range documents {
		rows[i] = documentRow{Document: d, words: w.words.vector(texts[i])}
	}
	return rows, nil
}

func (w *writer) copyDocuments(ctx context.Context, rows []documentRow, replace bool) error {
	if replace {
		ids := make([]int64, len(rows))
		for i, row := range rows {
			ids[i] = row.ID
		}
		if err := w.deleteDocuments(ctx, ids); err != nil {
			return err
		}
	}
	columns := []string{
		"id", "key", "title", "primary_id", "primary_type", "latest_date", "year", "kind", "status", "groups",
		"datasets", "words", "marks",
	}
	source := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		d := rows[i]
		latest, year := dateOf(d.LatestDate), yearOf(d.LatestDate)
		return []any{
			d.ID, d.Key, d.Title, d.Primary.ID, d.Primary.Type, latest, year, d.Kind, d.Status, groupsColumn(d.Groups),
			d.Datasets, d.words, d.Marks,
		}, nil
	})
	if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{"documents"}, columns, source); err != nil {
		return err
	}
	return w.copyParts(ctx, rows)
}

// groupsColumn is never null.
func groupsColumn(groups []string) []string {
	if groups == nil {
		return []string{}
	}
	return groups
}

func (w *writer) copyParts(ctx context.Context, rows []documentRow) error {
	var parts [][]any
	for _, d := range rows {
		for _, id := range d.Parts {
			parts = append(parts, []any{d.ID, docid.Normalize(id.ID)})
		}
	}
	if len(parts) == 0 {
		return nil
	}
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{"parts"}, []string{"document_id", "norm"}, pgx.CopyFromRows(parts))
	return err
}

func (w *writer) deleteDocuments(ctx context.Context, ids []int64) error {
	if _, err := w.tx.Exec(ctx, `DELETE FROM parts WHERE document_id = ANY ($1)`, ids); err != nil {
		return err
	}
	_, err := w.tx.Exec(ctx, `DELETE FROM documents WHERE id = ANY ($1)`, ids)
	return err
}

// dateOf reads YYYY-MM-DD; nil for the empty string, and for what is no date.
func dateOf(date string) *time.Time {
	if date == "" {
		return nil
	}
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil
	}
	return &t
}

func yearOf(date string) *int16 {
	if len(date) < 4 {
		return nil
	}
	n, err := strconv.ParseInt(date[:4], 10, 16)
	if err != nil {
		return nil
	}
	year := int16(n)
	return &year
}

// PutDocuments implements indexing.Writer.
func (w *writer) PutDocuments(ctx context.Context, documents []*indexing.Document) error {
	rows, err := w.documentRows(ctx, documents)
	if err != nil {
		return err
	}
	return w.meanwhile(func() error {
		if err := w.copyDocuments(w.ctx, rows, true); err != nil {
			return err
		}
		return w.dateDocIDs(w.ctx, documents)
	})
}

// dateDocIDs gives identifiers the date of their document, where that is not the date of their record.
func (w *writer) dateDocIDs(ctx context.Context, documents []*indexing.Document) error {
	ids := make([]int64, len(documents))
	for i, d := range documents {
		ids[i] = d.ID
	}
	_, err := w.tx.Exec(ctx, `
		UPDATE docids SET document_date = documents.latest_date FROM records, documents
		WHERE documents.id = ANY ($1) AND records.document_id = documents.id AND docids.record_id = records.id
			AND docids.document_date IS DISTINCT FROM documents.latest_date`, ids)
	return err
}

// RemoveDocuments implements indexing.Writer.
func (w *writer) RemoveDocuments(ctx context.Context, ids []int64) error {
	if err := w.wait(); err != nil {
		return err
	}
	return w.deleteDocuments(ctx, ids)
}

// PutFiles implements indexing.Writer.
func (w *writer) PutFiles(ctx context.Context, files []*indexing.File) error {
	if len(files) == 0 {
		return w.wait()
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
		var xml *string
		if f.HasXML {
			xml = &f.XML
		}
		return []any{f.Dir, f.Name, f.Blob, xml, f.PrimaryDocID, f.Invalid}, nil
	})
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{"archive"}, columns, source)
	w.written += len(files)
	return err
}

// RemoveFiles implements indexing.Writer.
func (w *writer) RemoveFiles(ctx context.Context, paths []string) error {
	if err := w.wait(); err != nil {
		return err
	}
	_, err := w.tx.Exec(ctx, `DELETE FROM archive WHERE dir || '/' || file = ANY ($1)`, paths)
	return err
}

// Save implements indexing.Writer.
func (w *writer) Save(ctx context.Context, s indexing.State) (records int, err error) {
	if err := w.wait(); err != nil {
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
		INSERT INTO sources (dataset, url, branch, commit_hash, indexer_version, indexed_at, checked_at, records, problems, unreadable)
		SELECT $1, $2, $3, $4, $5, now(), now(), records, problems + $6, $6 FROM counted
		ON CONFLICT (dataset) DO UPDATE SET url = excluded.url, branch = excluded.branch,
			commit_hash = excluded.commit_hash, indexer_version = excluded.indexer_version,
			indexed_at = excluded.indexed_at, checked_at = excluded.checked_at,
			records = excluded.records, problems = excluded.problems, unreadable = excluded.unreadable
		RETURNING records`, w.dataset, s.URL, s.Branch, s.Commit, s.Version, s.Unreadable).Scan(&records)
	if err == nil && w.dataset != indexing.Archive {
		err = w.saveSections(ctx)
	}
	return records, err
}
