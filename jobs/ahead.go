package jobs

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// Ahead is what can be done for runs before their turn.
type Ahead struct {
	// Fetch brings the local copy of a source up to date.
	Fetch func(ctx context.Context, dataset string) error
	// Prepare begins to read what the next run will need, and returns while that is being read: until the run, or LetGo. Its
	// context is for what comes before.
	Prepare func(ctx context.Context, epoch int64, request indexing.Request) error
	// LetGo lets go of what was prepared for a run, or, of the empty string, for any.
	LetGo func(epoch int64, run string)
}

const (
	// aheadLimit is how long something may be done ahead. A source that hangs must not keep the others from being fetched, nor
	// what is done between runs from being done.
	aheadLimit = 10 * time.Minute
	// takeAfter is how long a run waits for what is being done ahead with its copy, before it ends that and does so itself. It
	// is longer than most fetches take, which would otherwise have to begin again just before their end.
	takeAfter = 10 * time.Second
)

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
	busy    map[string]*use // datasets whose copy is in use
	done    map[string]bool // runs that it fetched for
	looking bool
	again   bool // another run has begun since it began to look
}

// use is that of the copy of a source.
type use struct {
	ended chan struct{} // closed when it is over
	end   func()        // ends what is done ahead; a run is ended by nobody else
}

// wait returns when the use is over, and sees to it that it will be. When ctx ends, what is done ahead is for nobody any more.
func (u *use) wait(ctx context.Context) error {
	late := time.AfterFunc(takeAfter, u.end)
	defer late.Stop()
	select {
	case <-u.ended:
		return nil
	case <-ctx.Done():
		u.end()
		return context.Cause(ctx)
	}
}

func newAhead(ctx context.Context, pool *pgxpool.Pool, epoch int64, do Ahead) *ahead {
	a := &ahead{pool: pool, epoch: epoch, do: do, busy: make(map[string]*use), done: make(map[string]bool)}
	a.ctx, a.end = context.WithCancel(context.WithoutCancel(ctx))
	return a
}

// close ends what is under way, and waits for it.
func (a *ahead) close() {
	a.end()
	a.all.Wait()
	a.letGo("")
}

// take gives a run the copy of its source, once nothing is done ahead there any more, and lets those of the runs behind it
// begin. The function that it gives returns the copy.
func (a *ahead) take(ctx context.Context, dataset string) (release func(), err error) {
	for {
		release, other := a.tryTake(dataset, func() {})
		if release != nil {
			a.look()
			return release, nil
		}
		if err := other.wait(ctx); err != nil {
			return nil, err
		}
	}
}

// tryTake takes the copy for a use that end ends. When it is in use already, it gives that use instead.
func (a *ahead) tryTake(dataset string, end func()) (release func(), other *use) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if other := a.busy[dataset]; other != nil {
		return nil, other
	}
	ours := &use{ended: make(chan struct{}), end: end}
	a.busy[dataset] = ours
	return func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		delete(a.busy, dataset)
		close(ours.ended)
	}, nil
}

// with does something ahead with the copy of a source, unless that is in use. Whether it fails the run will tell.
func (a *ahead) with(dataset string, do func(context.Context) error) {
	ctx, cancel := context.WithTimeout(a.ctx, aheadLimit)
	defer cancel()
	if release, _ := a.tryTake(dataset, cancel); release != nil {
		defer release()
		_ = do(ctx)
	}
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
		a.with(r.Dataset, func(ctx context.Context) error { return a.do.Fetch(ctx, r.Dataset) })
	}
	a.done = still
}

// prepareNext prepares the run whose turn is next, unless it is of the source that is being indexed.
func (a *ahead) prepareNext() {
	request, err := nextRequest(a.ctx, a.pool)
	if err != nil || request.Run == "" || request.Action != indexing.Index {
		return
	}
	a.with(request.Dataset, func(ctx context.Context) error { return a.do.Prepare(ctx, a.epoch, request) })
	if still, err := isAsked(a.ctx, a.pool, request.Run); err != nil || !still {
		a.letGo(request.Run)
	}
}

// letGo lets go of what was prepared for a run that will not come.
func (a *ahead) letGo(run string) { a.do.LetGo(a.epoch, run) }
