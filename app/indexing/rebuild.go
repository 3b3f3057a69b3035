package indexing

import (
	"context"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// rebuild makes those documents anew that could not be made of one record alone.
func rebuild(ctx context.Context, w Writer, progress Progress) error {
	stale, err := w.Stale(ctx)
	if err != nil {
		return err
	}
	done := 0
	for keys := range slices.Chunk(stale, chunk) {
		progress("merging", done, len(stale))
		if err := rebuildChunk(ctx, w, keys); err != nil {
			return err
		}
		done += len(keys)
	}
	return nil
}

func rebuildChunk(ctx context.Context, w Writer, keys []int64) error {
	records, err := w.Records(ctx, keys)
	if err != nil {
		return err
	}
	var gone []int64
	docs := make([]*merge.Document, 0, len(keys))
	for _, key := range keys {
		if len(records[key]) == 0 {
			gone = append(gone, key)
			continue
		}
		docs = append(docs, merge.Records(records[key]))
	}
	if len(gone) > 0 {
		if err := w.RemoveDocuments(ctx, gone); err != nil {
			return err
		}
	}
	dates, err := latestDates(ctx, w, docs)
	if err != nil || len(docs) == 0 {
		return err
	}
	made := make([]*Document, len(docs))
	for i, doc := range docs {
		first := doc.Records[0]
		key := documentKey(first.Dataset, first.Ref, first.Item)
		bodies := make([]string, len(doc.Records)) // of all: what merging left out is to be found too
		for j, r := range doc.Records {
			bodies[j] = string(r.Item.AppendJSON(nil, false))
		}
		made[i] = newDocument(doc, key, dates[i], bodies...)
	}
	return w.PutDocuments(ctx, made)
}

// latestDates gives the newest date of each document; of those that have none, the newest of the
// records that they point to as their parts or versions.
func latestDates(ctx context.Context, w Writer, docs []*merge.Document) ([]string, error) {
	latest := make([]string, len(docs))
	partsOf := make([][]docid.ID, len(docs))
	var wanted []docid.ID
	for i, doc := range docs {
		if latest[i] = doc.Item.LatestDate(); latest[i] == "" {
			partsOf[i] = parts(doc.Item)
			wanted = append(wanted, partsOf[i]...)
		}
	}
	if len(wanted) == 0 {
		return latest, nil
	}
	newest, err := w.NewestDates(ctx, wanted)
	if err != nil {
		return nil, err
	}
	for i := range docs {
		for _, id := range partsOf[i] {
			latest[i] = max(latest[i], newest[id])
		}
	}
	return latest, nil
}
