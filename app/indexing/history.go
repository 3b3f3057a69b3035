package indexing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// become remembers what became of a record, for everybody. The first full indexing of a source, and the one after a reset, is no
// news of 70 000 documents, and neither are records that are indexed before it: what happens to a source is told from then on.
// The archive has no records.
func (r *run) become(change Change) {
	if r.state.Commit != "" && r.request.Dataset != Archive {
		r.history = append(r.history, change)
	}
}

// remember hands on what became of records since the last call.
func (r *run) remember(ctx context.Context, w Writer) error {
	if len(r.history) == 0 {
		return nil
	}
	// Files are read by several at once; what is told of them has an order of its own.
	slices.SortFunc(r.history, func(a, b Change) int { return strings.Compare(a.Ref, b.Ref) })
	err := w.Remember(ctx, r.commit, r.history)
	r.history = nil
	return err
}

// compareChanged finds out what differs in those records of a batch that were changed. A record that says what it said before, in
// other words of YAML, or that was only fetched again, is none to tell of.
func (r *run) compareChanged(ctx context.Context, batch []*Record) error {
	refs := make([]string, 0, len(r.history))
	for _, change := range r.history {
		if change.Kind == Changed {
			refs = append(refs, change.Ref)
		}
	}
	if len(refs) == 0 {
		return nil
	}
	after := make(map[string]string, len(batch))
	for _, record := range batch {
		after[record.Ref] = record.Body
	}
	differences := make(map[string]relaton.Difference, len(refs))
	err := r.store.Bodies(ctx, r.request.Dataset, refs, func(ref, before string) (err error) {
		if differences[ref], err = relaton.Compare(before, after[ref]); err != nil {
			return fmt.Errorf("%s: %w", ref, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	told := r.history[:0]
	for _, change := range r.history {
		if change.Kind == Changed {
			change.Difference = differences[change.Ref]
			if len(change.Difference.Fields) == 0 {
				continue
			}
		}
		told = append(told, change)
	}
	r.history = told
	return nil
}
