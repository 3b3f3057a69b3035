// Package indexing brings the index up to date with its sources, which are Git repositories: it
// fetches a source, finds what changed, reads and decodes that, and publishes the new state in one
// transaction. How repositories are read is left to gitrepo, how the index is kept to the Store, and
// when all this happens to the queue.
package indexing

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
)

// Version is that of what an indexing makes of a file. It grows whenever the same file would be
// indexed differently, so that the next indexing of each source does all of it again.
const Version = 5

// Repository is the local copy of a source, as gitrepo.Mirror is.
type Repository interface {
	// Fetch brings the copy up to date and gives the commit.
	Fetch(ctx context.Context) (commit string, err error)
	// List gives the files of a commit under a folder, or all; fault.NotFound when there is no such folder.
	List(ctx context.Context, commit, dir string) ([]gitrepo.File, error)
	// Read gives the files to fn one by one; what cannot be read comes with an error instead.
	Read(ctx context.Context, files []gitrepo.File, fn func(f gitrepo.File, content []byte, err error) error) error
	// Prune forgets all commits but the newest.
	Prune(ctx context.Context, keep ...string) error
}

// Source is where the records of a dataset come from.
type Source struct {
	URL        string // as it may be shown: without credentials
	Branch     string
	Repository Repository
}

// Sources gives the source of a dataset; fault.NotFound when there is none of that name.
type Sources func(dataset string) (Source, error)

// Indexer does indexings, one at a time, and meanwhile prepares another.
type Indexer struct {
	sources Sources
	store   Store

	mu    sync.Mutex
	ready *ready
}

// New makes an indexer of sources into a store.
func New(sources Sources, store Store) *Indexer {
	return &Indexer{sources: sources, store: store}
}

// Run does one indexing. Doing it a second time changes nothing. A file that cannot be read is a
// problem that the outcome tells of, and what the index had of it stays; a source that cannot be
// fetched, or has no records at all, is an error of kind fault.Upstream, and the whole index stays as
// it was. So it does whatever else fails, and when ctx ends.
func (x *Indexer) Run(ctx context.Context, request Request, progress Progress) (Outcome, error) {
	if progress == nil {
		progress = silent
	}
	began := time.Now()
	outcome, err := x.run(ctx, request, began, progress)
	outcome.Took = time.Since(began)
	if err != nil {
		return outcome, fmt.Errorf("index %s: %w", request.Dataset, err)
	}
	return outcome, nil
}

func silent(string, int, int) {}

func (x *Indexer) run(ctx context.Context, request Request, began time.Time, progress Progress) (Outcome, error) {
	prepared := x.takeReady()
	defer prepared.close()
	switch request.Action {
	case Reset:
		return x.reset(ctx, request, began, progress)
	case Index, "":
	default:
		return Outcome{}, fault.New(fault.Invalid, "There is no action %q.", request.Action)
	}
	if request.Dataset == Archive && len(request.Refs) > 0 {
		return Outcome{}, fault.New(fault.Invalid, "The archive can only be indexed as a whole.")
	}
	r, err := x.begin(ctx, request, progress)
	if err != nil {
		return Outcome{}, err
	}
	r.began = began
	if r.nothingToDo() {
		r.outcome.Skipped = true
		return r.outcome, x.store.Checked(ctx, request.Dataset)
	}
	work, err := prepared.goOn(ctx, r)
	if err != nil {
		return r.outcome, err
	}
	if err := r.update(ctx, work); err != nil {
		return r.outcome, err
	}
	// What remains of older commits only takes room: it is no reason to fail.
	_ = r.source.Repository.Prune(ctx)
	return r.outcome, nil
}

// begin fetches the source, and looks at what is known of it.
func (x *Indexer) begin(ctx context.Context, request Request, progress Progress) (*run, error) {
	source, err := x.sources(request.Dataset)
	if err != nil {
		return nil, err
	}
	progress("fetching", 0, 0)
	commit, err := source.Repository.Fetch(ctx)
	if err != nil {
		return nil, err
	}
	state, err := x.store.State(ctx, request.Dataset)
	if err != nil {
		return nil, err
	}
	return &run{
		store: x.store, source: source, request: request, progress: progress, state: state, commit: commit,
		outcome: Outcome{Commit: commit, Total: state.Records},
	}, nil
}

// reset removes everything that came from a source. It needs no source: one that was taken out of the
// configuration can be reset too.
func (x *Indexer) reset(ctx context.Context, request Request, began time.Time, progress Progress) (Outcome, error) {
	progress("removing", 0, 0)
	state, err := x.store.State(ctx, request.Dataset)
	if err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{Removed: state.Records}
	err = x.store.Publish(ctx, request.Dataset, func(ctx context.Context, w Writer) error {
		if err := w.Clear(ctx); err != nil {
			return err
		}
		if err := rebuild(ctx, w, nil, nil, progress); err != nil {
			return err
		}
		return conclude(ctx, w, request, outcome, began)
	})
	if err != nil {
		return Outcome{}, err
	}
	return outcome, nil
}
