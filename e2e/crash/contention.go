package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

const (
	contenders = 3
	// successions is how often the worker that holds the lease is killed, or loses its connection.
	successions = 4
	// succession is how long it may take until another one holds it.
	succession = time.Minute
	// perSuccession is how many indexings are asked for each time.
	perSuccession = 6
)

// crowd are workers on one queue. The name of each stands in the database beside its lease.
type crowd struct {
	lab     *harness.Lab
	conn    *pgx.Conn
	workers map[string]*harness.Process
	started int
	tasks   []task
	slowest time.Duration // succession
}

// task is an indexing that was asked for.
type task struct{ dataset, id string }

// contention starts three workers at once, asks for indexings, and takes the lease from whoever holds it, again
// and again. A watch looks all the while whether two are at work.
func contention(ctx context.Context, lab *harness.Lab, full, partly *states.Source, random *rand.Rand) (err error) {
	c := &crowd{lab: lab, workers: make(map[string]*harness.Process)}
	defer func() {
		for _, worker := range c.workers {
			worker.Stop()
		}
	}()
	if c.conn, err = pgx.Connect(ctx, lab.Database); err != nil {
		return err
	}
	defer func() { _ = c.conn.Close(context.WithoutCancel(ctx)) }()
	looking := startWatch(ctx, lab.Database)
	err = c.contend(ctx, full, partly, random)
	samples, wrong := looking.stop()
	if err := errors.Join(err, wrong); err != nil {
		return err
	}
	if err := c.oneAfterTheOther(ctx); err != nil {
		return err
	}
	fmt.Printf("Three workers: %d indexings, all done and never two at once (%d looks); the lease was taken from its holder %d times, and taken over in %s at most.\n",
		len(c.tasks), samples, successions, c.slowest.Round(time.Millisecond))
	return nil
}

func (c *crowd) contend(ctx context.Context, full, partly *states.Source, random *rand.Rand) error {
	if err := c.fill(ctx); err != nil {
		return err
	}
	for n := range successions {
		if err := c.ask(ctx, full, partly, random); err != nil {
			return err
		}
		holder, err := c.holder(ctx)
		if err != nil {
			return err
		}
		time.Sleep(time.Duration(random.Float64() * float64(time.Second)))
		if err := c.depose(ctx, holder, n%2 == 0); err != nil {
			return err
		}
		if err := c.fill(ctx); err != nil {
			return err
		}
		for _, t := range c.tasks {
			if _, err := c.lab.Ended(ctx, t.dataset, t.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill starts workers until there are three.
func (c *crowd) fill(ctx context.Context) error {
	for len(c.workers) < contenders {
		c.started++
		name := fmt.Sprintf("contender-%d", c.started)
		address, err := url.Parse(c.lab.Database)
		if err != nil {
			return err
		}
		query := address.Query()
		query.Set("application_name", name)
		address.RawQuery = query.Encode()
		worker, err := c.lab.Worker(ctx, "DATABASE_URL="+address.String())
		if err != nil {
			return err
		}
		c.workers[name] = worker
	}
	return nil
}

// ask asks for a full indexing and for some of single records; no two requests are alike, or they would be one.
func (c *crowd) ask(ctx context.Context, full, partly *states.Source, random *rand.Rand) error {
	if err := full.Advance(ctx); err != nil {
		return err
	}
	first := random.IntN(partly.Documents - perSuccession)
	for n := range perSuccession {
		dataset, wanted := full.Dataset, harness.Wanted{Force: true}
		if n > 0 {
			dataset, wanted = partly.Dataset, harness.Wanted{Refs: []string{fmt.Sprintf("document-%d", first+n)}}
		}
		id, err := c.lab.Request(ctx, dataset, wanted)
		if err != nil {
			return err
		}
		c.tasks = append(c.tasks, task{dataset, id})
	}
	return nil
}

// lease is who holds the lease, and since when.
type lease struct {
	name  string
	pid   int // of its connection, in the database
	epoch int
}

// holder waits until one of the workers holds the lease.
func (c *crowd) holder(ctx context.Context) (l lease, err error) {
	ctx, cancel := context.WithTimeout(ctx, succession)
	defer cancel()
	for {
		err := c.conn.QueryRow(ctx, `
			SELECT application_name, pid, epoch FROM index_lease, pg_locks JOIN pg_stat_activity USING (pid)
			WHERE locktype = 'advisory' AND granted AND application_name LIKE 'contender-%' AND datname = current_database()`).
			Scan(&l.name, &l.pid, &l.epoch)
		if !errors.Is(err, pgx.ErrNoRows) {
			return l, err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// depose kills the holder of the lease, or breaks its connection, and waits until the lease is held anew.
func (c *crowd) depose(ctx context.Context, holder lease, kill bool) error {
	began := time.Now()
	if kill {
		c.workers[holder.name].Kill()
		delete(c.workers, holder.name)
	} else if _, err := c.conn.Exec(ctx, `SELECT pg_terminate_backend($1)`, holder.pid); err != nil {
		return err
	}
	for {
		next, err := c.holder(ctx)
		if err != nil {
			return fmt.Errorf("%s after the holder of the lease was gone: %w", time.Since(began), err)
		}
		if next.epoch > holder.epoch && next.pid != holder.pid {
			c.slowest = max(c.slowest, time.Since(began))
			return nil
		}
	}
}

// oneAfterTheOther checks that each indexing began when the one before had ended, by what was written down.
func (c *crowd) oneAfterTheOther(ctx context.Context) error {
	ids := make([]string, len(c.tasks))
	for i, t := range c.tasks {
		ids[i] = t.id
	}
	var overlaps int
	err := c.conn.QueryRow(ctx, `
		SELECT count(*) FROM runs AS a JOIN runs AS b ON a.id < b.id AND a.started_at < b.finished_at AND b.started_at < a.finished_at
		WHERE a.id::text = ANY ($1) AND b.id::text = ANY ($1)`, ids).Scan(&overlaps)
	if err == nil && overlaps > 0 {
		err = fmt.Errorf("%d pairs of indexings overlapped", overlaps)
	}
	return err
}
