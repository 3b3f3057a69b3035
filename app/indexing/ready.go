package indexing

import "context"

// ready is a run that has not begun, whose files are being read already.
type ready struct {
	*run
	work    plan
	reading *reading
}

// Prepare begins to read what a run will index, as far ahead as there is room in memory, while another run is under way, which
// leaves git and processors idle at its end. The Run of this request goes on with it if it is the next, and nothing has
// changed by then; what fails here that run does again. The index is only read. What is ready takes room, and is read further,
// until the next run or LetGo: ctx is for the beginning alone, the fetching and comparing.
func (x *Indexer) Prepare(ctx context.Context, request Request) error {
	if request.Dataset == Archive || request.Action == Reset {
		return nil
	}
	r, err := x.begin(ctx, request, silent)
	if err != nil || r.nothingToDo() {
		return err
	}
	work, err := r.plan(ctx)
	if err != nil || len(work.read) == 0 {
		return err
	}
	before := x.setReady(&ready{run: r, work: work, reading: r.read(context.WithoutCancel(ctx), work)})
	before.close()
	return nil
}

// LetGo lets go of what is ready for a run that will not come, or, of the empty string, for any.
func (x *Indexer) LetGo(run string) {
	x.mu.Lock()
	r := x.ready
	if r == nil || run != "" && r.request.Run != run {
		x.mu.Unlock()
		return
	}
	x.ready = nil
	x.mu.Unlock()
	r.close()
}

func (x *Indexer) takeReady() *ready { return x.setReady(nil) }

// setReady gives what was ready before.
func (x *Indexer) setReady(r *ready) (before *ready) {
	x.mu.Lock()
	defer x.mu.Unlock()
	before, x.ready = x.ready, r
	return before
}

// goOn lets a run go on with what is ready, when that is of the same request, commit and state of the index, and has not
// failed; else it makes its plan.
func (p *ready) goOn(ctx context.Context, r *run) (plan, error) {
	if p.isFor(r) && p.reading.ctx.Err() == nil {
		r.ahead = p.reading
		return p.work, nil
	}
	p.close()
	return r.plan(ctx)
}

func (p *ready) isFor(r *run) bool {
	return p != nil && r.request.Run != "" && p.request.Run == r.request.Run && p.commit == r.commit && p.state.same(r.state)
}

// same says whether nothing was published of a dataset between two states.
func (s State) same(other State) bool {
	return s.IndexedAt.Equal(other.IndexedAt) && s.Version == other.Version
}

// close ends the reading; of nil there is none.
func (p *ready) close() {
	if p != nil {
		p.reading.close()
	}
}
