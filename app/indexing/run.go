package indexing

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/app/fault"
)

// dataDir is the folder of a source that holds the records (compatibility, section 1).
const dataDir = "data"

// run is one indexing under way.
type run struct {
	store        Store
	source       Source
	request      Request
	progress     Progress
	state        State  // before
	commit       string // now
	outcome      Outcome
	began        time.Time
	unreadable   int
	undated      []*Document // that no date is known of yet
	later        []int64     // further ones, by their keys
	undatedBytes int         // of the records of both
	changes      []Change    // that are not noted yet
	noted        int
	history      []Change // that are not remembered yet
	ahead        *reading // that began before the run; nil when it did not
}

// unchanged says whether all that the source has is in the index already.
func (r *run) unchanged() bool {
	return r.state.Commit == r.commit && r.state.URL == r.source.URL &&
		r.state.Branch == r.source.Branch && r.state.Version == Version
}

// nothingToDo says whether the run ends here.
func (r *run) nothingToDo() bool { return r.unchanged() && !r.request.Force && !r.partial() }

// partial says whether only some records were asked for.
func (r *run) partial() bool { return len(r.request.Refs) > 0 }

// everything says whether files are read again that the index has already as they are: because that
// was asked for, or because another version of the indexer read them.
func (r *run) everything() bool {
	return r.request.Force || r.partial() || r.state.Version != Version
}

func (r *run) update(ctx context.Context, work plan) error {
	if err := r.holdBack(work); err != nil {
		return err
	}
	return r.store.Publish(ctx, r.request.Dataset, func(ctx context.Context, w Writer) error {
		if err := r.removed(ctx, w, work); err != nil {
			return err
		}
		if err := r.write(ctx, w, work); err != nil {
			return err
		}
		if err := r.noteChanges(ctx, w); err != nil {
			return err
		}
		if err := r.remember(ctx, w); err != nil {
			return err
		}
		r.progress("publishing", work.total, work.total)
		var err error
		if r.outcome.Total, err = w.Save(ctx, r.newState()); err != nil {
			return err
		}
		slices.SortStableFunc(r.outcome.Problems, func(a, b FileProblem) int { return cmp.Compare(a.File, b.File) })
		return conclude(ctx, w, r.request, r.outcome, r.began)
	})
}

// conclude keeps what a run did, when somebody will ask.
func conclude(ctx context.Context, w Writer, request Request, outcome Outcome, began time.Time) error {
	if request.Run == "" {
		return nil
	}
	outcome.Took = time.Since(began)
	return w.Conclude(ctx, request.Run, outcome)
}

func (r *run) write(ctx context.Context, w Writer, work plan) error {
	if r.request.Dataset == Archive {
		return r.writeArchive(ctx, w, work)
	}
	if len(work.remove) > 0 {
		if err := w.Remove(ctx, work.remove); err != nil {
			return err
		}
	}
	r.outcome.Removed = len(work.remove)
	if err := r.putRecords(ctx, w, work); err != nil {
		return err
	}
	return rebuild(ctx, w, r.undated, r.later, r.progress)
}

// newState is the state that the run leads to. A partial one says nothing of the other records, so
// the commit stays, empty when there was none.
func (r *run) newState() State {
	if r.partial() {
		state := r.state
		state.URL, state.Branch = r.source.URL, r.source.Branch
		state.Unreadable = max(state.Unreadable, r.unreadable)
		state.Partial = true
		return state
	}
	return State{
		URL: r.source.URL, Branch: r.source.Branch, Commit: r.commit, Version: Version, Unreadable: r.unreadable,
	}
}

// bad notes a file that cannot be read; what the index has of it stays.
func (r *run) bad(file string, err error) {
	r.unreadable++
	line, message := lineOf(cmp.Or(fault.Message(err), err.Error()))
	r.note(FileProblem{File: shownName(file), Message: shortened(message, maxMessage), Line: line})
}

// maxMessage bounds what is told of a file that cannot be read, in bytes: some messages quote from it.
const maxMessage = 250

// shortened gives a text of a file in so many bytes at most, and as a copy: what shares memory with a file keeps all of it.
func shortened(text string, most int) string {
	if len(text) <= most {
		return strings.Clone(text)
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// note adds what is wrong with one file.
func (r *run) note(problems ...FileProblem) {
	r.outcome.Faults++
	room := MaxProblems - len(r.outcome.Problems)
	r.outcome.Problems = append(r.outcome.Problems, problems[:min(room, len(problems))]...)
}

// lineOf takes the line from a message that begins with one, as those of yamltree do: "line 7: …".
func lineOf(message string) (line int, rest string) {
	text, ok := strings.CutPrefix(message, "line ")
	if !ok {
		return 0, message
	}
	digits, rest, ok := strings.Cut(text, ": ")
	if !ok {
		return 0, message
	}
	for _, c := range digits {
		if c < '0' || c > '9' || line > 1<<30 {
			return 0, message
		}
		line = 10*line + int(c-'0')
	}
	return line, rest
}
