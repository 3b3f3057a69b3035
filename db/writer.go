package db

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// writer changes what is kept of one dataset, in one transaction. It implements indexing.Writer.
//
// Put and PutDocuments hand what they get to a goroutine and return while the database takes it, so that the next of it
// is made meanwhile. Every other method waits for them, since a connection does one thing at a time.
type writer struct {
	ctx      context.Context // of the transaction: what goes on meanwhile does not end with the context of Put
	tx       pgx.Tx
	pool     *pgxpool.Pool // for reading besides the transaction
	dataset  string
	words    *lexicon
	stale    map[int64]bool
	parts    map[string][]int64 // documents that take their date from others, by the normalised identifiers of these
	wholes   map[int64]bool     // those of them that a record which is put says something of
	gone     map[string]bool    // normalised identifiers of records that were removed or replaced
	undated  map[int64][][]any  // rows of docids that are not written yet, by documents of which the date is not known yet
	written  int                // records and files, put or removed
	rebuilt  int                // documents, put or removed
	touched  bool               // whether anything differs from what was there before
	prepared map[string]bool    // tables that there are temporary ones for
	begun    bool               // whether filled is known
	filled   bool               // the dataset had records before
	listed   []listed           // all records, of a dataset that had none before
	busy     chan error
	// remembered is how many changes were kept for everybody.
	remembered int
}

// changes is how much was written, for the upkeep: documents may be written anew though none of their records was, and the
// other way round.
func (w *writer) changes() int { return max(w.written, w.rebuilt) }

// meanwhile lets something go on by itself, once what went on before is done.
func (w *writer) meanwhile(do func() error) error {
	if err := w.wait(); err != nil {
		return err
	}
	busy := make(chan error, 1)
	w.busy = busy
	go func() { busy <- do() }()
	return nil
}

// wait gives the error of what went on meanwhile, once it is done.
func (w *writer) wait() error {
	if w.busy == nil {
		return nil
	}
	err := <-w.busy
	w.busy = nil
	return err
}

// Put implements indexing.Writer. A record that the database has as it is already is not written again, and neither is
// a document: readers keep what they know of it, and a source that is read again as a whole costs little.
func (w *writer) Put(ctx context.Context, records []*indexing.Record) error {
	if err := w.begin(ctx); err != nil {
		return err
	}
	rows, err := w.recordRows(records)
	if err != nil {
		return err
	}
	alone := make([]*indexing.Document, 0, len(records))
	for _, r := range records {
		if !r.Undated {
			alone = append(alone, r.Alone)
		}
	}
	documents, err := w.documentRows(ctx, alone)
	if err != nil {
		return err
	}
	return w.meanwhile(func() error { return w.put(w.ctx, rows, documents) })
}

