package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

var _ catalog.Store = (*DB)(nil)

// recordRow is a row of records, without its key.
type recordRow struct {
	bun.BaseModel `bun:"table:records,alias:r"`

	Dataset    string
	Ref        string
	DocumentID int64
	LatestDate *time.Time
	IndexedAt  time.Time
	Problems   json.RawMessage
	Body       json.RawMessage
	Original   string
}

// newestFirst is the order of the records of a document.
const newestFirst = "latest_date DESC NULLS LAST, dataset, ref"

func (row *recordRow) record() (merge.Record, error) {
	record := merge.Record{
		Dataset: row.Dataset, Ref: row.Ref, Document: row.DocumentID,
		IndexedAt: row.IndexedAt.UTC().Format(time.RFC3339),
	}
	if row.LatestDate != nil {
		record.LatestDate = row.LatestDate.Format(time.DateOnly)
	}
	if len(row.Problems) > 0 {
		if err := json.Unmarshal(row.Problems, &record.Problems); err != nil {
			return record, fmt.Errorf("problems of %s/%s: %w", row.Dataset, row.Ref, err)
		}
	}
	var err error
	if record.Item, err = relaton.DecodeJSON(row.Body); err != nil {
		return record, fmt.Errorf("record %s/%s: %w", row.Dataset, row.Ref, err)
	}
	return record, nil
}

// Records implements catalog.Store.
func (d *DB) Records(ctx context.Context, documents []int64) (map[int64][]merge.Record, error) {
	found := make(map[int64][]merge.Record, len(documents))
	if len(documents) == 0 {
		return found, nil
	}
	var rows []recordRow
	err := d.web.NewSelect().Model(&rows).ExcludeColumn("original").
		Where("document_id IN (?)", bun.In(documents)).
		OrderExpr(newestFirst).
		Scan(ctx)
	if err != nil {
		return nil, failure("read records", err)
	}
	for i := range rows {
		record, err := rows[i].record()
		if err != nil {
			return nil, err
		}
		found[record.Document] = append(found[record.Document], record)
	}
	return found, nil
}

// Record implements catalog.Store.
func (d *DB) Record(ctx context.Context, dataset, ref string) (*catalog.RecordDetail, error) {
	var rows []recordRow
	if storable(dataset) && storable(ref) {
		err := d.web.NewSelect().Model(&rows).Where("dataset = ?", dataset).Where("ref = ?", ref).Scan(ctx)
		if err != nil {
			return nil, failure("read record "+dataset+"/"+ref, err)
		}
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "Unable to find ref %s in dataset %s", ref, dataset)
	}
	record, err := rows[0].record()
	return &catalog.RecordDetail{Record: record, Original: rows[0].Original}, err
}

// ListRecords implements catalog.Store.
func (d *DB) ListRecords(ctx context.Context, dataset, after string, limit int) ([]catalog.RecordEntry, error) {
	if !storable(dataset) || !storable(after) {
		return nil, nil
	}
	var rows []recordRow
	err := d.web.NewSelect().Model(&rows).ExcludeColumn("original").
		Where("dataset = ?", dataset).Where("ref > ?", after).
		Order("ref").Limit(int64(limit)).
		Scan(ctx)
	if err != nil {
		return nil, failure("list records of "+dataset, err)
	}
	entries := make([]catalog.RecordEntry, len(rows))
	for i := range rows {
		record, err := rows[i].record()
		if err != nil {
			return nil, err
		}
		entries[i] = entryOf(record)
	}
	return entries, nil
}

func entryOf(r merge.Record) catalog.RecordEntry {
	entry := catalog.RecordEntry{
		Ref: r.Ref, Title: r.Item.MainTitle(), Latest: r.LatestDate, Problems: len(r.Problems),
	}
	if id, ok := r.Item.PrimaryID(); ok {
		entry.ID = id.ID
	} else if len(r.Item.DocID) > 0 {
		entry.ID = r.Item.DocID[0].ID
	}
	return entry
}
