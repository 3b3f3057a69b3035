package jobs

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Ahead is what can be done for runs before their turn.
type Ahead struct {
	// Fetch brings the local copy of a source up to date.
	Fetch func(ctx context.Context, dataset string) error
	// Prepare begins to read what the next run will need.
	Prepare func(ctx context.Context, epoch int64, request indexing.Request) error
	// LetGo lets go of what was prepared for a run, or, of the empty string, for any.
	LetGo func(epoch int64, run string)
}

// ahead fetches the sources of the runs that wait while another run is under way, and prepares the next one, so that their
// turn need not begin with it: that keeps the network, git and a processor busy, and the database idle. It changes nothing
// but the local copies, and what it has failed at, or what is new by then, the run does itself.
type ahead struct {
	pool  *pgxpool.Pool
	epoch int64
	do    Ahead
	ctx   context.Context // of the lease
	end   context.CancelFunc
	all   sync.WaitGroup

	mu      sync.Mutex
	busy    map[string]chan struct{} // datasets whose copy is in use; closed when it is not any more
	done    map[string]bool          // runs that it fetched for
	looking bool
	again   bool // another run has begun since it began to look
}

func newAhead(ctx context.Context, pool *pgxpool.Pool, epoch int64, do Ahead) *ahead {
	a := &ahead{pool: pool, epoch: epoch, do: do, busy: make(map[string]chan struct{}), done: make(map[string]bool)}
	a.ctx, a.end = context.WithCancel(context.WithoutCancel(ctx))
	return a
}

// close ends what is under way, and waits for it.
func (a *ahead) close() {
	a.end()
	a.all.Wait()
	a.letGo("")
}

// take gives a run the copy of its source, once no fetch is under way there, and lets those of the runs behind it
// begin. The function that it gives returns the copy.
func (a *ahead) take(ctx context.Context, dataset string) (release func(), err error) {
	for {
		release, taken := a.tryTake(dataset)
		if release != nil {
			a.look()
			return release, nil
		}
		select {
		case <-taken:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// tryTake gives a channel instead when the copy is in use: it is closed when it is not any more.
func (a *ahead) tryTake(dataset string) (release func(), taken <-chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if taken := a.busy[dataset]; taken != nil {
		return nil, taken
	}
	free := make(chan struct{})
	a.busy[dataset] = free
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.busy, dataset)
		close(free)
	}, nil
}

// idle says whether no copy is in use: no run is under way, and nothing is done for the next.
func (a *ahead) idle() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.busy) == 0
}

// look does for those that wait now what can be done, at once or when it has done so for those before.
func (a *ahead) look() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.again = true
	if a.looking || a.ctx.Err() != nil {
		return
	}
	a.looking = true
	a.all.Go(func() {
		for a.lookAgain() {
			a.fetchAll()
			a.prepareNext()
		}
	})
}

func (a *ahead) lookAgain() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.looking = a.again && a.ctx.Err() == nil
	a.again = false
	return a.looking
}

// fetchAll fetches for each run that waits, in the order of their turns.
func (a *ahead) fetchAll() {
	rows, err := a.pool.Query(a.ctx, `SELECT id, dataset FROM runs WHERE state = 'waiting' AND action = 'index' ORDER BY job_id`)
	if err != nil {
		return
	}
	type run struct{ ID, Dataset string }
	waiting, err := pgx.CollectRows(rows, pgx.RowToStructByPos[run])
	if err != nil {
		return
	}
	still := make(map[string]bool, len(waiting))
	for _, r := range waiting {
		still[r.ID] = true
		if a.done[r.ID] || a.ctx.Err() != nil {
			continue
		}
		if release, _ := a.tryTake(r.Dataset); release != nil {
			_ = a.do.Fetch(a.ctx, r.Dataset) // the run will tell
			release()
		}
	}
	a.done = still
}

// prepareNext prepares the run whose turn is next, unless it is of the source that is being indexed.
func (a *ahead) prepareNext() {
	request, err := nextRequest(a.ctx, a.pool)
	if err != nil || request.Run == "" || request.Action != indexing.Index {
		return
	}
	if release, _ := a.tryTake(request.Dataset); release != nil {
		_ = a.do.Prepare(a.ctx, a.epoch, request) // the run will tell
		release()
	}
	if still, err := isAsked(a.ctx, a.pool, request.Run); err != nil || !still {
		a.letGo(request.Run)
	}
}

// letGo lets go of what was prepared for a run that will not come.
func (a *ahead) letGo(run string) { a.do.LetGo(a.epoch, run) }
