package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
)

var (
	_ catalog.Store   = (*DB)(nil)
	_ xml2rfc.Finder  = (*DB)(nil)
	_ xml2rfc.Archive = (*DB)(nil)
)

// maxCandidates bounds the documents that one identifier finds.
const maxCandidates = 1000

// Candidates implements catalog.Store. Every way of matching begins with the normalised form, which
// one index serves; the condition on id then tells apart what that form makes equal.
func (d *DB) Candidates(ctx context.Context, q docid.Query) ([]docid.Candidate, error) {
	if !storable(q.Value) || !storable(q.Type) {
		return nil, nil
	}
	norm := docid.Normalize(q.Value)
	query := d.web.NewSelect().
		TableExpr("docids AS i").
		Join("JOIN records AS r ON r.id = i.record_id").
		ColumnExpr("i.document_id, i.id, i.type, i.is_primary, i.scope").
		ColumnExpr("coalesce(r.published::text, ''), coalesce(r.latest_date::text, '')").
		OrderExpr("r.latest_date DESC NULLS LAST, i.id, i.document_id").
		Limit(maxCandidates)
	switch q.Match {
	case docid.Exact:
		query.Where("i.norm = ?", norm).Where("i.id = ?", q.Value)
	case docid.Fold:
		query.Where("i.norm = ?", norm).Where("lower(i.id COLLATE \"default\") = lower(?)", q.Value)
	case docid.Fuzzy:
		query.Where("i.norm = ?", norm)
	case docid.Prefix:
		query.Where("i.norm LIKE ?", norm+"%").Where("starts_with(i.id, ?)", q.Value)
	case docid.Contains:
		query.Where("i.norm LIKE ?", "%"+norm+"%").Where("position(lower(?) IN lower(i.id COLLATE \"default\")) > 0", q.Value)
	}
	switch {
	case q.Type == "":
	case q.Match == docid.Fold:
		query.Where("lower(i.type) = lower(?)", q.Type)
	default:
		query.Where("i.type = ?", q.Type)
	}
	if q.PrimaryOnly {
		query.Where("i.is_primary")
	}
	rows, err := query.Rows(ctx)
	return collect(rows, err, "look up "+q.Value, candidateFields)
}

// Editions implements catalog.Store.
func (d *DB) Editions(ctx context.Context, docType string, begins []string) ([]docid.Candidate, error) {
	if !storable(docType) || len(begins) == 0 {
		return nil, nil
	}
	query := d.web.NewSelect().
		TableExpr("docids AS i").
		Join("JOIN records AS r ON r.id = i.record_id").
		ColumnExpr("i.document_id, i.id, i.type, i.is_primary, i.scope").
		ColumnExpr("coalesce(r.published::text, ''), coalesce(r.latest_date::text, '')").
		Where("i.type = ? AND i.is_primary AND i.scope = ''", docType).
		OrderExpr("r.latest_date DESC NULLS LAST, i.id, i.document_id").
		Limit(maxCandidates).
		WhereGroup(" AND ", func(any *bun.SelectQuery) *bun.SelectQuery {
			for _, begin := range begins {
				any.WhereOr("i.norm LIKE ?", docid.Normalize(begin)+"%")
			}
			return any
		})
	rows, err := query.Rows(ctx)
	return collect(rows, err, "look up what begins with "+begins[0], candidateFields)
}

func candidateFields(c *docid.Candidate) []any {
	return []any{&c.Document, &c.ID.ID, &c.ID.Type, &c.ID.Primary, &c.ID.Scope, &c.Published, &c.Latest}
}

