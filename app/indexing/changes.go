package indexing

import (
	"context"

	"github.com/ietf-tools/bibxml/app/docid"
)

// maxChanges bounds the changes that are kept of one run: what somebody may still want to look through.
const maxChanges = 10_000

// maxTitle bounds the titles that are told with changes, in bytes.
const maxTitle = 1000

// counted adds a record that was read to the outcome, and to what has changed.
func (r *run) counted(work plan, ref, blob string, change Change) {
	before, known := work.known[ref]
	switch {
	case !known:
		r.outcome.Added++
		change.Kind = Added
	case before == blob:
		r.outcome.Changed++
		r.outcome.Same++
		return
	default:
		r.outcome.Changed++
		change.Kind = Changed
	}
	change.Ref = ref
	change.Title = shortened(change.Title, maxTitle)
	change.DocID = docid.ID{ID: shortened(change.DocID.ID, maxID), Type: shortened(change.DocID.Type, maxID)}
	r.change(work, change)
	r.become(change)
}

// change remembers a change for whoever asks later what the run did. When a source is indexed for the
// first time that is all of it, which its number says as well.
func (r *run) change(work plan, change Change) {
	if r.request.Run == "" || len(work.known) == 0 || r.noted+len(r.changes) >= maxChanges {
		return
	}
	r.changes = append(r.changes, change)
}

// removed notes the records that are about to be removed.
func (r *run) removed(ctx context.Context, w Writer, work plan) error {
	for _, ref := range work.remove {
		change := Change{Kind: Removed, Ref: ref}
		r.change(work, change)
		r.become(change)
	}
	if err := r.remember(ctx, w); err != nil {
		return err
	}
	return r.noteChanges(ctx, w)
}

func (r *run) noteChanges(ctx context.Context, w Writer) error {
	if len(r.changes) == 0 {
		return nil
	}
	err := w.Note(ctx, r.request.Run, r.changes)
	r.noted += len(r.changes)
	r.changes = nil
	return err
}
