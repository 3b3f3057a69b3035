package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

const (
	readers = 3
	pause   = 5 * time.Millisecond
	// coherence is how long two web processes may answer from two states of the index.
	coherence = 5 * time.Second
	// patience is how long a new state may need until it is seen, and a source until the schedule has it indexed.
	patience = 3 * time.Minute
)

// upgrade is the way from one version to the next.
type upgrade struct {
	old, new         *harness.Lab
	oldWork, newWork *harness.Process
	newWeb           *harness.Process
	sources          []*states.Source
	seed             uint64
	judge            *states.Judge
}

func (u *upgrade) stop() {
	for _, process := range []*harness.Process{u.oldWork, u.newWork, u.newWeb} {
		if process != nil {
			process.Stop()
		}
	}
}

// run takes each step of the upgrade, with a change of the sources after it, and judges all that was answered.
func (u *upgrade) run(ctx context.Context) error {
	u.judge = &states.Judge{Coherence: coherence}
	if err := u.before(ctx); err != nil {
		return fmt.Errorf("the version before: %w", err)
	}
	asking := u.ask(u.old.Base)
	asking.Start(ctx)
	err := u.migrate(ctx)
	if err == nil {
		err = u.takeOver(ctx, asking)
	} else {
		asking.Stop()
	}
	heard, wrong := u.judge.Verdict()
	if wrong != nil {
		return fmt.Errorf("wrong answers:\n%w", wrong)
	}
	if err != nil {
		return err
	}
	rows, err := u.new.SameAsFresh(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("Upgraded, went back, and upgraded again while %d answers were given, none of them wrong or refused. The index is what a fresh indexing makes: %d rows are equal.\n",
		heard.Asked, rows)
	return nil
}

// ask starts readers of one of the web processes.
func (u *upgrade) ask(base string) *states.Readers {
	return &states.Readers{Base: base, Ask: question(u.sources), Hear: u.judge.Hear, Count: readers, Pause: pause, Seed: u.seed}
}

// question asks the sources, and at times for what tells of no state.
func question(sources []*states.Source) func(*rand.Rand) states.Question {
	others := []string{"/", "/about", "/healthz/", "/search/?query=document&query_format=websearch", "/indexed-sources/relaton-data-rfcs/document-1/"}
	of := states.OneOf(sources)
	return func(r *rand.Rand) states.Question {
		if r.IntN(5) == 0 {
			return states.Question{Path: others[r.IntN(len(others))]}
		}
		return of(r)
	}
}

// before runs the version before, and has it index both sources twice, so that there are runs to look back to.
func (u *upgrade) before(ctx context.Context) (err error) {
	if err := u.old.Serve(ctx); err != nil {
		return err
	}
	if u.oldWork, err = u.old.Worker(ctx); err != nil {
		return err
	}
	for range 2 {
		if err := u.index(ctx, u.old); err != nil {
			return err
		}
		if err := u.advance(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (u *upgrade) advance(ctx context.Context) error {
	for _, source := range u.sources {
		if err := source.Advance(ctx); err != nil {
			return err
		}
	}
	return nil
}

// index brings the index to the newest state of the sources through the web process of a lab.
func (u *upgrade) index(ctx context.Context, lab *harness.Lab) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, source := range u.sources {
		id, err := lab.Request(ctx, source.Dataset, harness.Wanted{})
		if err != nil {
			return err
		}
		if _, err := lab.Ended(ctx, source.Dataset, id); err != nil {
			return err
		}
	}
	return nil
}

// migrate changes the database below the web process and the worker of the version before, which is indexing meanwhile; then
// both have to go on with what the database has become.
func (u *upgrade) migrate(ctx context.Context) error {
	indexed := make(chan error, 1)
	go func() { indexed <- u.index(ctx, u.old) }()
	began := time.Now()
	if err := u.new.Migrate(ctx); err != nil {
		return err
	}
	took := time.Since(began)
	if err := <-indexed; err != nil {
		return fmt.Errorf("the worker of the version before, while the database was migrated: %w", err)
	}
	if err := u.advance(ctx); err != nil {
		return err
	}
	if err := u.index(ctx, u.old); err != nil {
		return fmt.Errorf("the version before, after the database was migrated: %w", err)
	}
	fmt.Printf("Migrated in %s, under the version before, which went on.\n", took.Round(time.Millisecond))
	return u.seen()
}

// takeOver lets the new web process join the old one and take its place, then the new worker.
func (u *upgrade) takeOver(ctx context.Context, asking *states.Readers) (err error) {
	stopped := false
	defer func() {
		if !stopped {
			asking.Stop()
		}
	}()
	if u.newWeb, err = u.new.Web(ctx); err != nil {
		return err
	}
	u.new.Base = u.newWeb.Base
	both := u.ask(u.new.Base)
	both.Start(ctx)
	defer both.Stop()
	if err := u.advance(ctx); err != nil {
		return err
	}
	if err := u.index(ctx, u.new); err != nil {
		return fmt.Errorf("asked by the new web process, done by the worker of the version before: %w", err)
	}
	asking.Stop()
	stopped = true
	u.oldWork.Stop()
	u.oldWork = nil
	if err := u.byItself(ctx); err != nil {
		return err
	}
	if err := u.back(ctx); err != nil {
		return fmt.Errorf("back to the version before: %w", err)
	}
	return nil
}

// byItself starts the new worker, which has to do by its schedule what the new version makes something else of. That is no
// change of the sources, so nobody is told of any; the next one is.
func (u *upgrade) byItself(ctx context.Context) (err error) {
	if u.newWork, err = u.work(ctx, u.new); err != nil {
		return err
	}
	told, err := u.entries(ctx)
	if err == nil && told != 0 {
		err = fmt.Errorf("%d changes are told of, though no source has changed since the upgrade", told)
	}
	if err != nil {
		return err
	}
	if err := u.advance(ctx); err != nil {
		return err
	}
	if err := u.seen(); err != nil {
		return err
	}
	if told, err = u.entries(ctx); err == nil && told == 0 {
		err = errors.New("nobody is told of changes after the upgrade")
	}
	return err
}

// back goes back to the version before on the database as it is, and forward again.
func (u *upgrade) back(ctx context.Context) (err error) {
	u.newWork.Stop()
	u.newWork = nil
	asking := u.ask(u.old.Base)
	asking.Start(ctx)
	defer asking.Stop()
	if u.oldWork, err = u.work(ctx, u.old); err != nil {
		return err
	}
	if err := u.advance(ctx); err != nil {
		return err
	}
	if err := u.seen(); err != nil {
		return err
	}
	u.oldWork.Stop()
	u.oldWork = nil
	u.newWork, err = u.work(ctx, u.new)
	return err
}

// work starts a worker with a schedule, and waits until it has looked at each source.
func (u *upgrade) work(ctx context.Context, lab *harness.Lab) (*harness.Process, error) {
	began := time.Now()
	worker, err := lab.Worker(ctx, "AUTO_REINDEX_INTERVAL=1s")
	if err != nil {
		return nil, err
	}
	for _, source := range u.sources {
		if err := u.scheduled(ctx, source.Dataset, began); err != nil {
			worker.Stop()
			return nil, err
		}
	}
	return worker, nil
}

// scheduled waits for the end of an indexing of a dataset that nobody asked for.
func (u *upgrade) scheduled(ctx context.Context, dataset string, since time.Time) error {
	conn, err := pgx.Connect(ctx, u.new.Database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for {
		var done int
		err := conn.QueryRow(ctx, `
			SELECT count(*) FROM runs WHERE dataset = $1 AND requested_by = 'schedule' AND state = 'done' AND started_at > $2`, dataset, since).Scan(&done)
		if err != nil || done > 0 {
			return err
		}
		if time.Since(since) > patience {
			return fmt.Errorf("index %s: not done by itself within %s", dataset, patience)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// seen waits until readers have seen the newest state of each source.
func (u *upgrade) seen() error {
	began := time.Now()
	for _, source := range u.sources {
		for u.judge.Seen(source) < source.State() {
			if time.Since(began) > patience {
				return fmt.Errorf("state %d of %s was not seen within %s", source.State(), source.Dataset, patience)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return nil
}

// entries counts the changes that the new version tells of.
func (u *upgrade) entries(ctx context.Context) (int, error) {
	body, err := harness.Get(ctx, u.new.Base+"/feed.atom")
	return strings.Count(body, "<entry>"), err
}
