package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

// How the readers ask: often enough that some are within every publishing, and not so often that the worker starves.
const (
	readers = 4
	pause   = 5 * time.Millisecond
	// patience is how long requests may be refused once the database is back. The service is meant to need five
	// seconds at most; a busy machine may add to that.
	patience = 15 * time.Second
	// completion is how long an indexing may take after the restart: it takes seconds.
	completion = 2 * time.Minute
)

// trial is a series of indexings that are cut off.
type trial struct {
	lab    *harness.Lab
	worker *harness.Process
	judge  *states.Judge
	random *rand.Rand
	took   map[*states.Source]time.Duration // of an indexing that is left alone
	phases map[string]int                   // in which runs were cut off
	missed int                              // kills that came after the end of the run
}

// killing cuts off as many indexings as wanted, of both sources in turn, and judges what the readers hear.
func killing(ctx context.Context, lab *harness.Lab, full, partly *states.Source, random *rand.Rand, opts options) (err error) {
	t := &trial{lab: lab, judge: &states.Judge{Patience: patience}, random: random, took: make(map[*states.Source]time.Duration), phases: make(map[string]int)}
	if t.worker, err = lab.Worker(ctx); err != nil {
		return err
	}
	defer func() { t.worker.Stop() }()
	if err := t.killBeforeUpkeep(ctx, full); err != nil {
		return err
	}
	sources := []*states.Source{full, partly}
	for _, source := range sources {
		if err := t.leftAlone(ctx, source); err != nil {
			return err
		}
	}
	asking := &states.Readers{Base: lab.Base, Ask: states.OneOf(sources), Hear: t.judge.Hear, Count: readers, Pause: pause, Seed: opts.seed}
	asking.Start(ctx)
	err = t.all(ctx, sources, opts)
	asking.Stop()
	heard, wrong := t.judge.Verdict()
	fmt.Printf("Killed the worker %d times within an indexing (%s), and %d times after one; restarted the database %d times.\n",
		opts.kills, t.told(), t.missed, opts.outages)
	fmt.Printf("%d answers, of %d states of one source and %d of the other; %d refused while the database was away, the last %s after it was back.\n",
		heard.Asked, full.State()-full.First(), partly.State()-partly.First(), heard.Refused, heard.Recovery.Round(time.Millisecond))
	if wrong != nil {
		return fmt.Errorf("wrong answers:\n%w", wrong)
	}
	return err
}

// killBeforeUpkeep fills the database and kills the worker at once, before it makes the indexes for searching: the next one has to.
func (t *trial) killBeforeUpkeep(ctx context.Context, source *states.Source) error {
	id, err := t.lab.Request(ctx, source.Dataset, wanted(source))
	if err != nil {
		return err
	}
	if _, err := t.lab.Ended(ctx, source.Dataset, id); err != nil {
		return err
	}
	t.worker.Kill()
	left, err := t.lab.SearchIndexes(ctx)
	if err != nil {
		return err
	}
	if t.worker, err = t.lab.Worker(ctx); err != nil {
		return err
	}
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		made, err := t.lab.SearchIndexes(ctx)
		if err != nil {
			return err
		}
		if made == harness.AllSearchIndexes {
			fmt.Printf("Killed with %d of %d indexes for searching made; all there %s after another worker began.\n",
				left, made, time.Since(began).Round(time.Millisecond))
			return nil
		}
		if time.Since(began) > patience {
			return fmt.Errorf("%d of %d indexes for searching are there, %s after the worker that was to make them was killed",
				made, harness.AllSearchIndexes, patience)
		}
	}
}

// leftAlone indexes the first state of a source, and the second to see how long it takes.
func (t *trial) leftAlone(ctx context.Context, source *states.Source) error {
	for range 2 {
		id, err := t.lab.Request(ctx, source.Dataset, wanted(source))
		if err != nil {
			return err
		}
		task, err := t.lab.Ended(ctx, source.Dataset, id)
		if err != nil {
			return err
		}
		t.took[source] = task.CompletedAt.Sub(*task.StartedAt)
		if source.State() > source.First() {
			continue
		}
		if err := source.Advance(ctx); err != nil {
			return err
		}
	}
	return nil
}

