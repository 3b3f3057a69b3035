package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// errEnded says that a run has ended already: it was stopped while it waited, or this is the second
// time that its job is done.
var errEnded = errors.New("the run has ended already")

// errDone says that the run was published already, by a worker that died before it could say so.
var errDone = errors.New("the run has been published already")

// errStopped says that somebody stopped the run.
var errStopped = errors.New("the run was stopped")

// runRow is the row of a run in the database.
type runRow struct {
	pool  *pgxpool.Pool
	id    string
	epoch int64 // of the lease under which it is done
}

// start begins the run, or begins it again. When it was published already, there is nothing left but to say so.
func (r *runRow) start(ctx context.Context) (indexing.Request, error) {
	var request indexing.Request
	var action string
	var outcome *indexing.Outcome
	err := r.pool.QueryRow(ctx, `
		UPDATE runs SET state = 'running', started_at = now(), phase = 'starting', done = 0, total = 0,
			error_type = NULL, error_message = NULL
		WHERE id = $1 AND state IN ('waiting', 'running') AND stopped_by IS NULL
		RETURNING dataset, action, refs, force, requested_by, outcome`, r.id).
		Scan(&request.Dataset, &action, &request.Refs, &request.Force, &request.By, &outcome)
	if errors.Is(err, pgx.ErrNoRows) {
		return request, r.endAsked(ctx)
	}
	if err == nil && outcome != nil {
		return request, ended(errDone, r.end(ctx, done, outcome, nil))
	}
	request.Action, request.Run = indexing.Action(action), r.id
	r.log(ctx, "started")
	return request, failure("start run "+r.id, err)
}

// endAsked ends a run that was to be stopped when its worker died, and gives the reason not to begin it.
func (r *runRow) endAsked(ctx context.Context) error {
	_, err := r.pool.Exec(ctx, `
		UPDATE runs SET finished_at = now(), state = CASE WHEN outcome IS NULL THEN 'stopped' ELSE 'done' END,
			error_type = NULL, error_message = NULL
		WHERE id = $1 AND state = 'running'`, r.id)
	return ended(errEnded, failure("end run "+r.id, err))
}

// ended gives what tells that a run has ended, unless that could not be written down: then its job is to be tried again.
func ended(told, err error) error {
	if err != nil {
		return err
	}
	return told
}

// nextRequest gives the request of the run whose turn is next; its zero value when none waits.
func nextRequest(ctx context.Context, pool *pgxpool.Pool) (indexing.Request, error) {
	var request indexing.Request
	var action string
	err := pool.QueryRow(ctx, `
		SELECT id, dataset, action, refs, force, requested_by FROM runs WHERE state = 'waiting' ORDER BY job_id LIMIT 1`).
		Scan(&request.Run, &request.Dataset, &action, &request.Refs, &request.Force, &request.By)
	request.Action = indexing.Action(action)
	if errors.Is(err, pgx.ErrNoRows) {
		return indexing.Request{}, nil
	}
	return request, failure("next run", err)
}

