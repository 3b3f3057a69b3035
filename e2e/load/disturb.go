package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/e2e/states"
)

// patience is how long requests may be refused once a disturbance is over, and how long until a new state is seen.
// The service is meant to need five seconds at most; a busy machine may add to that.
const patience = 15 * time.Second

// disturbances happen in turn, in an order that comes from the seed.
var disturbances = []struct {
	name    string
	web     bool // visitors may find nobody there
	refused bool // visitors may be refused
	do      func(*scene, context.Context) error
}{
	{"worker restarted", false, false, func(s *scene, ctx context.Context) (err error) {
		s.worker.Stop()
		s.worker, err = s.lab.Worker(ctx)
		return err
	}},
	{"worker killed", false, false, func(s *scene, ctx context.Context) (err error) {
		s.worker.Kill()
		s.worker, err = s.lab.Worker(ctx)
		return err
	}},
	{"web restarted", true, true, func(s *scene, ctx context.Context) error {
		s.web.Stop()
		return s.startWeb(ctx)
	}},
	{"web killed", true, true, func(s *scene, ctx context.Context) error {
		s.web.Kill()
		return s.startWeb(ctx)
	}},
	{"database restarted", false, true, func(s *scene, ctx context.Context) error { return s.outage(ctx, false) }},
	{"database killed", false, true, func(s *scene, ctx context.Context) error { return s.outage(ctx, true) }},
	{"disk full", false, false, (*scene).fullDisk},
}

func (s *scene) outage(ctx context.Context, atOnce bool) error {
	if err := s.lab.Halt(ctx, atOnce); err != nil {
		return err
	}
	time.Sleep(time.Second)
	return s.lab.Resume(ctx)
}

// disturb lets everything happen once, or as often as there is time, while the index goes from state to state.
func (s *scene) disturb(ctx context.Context, judge *states.Judge, r *rand.Rand, until time.Time) error {
	pauseBetween := time.Until(until) / time.Duration(2*len(disturbances))
	counts := make(map[string]int)
	for round := 0; round == 0 || time.Now().Before(until); round++ {
		for _, n := range r.Perm(len(disturbances)) {
			d := disturbances[n]
			if err := s.once(ctx, judge, d.refused, d.web, func() error { return d.do(s, ctx) }); err != nil {
				return fmt.Errorf("%s: %w", d.name, err)
			}
			counts[d.name]++
			time.Sleep(min(pauseBetween, 10*time.Second))
		}
	}
	var list []string
	for _, d := range disturbances {
		list = append(list, fmt.Sprintf("%s %d×", d.name, counts[d.name]))
	}
	fmt.Printf("Disturbed: %s; the services of others hung all the while.\n", strings.Join(list, ", "))
	return nil
}

// once asks for the next state of a source, disturbs, and waits until the state is seen.
func (s *scene) once(ctx context.Context, judge *states.Judge, refused, web bool, do func() error) error {
	source := s.sources[0]
	if s.sources[1].State() < source.State()+s.sources[1].First() {
		source = s.sources[1]
	}
	if source.State() >= states.MaxState {
		return fmt.Errorf("there are no more states than %d", states.MaxState)
	}
	if err := source.Advance(ctx); err != nil {
		return err
	}
	if _, err := s.request(ctx, source); err != nil {
		return err
	}
	over := func() {}
	if refused {
		over = judge.Disturb(web)
	}
	err := do()
	over()
	if err != nil {
		return err
	}
	return s.seen(ctx, judge, source)
}

// seen waits until the newest state of a source is seen; its indexing has to complete without help.
func (s *scene) seen(ctx context.Context, judge *states.Judge, source *states.Source) error {
	id, err := s.request(ctx, source) // a like one that waits, or one that finds nothing to do when it is done
	if err != nil {
		return err
	}
	ending, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if _, err := s.lab.Ended(ending, source.Dataset, id); err != nil {
		return err
	}
	for ended := time.Now(); judge.Seen(source) < source.State(); time.Sleep(10 * time.Millisecond) {
		if time.Since(ended) > patience {
			return fmt.Errorf("state %d of %s was not seen within %s of the end of its indexing", source.State(), source.Dataset, patience)
		}
	}
	return nil
}