// Resolve implements catalog.Store. Each row is a record of a document that carries one of the identifiers.
func (d *DB) Resolve(ctx context.Context, ids []docid.ID) (keyOf map[docid.ID]int64, records map[int64][]merge.Record, err error) {
	wanted := make(map[string][]docid.ID, len(ids))
	norms := make([]string, 0, len(ids))
	values := make([]string, 0, len(ids))
	for _, id := range ids {
		if wanted[id.ID] == nil {
			norms, values = append(norms, docid.Normalize(id.ID)), append(values, id.ID)
		}
		wanted[id.ID] = append(wanted[id.ID], id)
	}
	keyOf, records = make(map[docid.ID]int64, len(ids)), make(map[int64][]merge.Record, len(ids))
	if len(values) == 0 {
		return keyOf, records, nil
	}
	carriers := d.web.NewSelect().Distinct().Table("docids").Column("id", "type", "document_id").
		Where("norm IN ?", bun.Tuple(norms)).
		Where("id IN ?", bun.Tuple(values)).
		Where("is_primary AND scope = ''")
	rows, err := d.web.NewSelect().
		TableExpr("(?) AS i", carriers).
		Join("JOIN records AS r USING (document_id)").
		ColumnExpr("i.id, i.type").ColumnExpr(recordColumns).
		OrderExpr("document_id, i.id, i.type, latest_date DESC NULLS LAST, dataset, ref").
		Rows(ctx)
	found, err := collect(rows, err, "resolve relations", (*carriedRecord).fields)
	if err != nil {
		return nil, nil, err
	}
	for i := range found {
		if err := found[i].take(wanted, keyOf, records); err != nil {
			return nil, nil, err
		}
	}
	return keyOf, records, nil
}

// carriedRecord is a record with an identifier of its document.
type carriedRecord struct {
	storedRecord
	id, kind string
}

func (r *carriedRecord) fields() []any {
	return append([]any{&r.id, &r.kind}, r.storedRecord.fields()...)
}

// take takes a record when its document is the first that carries one of the identifiers wanted, whose texts lead to them.
func (r *carriedRecord) take(wanted map[string][]docid.ID, keyOf map[docid.ID]int64, records map[int64][]merge.Record) error {
	means := false
	for _, id := range wanted[r.id] {
		if id.Type != "" && id.Type != r.kind {
			continue
		}
		if _, taken := keyOf[id]; !taken {
			keyOf[id] = r.Document
		}
		means = means || keyOf[id] == r.Document
	}
	known := slices.ContainsFunc(records[r.Document], func(k merge.Record) bool { return k.Dataset == r.Dataset && k.Ref == r.Ref })
	if !means || known {
		return nil
	}
	record, err := r.decode()
	records[r.Document] = append(records[r.Document], record)
	return err
}

// recordColumns are those that readRecord reads.
const recordColumns = "document_id, dataset, ref, coalesce(latest_date::text, ''), indexed_at, problems, body"

// storedRecord is a record as the columns hold it.
type storedRecord struct {
	merge.Record
	indexedAt time.Time
	problems  []byte
	body      []byte
}

func (r *storedRecord) fields() []any {
	return []any{&r.Document, &r.Dataset, &r.Ref, &r.LatestDate, &r.indexedAt, &r.problems, &r.body}
}

func (r *storedRecord) decode() (record merge.Record, err error) {
	record = r.Record
	record.Size = len(r.body)
	record.IndexedAt = r.indexedAt.UTC().Format(time.RFC3339)
	if record.Item, err = relaton.DecodeJSON(r.body); err != nil {
		return record, fmt.Errorf("stored record %s/%s: %w", r.Dataset, r.Ref, err)
	}
	if r.problems != nil {
		err = json.Unmarshal(r.problems, &record.Problems)
	}
	return record, err
}

// Records implements catalog.Store.
func (d *DB) Records(ctx context.Context, documents []int64) (map[int64][]merge.Record, error) {
	found := make(map[int64][]merge.Record, len(documents))
	if len(documents) == 0 {
		return found, nil
	}
	rows, err := d.web.NewSelect().
		TableExpr("records").
		ColumnExpr(recordColumns).
		Where("document_id IN ?", bun.Tuple(documents)).
		OrderExpr("latest_date DESC NULLS LAST, dataset, ref").
		Rows(ctx)
	stored, err := collect(rows, err, "read records", (*storedRecord).fields)
	if err != nil {
		return nil, err
	}
	for i := range stored {
		record, err := stored[i].decode()
		if err != nil {
			return nil, err
		}
		found[record.Document] = append(found[record.Document], record)
	}
	return found, nil
}