// isAsked says whether a run waits or is under way.
func isAsked(ctx context.Context, pool *pgxpool.Pool, id string) (asked bool, err error) {
	err = pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM runs WHERE id = $1 AND state IN ('waiting', 'running'))`, id).Scan(&asked)
	return asked, failure("state of run "+id, err)
}

// progressEvery is how often progress is written down at most.
const progressEvery = 300 * time.Millisecond

// progress writes down how far the run has come, outside of the transaction that publishes. One that has lost its lease has
// no say any more.
func (r *runRow) progress(ctx context.Context) indexing.Progress {
	var phase string
	var written time.Time
	return func(now string, done, total int) {
		if now == phase && time.Since(written) < progressEvery && done < total {
			return
		}
		began := now != phase
		phase, written = now, time.Now()
		r.note(ctx, `
			UPDATE runs SET phase_at = CASE WHEN phase = $2 AND phase_at > started_at THEN phase_at ELSE clock_timestamp() END,
				phase_done = CASE WHEN phase = $2 AND phase_at > started_at THEN phase_done ELSE $3 END,
				phase = $2, done = $3, total = $4
			WHERE id = $1 AND phase <> $5`, r.id, now, done, total, interrupted)
		if began {
			r.log(ctx, phaseLine(now, done, total))
		}
	}
}

// lookEvery is how long a run goes on at most after it was stopped.
const lookEvery = 200 * time.Millisecond

// untilStopped gives a context that ends when somebody stops the run.
func (r *runRow) untilStopped(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		look := time.NewTicker(lookEvery)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
			}
			var asked bool
			err := r.pool.QueryRow(ctx, `SELECT stopped_by IS NOT NULL FROM runs WHERE id = $1`, r.id).Scan(&asked)
			if err == nil && asked {
				cancel(errStopped)
			}
		}
	}()
	return ctx, func() { cancel(nil) }
}

// fail writes down why the run ended, and tells River what to do with the job. What went wrong in the
// indexing would go wrong again, so it is not tried again before somebody asks. A run that was cut off
// is: at once when the worker goes away or has lost its lease, later when the database was away.
func (r *runRow) fail(ctx context.Context, reason error) error {
	switch {
	case errors.Is(context.Cause(ctx), errStopped), errors.Is(context.Cause(ctx), river.ErrJobCancelledRemotely):
		return ended(river.JobCancel(reason), r.end(ctx, stopped, nil, nil))
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		reason = fault.Wrap(fault.Internal, reason, "ended after %s, the longest time allowed", Timeout)
	case ctx.Err() != nil, fault.Is(reason, fault.Conflict):
		r.log(context.WithoutCancel(ctx), "cut off, since this worker ends or another one has taken over; it will be done again")
		return river.JobSnooze(0)
	case fault.Is(reason, fault.Unavailable):
		r.interrupt(ctx, reason)
		return reason
	}
	return ended(river.JobCancel(reason), r.end(ctx, failed, nil, reason))
}

// interrupt writes down why the run was cut off, and that it waits to be done again. Once another worker holds the lease, which
// may be doing the run already, there is nothing to say.
func (r *runRow) interrupt(ctx context.Context, reason error) {
	r.note(ctx, `
		WITH held AS (SELECT FROM index_lease WHERE epoch = $2 FOR SHARE)
		UPDATE runs SET phase = $3, done = 0, total = 0, error_type = $4, error_message = $5
		WHERE id = $1 AND state = 'running' AND EXISTS (SELECT FROM held)`, r.id, r.epoch, interrupted, kindOf(reason), reason.Error())
	r.log(ctx, "cut off, to be done again later: "+reason.Error())
}

// end writes down how the run ended. One that has an outcome already was published, and is done whatever went wrong since: the
// server may have committed although whoever stopped the run had broken the connection by then. A commit that is still under
// way there holds the row, so this waits for it.
func (r *runRow) end(ctx context.Context, state string, outcome *indexing.Outcome, reason error) error {
	ctx = context.WithoutCancel(ctx)
	var kind, text *string
	if reason != nil {
		k, t := kindOf(reason), reason.Error()
		kind, text = &k, &t
	}
	err := r.pool.QueryRow(ctx, `
		UPDATE runs SET finished_at = now(), outcome = coalesce($3, outcome),
			state = CASE WHEN coalesce($3, outcome) IS NULL THEN $2 ELSE 'done' END,
			error_type = CASE WHEN coalesce($3, outcome) IS NULL THEN $4 END,
			error_message = CASE WHEN coalesce($3, outcome) IS NULL THEN $5 END
		WHERE id = $1
		RETURNING state, outcome`, r.id, state, outcome, kind, text).Scan(&state, &outcome)
	if err == nil {
		r.log(ctx, endLine(state, outcome, text))
	}
	return failure("end run "+r.id, err)
}

// kindOf is what the API calls the kind of a failure.
func kindOf(reason error) string {
	if held := new(indexing.HeldBackError); errors.As(reason, &held) {
		return indexing.HeldBack
	}
	return fault.Of(reason).String()
}
