package db

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// documentRows makes the rows of documents, with their texts made into a vector. It does not use the connection of the
// transaction.
func (w *writer) documentRows(ctx context.Context, documents []*indexing.Document) ([]row, error) {
	w.words.forget()
	texts := make([]split, len(documents))
	for i, d := range documents {
		texts[i] = w.words.splitAll(d.Texts, tagsOf(d))
	}
	if err := w.words.learn(ctx, w.pool); err != nil {
		return nil, fmt.Errorf("words of %s: %w", w.dataset, err)
	}
	rows := make([]row, len(documents))
	for i, d := range documents {
		var parts [][]any
		for _, id := range d.Parts {
			parts = append(parts, []any{d.ID, docid.Normalize(id.ID)})
		}
		latest := dateOf(d.LatestDate)
		rows[i] = row{id: d.ID, document: d.ID, latest: latest, details: [2][][]any{parts}, columns: []any{
			d.ID, d.Key, d.Title, d.Primary.ID, d.Primary.Type, latest, yearOf(d.LatestDate), d.Kind, d.Status,
			groupsColumn(d.Groups), d.Datasets, w.words.vector(texts[i]), d.Marks,
		}}
	}
	return rows, nil
}

// groupsColumn is never null.
func groupsColumn(groups []string) []string {
	if groups == nil {
		return []string{}
	}
	return groups
}

// putDocuments writes those documents that the database does not have as they are, and their date with identifiers.
func (w *writer) putDocuments(ctx context.Context, rows []row) error {
	changed, err := w.changed(ctx, documentsTable, rows)
	if err != nil {
		return err
	}
	if len(changed) > 0 {
		if err := w.deleteDocuments(ctx, idsOf(changed)); err != nil {
			return err
		}
	}
	if err := w.copy(ctx, documentsTable, changed); err != nil {
		return err
	}
	var details [][]any
	var others []int64
	for _, r := range rows {
		waiting := w.waiting(r.id, r.latest)
		details = append(details, waiting...)
		if len(waiting) == 0 {
			others = append(others, r.id)
		}
	}
	if err := w.copyDetails(ctx, recordsTable.details[docidsOf], "", details); err != nil {
		return err
	}
	return w.dateDocIDs(ctx, others)
}

// waiting gives the rows of docids of a document that waited for its date.
func (w *writer) waiting(document int64, latest *time.Time) [][]any {
	details := w.undated[document]
	delete(w.undated, document)
	for _, columns := range details {
		columns[len(columns)-1] = latest
	}
	return details
}

// release writes the identifiers of documents that waited for their date, without one.
func (w *writer) release(ctx context.Context, documents []int64) error {
	var details [][]any
	for _, document := range documents {
		details = append(details, w.waiting(document, nil)...)
	}
	return w.copyDetails(ctx, recordsTable.details[docidsOf], "", details)
}

func (w *writer) deleteDocuments(ctx context.Context, ids []int64) error {
	if _, err := w.tx.Exec(ctx, `DELETE FROM parts WHERE document_id = ANY ($1)`, ids); err != nil {
		return err
	}
	removed, err := w.tx.Exec(ctx, `DELETE FROM documents WHERE id = ANY ($1)`, ids)
	w.touched = w.touched || removed.RowsAffected() > 0
	w.rebuilt += int(removed.RowsAffected())
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
	return w.meanwhile(func() error { return w.putDocuments(w.ctx, rows) })
}

// dateDocIDs gives identifiers the date of their document, where that is not the date of their record.
func (w *writer) dateDocIDs(ctx context.Context, documents []int64) error {
	if len(documents) == 0 {
		return nil
	}
	dated, err := w.tx.Exec(ctx, `
		UPDATE docids SET document_date = documents.latest_date FROM records, documents
		WHERE documents.id = ANY ($1) AND records.document_id = documents.id AND docids.record_id = records.id
			AND docids.document_date IS DISTINCT FROM documents.latest_date`, documents)
	w.touched = w.touched || dated.RowsAffected() > 0
	return err
}

// RemoveDocuments implements indexing.Writer.
func (w *writer) RemoveDocuments(ctx context.Context, ids []int64) error {
	if err := w.wait(); err != nil {
		return err
	}
	return w.deleteDocuments(ctx, ids)
}