// Record implements catalog.Store. The case of neither name matters; a file of just that name goes first. Names that differ
// in case alone have one key; until it is indexed anew, a record of a version that made none is found so too, and one of
// a version that made other keys by its exact name.
func (d *DB) Record(ctx context.Context, dataset, ref string) (*catalog.RecordDetail, error) {
	if !storable(dataset) || !storable(ref) {
		return nil, noRecord(dataset, ref)
	}
	var stored storedRecord
	var original string
	err := d.web.NewSelect().
		TableExpr("records").
		ColumnExpr(recordColumns).ColumnExpr("original").
		Where("dataset = ?", strings.ToLower(dataset)).
		Where("id = ? OR sort_key IN (?, '')", recordID(strings.ToLower(dataset), ref), browse.Key(ref)).
		Where("lower(ref) = lower(?)", ref).
		OrderExpr("ref = ? DESC", ref).
		Limit(1).
		Scan(ctx, append(stored.fields(), &original)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noRecord(dataset, ref)
	}
	if err != nil {
		return nil, failure("read record "+dataset+"/"+ref, err)
	}
	record, err := stored.decode()
	return &catalog.RecordDetail{Record: record, Original: original}, err
}

func noRecord(dataset, ref string) error {
	return fault.New(fault.NotFound, "Unable to find ref %s in dataset %s", ref, dataset)
}

// Sources implements catalog.Store.
func (d *DB) Sources(ctx context.Context) ([]catalog.Source, error) {
	rows, err := d.web.QueryContext(ctx, `
		SELECT dataset, url, branch, commit_hash, indexed_at, records, problems - unreadable, unreadable FROM sources ORDER BY dataset`)
	return collect(rows, err, "list sources", func(s *catalog.Source) []any {
		return []any{&s.Dataset, &s.URL, &s.Branch, &s.Commit, &s.IndexedAt, &s.Records, &s.Problems, &s.Unreadable}
	})
}

// Archived implements xml2rfc.Archive.
func (d *DB) Archived(ctx context.Context, dir, file string) (*xml2rfc.Archived, error) {
	if !storable(dir) || !storable(file) {
		return nil, noFile(dir, file)
	}
	found := xml2rfc.Archived{Dir: dir, File: file}
	err := d.web.NewRaw(`SELECT coalesce(xml, ''), xml IS NOT NULL, primary_docid, invalid FROM archive WHERE dir = ? AND file = ?`, dir, file).
		Scan(ctx, &found.XML, &found.HasXML, &found.PrimaryDocID, &found.Invalid)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noFile(dir, file)
	}
	return &found, failure("read archive", err)
}

func noFile(dir, file string) error {
	return fault.New(fault.NotFound, "There is no archived file %s/%s", dir, file)
}

// collect reads all rows of a query into values whose fields the function names.
func collect[T any](rows *sql.Rows, err error, operation string, fields func(*T) []any) ([]T, error) {
	all, err := scanAll(rows, err, fields)
	return all, failure(operation, err)
}

// collectAsked does what collect does for a query that contains what a visitor wrote.
func collectAsked[T any](rows *sql.Rows, err error, operation string, fields func(*T) []any) ([]T, error) {
	all, err := scanAll(rows, err, fields)
	return all, refusal(operation, err)
}

func scanAll[T any](rows *sql.Rows, err error, fields func(*T) []any) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		var value T
		if err := rows.Scan(fields(&value)...); err != nil {
			return nil, err
		}
		all = append(all, value)
	}
	return all, rows.Err()
}