// begin finds out whether there is anything of the dataset.
func (w *writer) begin(ctx context.Context) error {
	if w.begun {
		return nil
	}
	if err := w.wait(); err != nil {
		return err
	}
	// A source that was indexed has documents and identifiers, even should its records be gone.
	err := w.tx.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM records WHERE dataset = $1) OR EXISTS (SELECT FROM sources WHERE dataset = $1)`, w.dataset).Scan(&w.filled)
	if err != nil {
		return err
	}
	w.begun = true
	if err := w.findParts(ctx); err != nil {
		return err
	}
	return w.merging(ctx)
}

func (w *writer) put(ctx context.Context, records, alone []row) error {
	changed, err := w.replace(ctx, records)
	if err != nil {
		return err
	}
	if err := w.findShared(ctx, records); err != nil {
		return err
	}
	for i, r := range changed {
		if r.undated { // written once, with the date
			w.undated[r.document] = append(w.undated[r.document], r.details[docidsOf]...)
			changed[i].details[docidsOf] = nil
		}
	}
	if err := w.copy(ctx, recordsTable, changed); err != nil {
		return err
	}
	w.written += len(changed)
	alone = slices.DeleteFunc(alone, func(d row) bool { return w.stale[d.id] })
	if w.filled {
		return w.putDocuments(ctx, alone)
	}
	return w.copy(ctx, documentsTable, alone)
}

// replace gives those of the records that must be written, and removes what the database has of them. A document that
// such a record belonged to is stale, unless a new one belongs to it.
func (w *writer) replace(ctx context.Context, records []row) (changed []row, err error) {
	if !w.filled {
		return records, nil
	}
	if changed, err = w.changed(ctx, recordsTable, records); err != nil || len(changed) == 0 {
		return nil, err
	}
	written := make(map[int64]bool, len(changed))
	for _, r := range changed {
		written[r.document] = true
	}
	old, err := w.deleteRecords(ctx, idsOf(changed))
	for _, document := range old {
		if !written[document] {
			w.stale[document] = true
		}
	}
	return changed, err
}

// merging has what is new merged into the GIN indexes while it is written, when a dataset is written again: every
// search reads through what is put off, and at 75 000 documents it took ten times as long. Merged in small portions
// that costs a tenth of the writing more, which a dataset that nobody can have searched yet is spared.
func (w *writer) merging(ctx context.Context) error {
	if !w.filled {
		return nil
	}
	_, err := w.tx.Exec(ctx, `SET LOCAL gin_pending_list_limit = '2MB'`)
	return err
}

// findShared marks as stale the documents that cannot be made of one of the records alone.
func (w *writer) findShared(ctx context.Context, records []row) error {
	ids, documents := make([]int64, len(records)), make([]int64, len(records))
	seen := make(map[int64]bool, len(records))
	for i, r := range records {
		ids[i], documents[i] = r.id, r.document
		if seen[r.document] {
			w.stale[r.document] = true
		}
		seen[r.document] = true
	}
	// One look-up in the index for each, which OFFSET 0 keeps apart: as a condition on a list, with no
	// statistics of a table that is being filled, the planner read all of it for each batch.
	rows, err := w.tx.Query(ctx, `
		SELECT document FROM unnest($1::bigint[], $2::bigint[]) AS put (id, document)
		WHERE EXISTS (SELECT FROM records WHERE document_id = put.document AND records.id <> put.id OFFSET 0)`, ids, documents)
	if err != nil {
		return err
	}
	shared, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	for _, document := range shared {
		w.stale[document] = true
	}
	return err
}

func recordID(dataset, ref string) int64 { return indexing.Hash(indexing.RecordKey(dataset, ref)) }

func recordIDs(dataset string, refs []string) []int64 {
	ids := make([]int64, len(refs))
	for i, ref := range refs {
		ids[i] = recordID(dataset, ref)
	}
	return ids
}

// recordRows makes the rows of records, and notes which documents take their date from them. It does not use the
// connection of the transaction.
func (w *writer) recordRows(records []*indexing.Record) ([]row, error) {
	rows := make([]row, len(records))
	for i, r := range records {
		latest, published := dateOf(r.LatestDate), dateOf(r.Published)
		place := listed{key: browse.Key(r.Ref), ref: r.Ref, year: yearOrNone(latest)}
		if !w.filled {
			w.listed = append(w.listed, place)
		}
		problems, err := problemsJSON(r.Problems)
		if err != nil {
			return nil, err
		}
		id := recordID(w.dataset, r.Ref)
		docids := make([][]any, 0, len(r.DocIDs))
		for _, d := range r.DocIDs {
			if d.ID == "" {
				continue
			}
			norm := docid.Normalize(d.ID)
			docids = append(docids, []any{id, r.Document, d.ID, d.Type, d.Primary, d.Scope, norm, latest})
			for _, whole := range w.parts[norm] {
				w.wholes[whole] = true
			}
		}
		rows[i] = row{id: id, document: r.Document, undated: r.Undated, details: [2][][]any{docids, relationRows(id, r)}, columns: []any{
			id, w.dataset, r.Ref, r.Blob, r.Document, latest, published, problems, r.Body, r.Original, place.key, place.year,
		}}
	}
	return rows, nil
}

func relationRows(id int64, r *indexing.Record) [][]any {
	rows := make([][]any, 0, len(r.Relations))
	for _, rel := range r.Relations {
		for _, norm := range docid.Norms(rel.Target.ID) {
			rows = append(rows, []any{id, r.Document, rel.Type, rel.Target.ID, rel.Target.Type, norm})
		}
	}
	return rows
}

func problemsJSON(problems []relaton.Problem) ([]byte, error) {
	if len(problems) == 0 {
		return nil, nil
	}
	return json.Marshal(problems)
}

// Remove implements indexing.Writer.
func (w *writer) Remove(ctx context.Context, refs []string) error {
	if err := w.wait(); err != nil {
		return err
	}
	return w.remove(ctx, recordIDs(w.dataset, refs))
}

func (w *writer) remove(ctx context.Context, ids []int64) error {
	old, err := w.deleteRecords(ctx, ids)
	for _, document := range old {
		w.stale[document] = true
	}
	w.written += len(old)
	w.touched = w.touched || len(old) > 0
	return err
}

// deleteRecords gives the documents that the records belonged to.
func (w *writer) deleteRecords(ctx context.Context, ids []int64) ([]int64, error) {
	rows, err := w.tx.Query(ctx, `DELETE FROM docids WHERE record_id = ANY ($1) RETURNING norm`, ids)
	if err != nil {
		return nil, err
	}
	var norm string
	_, err = pgx.ForEachRow(rows, []any{&norm}, func() error {
		w.gone[norm] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	if _, err := w.tx.Exec(ctx, `DELETE FROM relations WHERE record_id = ANY ($1)`, ids); err != nil {
		return nil, err
	}
	rows, err = w.tx.Query(ctx, `DELETE FROM records WHERE id = ANY ($1) RETURNING document_id`, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// Clear implements indexing.Writer.
func (w *writer) Clear(ctx context.Context) error {
	if err := w.wait(); err != nil {
		return err
	}
	if w.dataset == indexing.Archive {
		if _, err := w.tx.Exec(ctx, `DELETE FROM archive`); err != nil {
			return err
		}
	}
	rows, err := w.tx.Query(ctx, `SELECT id FROM records WHERE dataset = $1`, w.dataset)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	if err := w.remove(ctx, ids); err != nil {
		return err
	}
	w.touched = true
	_, err = w.tx.Exec(ctx, `DELETE FROM sources WHERE dataset = $1`, w.dataset)
	return err
}

// Stale implements indexing.Writer.
func (w *writer) Stale(ctx context.Context) ([]int64, error) {
	if err := w.wait(); err != nil {
		return nil, err
	}
	if err := w.findWholes(ctx); err != nil {
		return nil, err
	}
	stale := slices.Sorted(maps.Keys(w.stale))
	clear(w.stale)
	// They are put with the date of all their records.
	return stale, w.release(ctx, stale)
}

// findParts reads which documents take their date from others.
func (w *writer) findParts(ctx context.Context) error {
	if w.parts != nil {
		return nil
	}
	w.parts, w.wholes = make(map[string][]int64), make(map[int64]bool)
	rows, err := w.tx.Query(ctx, `SELECT norm, document_id FROM parts`)
	if err != nil {
		return err
	}
	var norm string
	var document int64
	_, err = pgx.ForEachRow(rows, []any{&norm, &document}, func() error {
		w.parts[norm] = append(w.parts[norm], document)
		return nil
	})
	return err
}

// findWholes marks as stale the documents that take their date from a record of this transaction, or
// took it from one that is gone.
func (w *writer) findWholes(ctx context.Context) error {
	if err := w.findParts(ctx); err != nil {
		return err
	}
	for norm := range w.gone {
		for _, document := range w.parts[norm] {
			w.wholes[document] = true
		}
	}
	maps.Copy(w.stale, w.wholes)
	return nil
}

// Sizes implements indexing.Writer. PostgreSQL knows them without reading the texts.
func (w *writer) Sizes(ctx context.Context, documents []int64) (map[int64]int, error) {
	if err := w.wait(); err != nil {
		return nil, err
	}
	rows, err := w.tx.Query(ctx, `SELECT document_id, sum(octet_length(original)) FROM records WHERE document_id = ANY ($1) GROUP BY document_id`, documents)
	if err != nil {
		return nil, err
	}
	sizes := make(map[int64]int, len(documents))
	var document int64
	var size int
	_, err = pgx.ForEachRow(rows, []any{&document, &size}, func() error {
		sizes[document] = size
		return nil
	})
	return sizes, err
}

// Records implements indexing.Writer.
func (w *writer) Records(ctx context.Context, documents []int64) (map[int64][]merge.Record, error) {
	if err := w.wait(); err != nil {
		return nil, err
	}
	rows, err := w.tx.Query(ctx, `
		SELECT document_id, dataset, ref, coalesce(latest_date::text, ''), body::text FROM records
		WHERE document_id = ANY ($1) ORDER BY latest_date DESC NULLS LAST, dataset, ref`, documents)
	if err != nil {
		return nil, err
	}
	found := make(map[int64][]merge.Record, len(documents))
	var r merge.Record
	var body string
	_, err = pgx.ForEachRow(rows, []any{&r.Document, &r.Dataset, &r.Ref, &r.LatestDate, &body}, func() (err error) {
		if r.Item, err = relaton.DecodeJSON([]byte(body)); err == nil {
			found[r.Document] = append(found[r.Document], r)
		}
		return err
	})
	return found, err
}

// NewestDates implements indexing.Writer.
func (w *writer) NewestDates(ctx context.Context, ids []docid.ID) (map[docid.ID]string, error) {
	if err := w.wait(); err != nil {
		return nil, err
	}
	values, types, norms := make([]string, len(ids)), make([]string, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		values[i], types[i], norms[i] = id.ID, id.Type, docid.Normalize(id.ID)
	}
	// One look-up for each identifier: as a join, with the statistics of a table that has just been
	// filled, the planner once compared every record with every identifier, for two minutes.
	rows, err := w.tx.Query(ctx, `
		SELECT wanted.id, wanted.type, newest::text
		FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (id, type, norm), LATERAL (
			SELECT max(latest_date) AS newest FROM docids JOIN records ON records.id = docids.record_id
			WHERE docids.norm = wanted.norm AND docids.id = wanted.id AND (wanted.type = '' OR docids.type = wanted.type)
		) AS carriers
		WHERE newest IS NOT NULL`, values, types, norms)
	if err != nil {
		return nil, err
	}
	dates := make(map[docid.ID]string)
	var id docid.ID
	var date string
	_, err = pgx.ForEachRow(rows, []any{&id.ID, &id.Type, &date}, func() error {
		dates[id] = date
		return nil
	})
	return dates, err
}