// wanted forces a source whose every document changes: all of it is read, whatever the index has.
func wanted(source *states.Source) harness.Wanted {
	return harness.Wanted{Force: source.Stride == 1}
}

// cut disturbs an indexing, and gives the phase that it was in; nothing when it had ended already.
type cut func(ctx context.Context, id string) (phase string, err error)

func (t *trial) all(ctx context.Context, sources []*states.Source, opts options) error {
	cuts := slices.Repeat([]cut{t.kill}, opts.kills)
	for n := range opts.outages {
		cuts = append(cuts, t.halt(n%2 == 0))
	}
	t.random.Shuffle(len(cuts), func(a, b int) { cuts[a], cuts[b] = cuts[b], cuts[a] })
	round := 0
	for _, cut := range cuts {
		for within := false; !within; round++ {
			source := sources[round%len(sources)]
			if source.State() >= states.MaxState {
				return fmt.Errorf("hardly any moment is within an indexing: %d were not", t.missed)
			}
			var err error
			if within, err = t.cutOff(ctx, source, cut); err != nil {
				return fmt.Errorf("%s, state %d: %w", source.Dataset, source.State(), err)
			}
		}
	}
	return nil
}

// cutOff brings a source to its next state, and disturbs the indexing at a random moment.
func (t *trial) cutOff(ctx context.Context, source *states.Source, cut cut) (within bool, err error) {
	if err := source.Advance(ctx); err != nil {
		return false, err
	}
	id, err := t.lab.Request(ctx, source.Dataset, wanted(source))
	if err != nil {
		return false, err
	}
	time.Sleep(time.Duration(t.random.Float64() * float64(t.took[source])))
	phase, err := cut(ctx, id)
	if err != nil {
		return false, err
	}
	if phase == "" {
		t.missed++
	} else {
		t.phases[phase]++
	}
	return phase != "", t.completes(ctx, source, id)
}

// kill kills the worker, and starts another at once.
func (t *trial) kill(ctx context.Context, id string) (phase string, err error) {
	t.worker.Kill()
	if phase, err = t.phase(ctx, id); err != nil {
		return "", err
	}
	t.worker, err = t.lab.Worker(ctx)
	return phase, err
}

// halt stops the database and starts it again; nobody else is started again.
func (t *trial) halt(atOnce bool) cut {
	return func(ctx context.Context, id string) (phase string, err error) {
		if phase, err = t.phase(ctx, id); err != nil {
			return "", err
		}
		over := t.judge.Disturb(false)
		defer over()
		if err := t.lab.Halt(ctx, atOnce); err != nil {
			return "", err
		}
		time.Sleep(time.Duration(t.random.Float64() * float64(3*time.Second)))
		return phase, t.lab.Resume(ctx)
	}
}

// phase tells how far a run has come.
func (t *trial) phase(ctx context.Context, id string) (phase string, err error) {
	conn, err := pgx.Connect(ctx, t.lab.Database)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(ctx) }()
	err = conn.QueryRow(ctx, `
		SELECT CASE state WHEN 'waiting' THEN state WHEN 'running' THEN coalesce(nullif(phase, ''), state) ELSE '' END
		FROM runs WHERE id = $1`, id).Scan(&phase)
	return phase, err
}

// completes waits until the run has ended well and the readers have seen the new state.
func (t *trial) completes(ctx context.Context, source *states.Source, id string) error {
	ctx, cancel := context.WithTimeout(ctx, completion)
	defer cancel()
	if _, err := t.lab.Ended(ctx, source.Dataset, id); err != nil {
		return err
	}
	ended := time.Now()
	for t.judge.Seen(source) < source.State() {
		if time.Since(ended) > patience {
			return fmt.Errorf("the new state was not seen within %s of the end of its indexing", patience)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil
}

// told lists the phases in which indexings were cut off.
func (t *trial) told() string {
	var list []string
	for _, phase := range slices.Sorted(maps.Keys(t.phases)) {
		list = append(list, fmt.Sprintf("%s %d", phase, t.phases[phase]))
	}
	return strings.Join(list, ", ")
}
