package indexing

import (
	"context"
	"iter"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// rebuild stores those documents that could not be made of one record alone, now that all records are
// stored: the undated ones among those that were made, and, anew, those that are stale and those left for later.
func rebuild(ctx context.Context, w Writer, undated []*Document, later []int64, progress Progress) error {
	stale, err := w.Stale(ctx)
	if err != nil {
		return err
	}
	stale = append(stale, later...)
	slices.Sort(stale)
	stale = slices.Compact(stale)
	undated = slices.DeleteFunc(undated, func(d *Document) bool {
		_, found := slices.BinarySearch(stale, d.ID)
		return found
	})
	done, total := 0, len(undated)+len(stale)
	if total == 0 {
		return nil
	}
	progress("merging", done, total)
	for documents := range slices.Chunk(undated, chunk) {
		if err := date(ctx, w, documents); err != nil {
			return err
		}
	}
	for room := firstChunk; len(undated) > 0; room = min(2*room, chunk) {
		some := undated[:min(room, len(undated))]
		if err := w.PutDocuments(ctx, some); err != nil {
			return err
		}
		undated = undated[len(some):]
		done += len(some)
		progress("merging", done, total)
	}
	for keys := range slices.Chunk(stale, chunk) {
		sizes, err := w.Sizes(ctx, keys)
		if err != nil {
			return err
		}
		for some := range portions(keys, sizes) {
			if err := rebuildChunk(ctx, w, some); err != nil {
				return err
			}
			done += len(some)
			progress("merging", done, total)
		}
	}
	return nil
}

// portions divides documents into as many as may be held at once, and at least one. Their sizes are those of their records, in bytes.
func portions(keys []int64, sizes map[int64]int) iter.Seq[[]int64] {
	return func(yield func([]int64) bool) {
		start, bytes := 0, 0
		for i, key := range keys {
			if bytes += sizes[key]; bytes > chunkBytes && i > start {
				if !yield(keys[start:i]) {
					return
				}
				start, bytes = i, sizes[key]
			}
		}
		if start < len(keys) {
			yield(keys[start:])
		}
	}
}

func rebuildChunk(ctx context.Context, w Writer, keys []int64) error {
	records, err := w.Records(ctx, keys)
	if err != nil {
		return err
	}
	var gone []int64
	documents := make([]*Document, 0, len(keys))
	for _, key := range keys {
		if len(records[key]) == 0 {
			gone = append(gone, key)
			continue
		}
		documents = append(documents, merged(records[key]))
	}
	if len(gone) > 0 {
		if err := w.RemoveDocuments(ctx, gone); err != nil {
			return err
		}
	}
	if len(documents) == 0 {
		return nil
	}
	if err := date(ctx, w, documents); err != nil {
		return err
	}
	return w.PutDocuments(ctx, documents)
}

// merged makes the document of records.
func merged(records []merge.Record) *Document {
	doc := merge.Records(records)
	first := doc.Records[0]
	bodies := make([]string, len(doc.Records)) // of all: what merging leaves out is to be found too
	for i, r := range doc.Records {
		bodies[i] = string(r.Item.AppendJSON(nil, false))
	}
	d := newDocument(doc, documentKey(first.Dataset, first.Ref, first.Item), doc.Item.LatestDate(), bodies...)
	if d.LatestDate == "" {
		d.Parts = parts(doc.Item)
	}
	return d
}

// date gives documents without a date the newest one of the records that they point to as their parts or versions.
func date(ctx context.Context, w Writer, documents []*Document) error {
	var wanted []docid.ID
	for _, d := range documents {
		wanted = append(wanted, d.Parts...)
	}
	if len(wanted) == 0 {
		return nil
	}
	newest, err := w.NewestDates(ctx, wanted)
	for _, d := range documents {
		for _, id := range d.Parts {
			d.LatestDate = max(d.LatestDate, newest[id])
		}
	}
	return err
}
