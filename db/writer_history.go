package db

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Limits on what is remembered of records (docs/adr/0015-what-changed-is-kept-by-record.md).
const (
	rememberedFor       = "2 years"
	rememberedOfRecord  = 20
	rememberedOfDataset = 100_000
)

// Bodies implements indexing.Store.
func (x *Index) Bodies(ctx context.Context, dataset string, refs []string, do func(ref, body string) error) error {
	rows, err := x.db.pool.Query(ctx, `SELECT ref, body::text FROM records WHERE id = ANY ($1)`, recordIDs(dataset, refs))
	if err != nil {
		return failure("records of "+dataset, err)
	}
	var ref, body string
	_, err = pgx.ForEachRow(rows, []any{&ref, &body}, func() error { return do(ref, body) })
	return failure("records of "+dataset, err)
}

// Remember implements indexing.Writer.
func (w *writer) Remember(ctx context.Context, commit string, changes []indexing.Change) error {
	if err := w.wait(); err != nil {
		return err
	}
	var removed []string
	var rows [][]any
	for _, c := range changes {
		if c.Kind == indexing.Removed {
			removed = append(removed, c.Ref)
			continue
		}
		fields, err := fieldsJSON(c)
		if err != nil {
			return err
		}
		rows = append(rows, []any{w.dataset, c.Ref, string(c.Kind), commit, c.Document, c.DocID.ID, c.DocID.Type, c.Title, fields, c.Difference.More})
	}
	w.remembered += len(changes)
	if err := w.rememberRemoved(ctx, commit, removed); err != nil || len(rows) == 0 {
		return err
	}
	columns := []string{"dataset", "ref", "kind", "commit_hash", "document_id", "docid", "docid_type", "title", "fields", "more"}
	_, err := w.tx.CopyFrom(ctx, pgx.Identifier{"record_changes"}, columns, pgx.CopyFromRows(rows))
	return err
}

func fieldsJSON(c indexing.Change) ([]byte, error) {
	if len(c.Difference.Fields) == 0 {
		return nil, nil
	}
	return json.Marshal(c.Difference.Fields)
}

// rememberRemoved keeps what is about to be removed as the index has it now.
func (w *writer) rememberRemoved(ctx context.Context, commit string, refs []string) error {
	if len(refs) == 0 {
		return nil
	}
	_, err := w.tx.Exec(ctx, `
		INSERT INTO record_changes (dataset, ref, kind, commit_hash, document_id, docid, docid_type, title, more, body, words, norms)
		SELECT r.dataset, r.ref, 'removed', $1, r.document_id, coalesce(d.primary_id, ''), coalesce(d.primary_type, ''), coalesce(d.title, ''), 0,
			r.body, d.words, (SELECT array_agg(norm) FROM docids WHERE record_id = r.id)
		FROM records AS r LEFT JOIN documents AS d ON d.id = r.document_id
		WHERE r.id = ANY ($2) ORDER BY r.ref`, commit, recordIDs(w.dataset, refs))
	return err
}

// forgetOld removes what is too old to be told, and what is too much: of a record, and of the whole dataset.
func (w *writer) forgetOld(ctx context.Context) error {
	if w.remembered == 0 {
		return nil
	}
	_, err := w.tx.Exec(ctx, `
		DELETE FROM record_changes WHERE dataset = $1 AND (at < now() - $2::interval OR id <= (
			SELECT id FROM record_changes WHERE dataset = $1 ORDER BY id DESC OFFSET $3 LIMIT 1))`,
		w.dataset, rememberedFor, rememberedOfDataset)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, `
		DELETE FROM record_changes WHERE id IN (
			SELECT old.id FROM record_changes AS new, LATERAL (
				SELECT id FROM record_changes WHERE dataset = $1 AND lower(ref) = lower(new.ref) ORDER BY id DESC OFFSET $2
			) AS old
			WHERE new.dataset = $1 AND new.at = now())`, w.dataset, rememberedOfRecord)
	return err
}
