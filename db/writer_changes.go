package db

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Note implements indexing.Writer.
func (w *writer) Note(ctx context.Context, run string, changes []indexing.Change) error {
	if err := w.wait(); err != nil {
		return err
	}
	var removed []string
	var rows [][]any
	for _, c := range changes {
		if c.Kind == indexing.Removed && w.dataset != indexing.Archive {
			removed = append(removed, c.Ref)
			continue
		}
		var document *int64
		if c.Document != 0 {
			document = &c.Document
		}
		rows = append(rows, []any{run, string(c.Kind), c.Ref, document, c.DocID.ID, c.DocID.Type, c.Title})
	}
	if err := w.noteRemoved(ctx, run, removed); err != nil || len(rows) == 0 {
		return err
	}
	columns := []string{"run", "kind", "ref", "document_id", "docid", "docid_type", "title"}
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{"run_changes"}, columns, pgx.CopyFromRows(rows))
	return err
}

// Conclude implements indexing.Writer.
func (w *writer) Conclude(ctx context.Context, run string, outcome indexing.Outcome) error {
	if err := w.wait(); err != nil {
		return err
	}
	_, err := w.tx.Exec(ctx, `UPDATE runs SET outcome = $2 WHERE id = $1`, run, outcome)
	return err
}

// noteRemoved names what is about to be removed as the index has it now.
func (w *writer) noteRemoved(ctx context.Context, run string, refs []string) error {
	if len(refs) == 0 {
		return nil
	}
	_, err := w.tx.Exec(ctx, `
		INSERT INTO run_changes (run, kind, ref, document_id, docid, docid_type, title)
		SELECT $1, 'removed', r.ref, r.document_id, coalesce(d.primary_id, ''), coalesce(d.primary_type, ''), coalesce(d.title, '')
		FROM records AS r LEFT JOIN documents AS d ON d.id = r.document_id
		WHERE r.id = ANY ($2)`, run, recordIDs(w.dataset, refs))
	return err
}
