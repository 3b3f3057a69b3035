package main

import (
	"context"
	"fmt"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

// What may be added between two times of equal load, or since before it, before it counts as a leak. The cache of
// answers, which fills with the traffic, takes 16 MB here.
const (
	moreMemory     = 64 << 20
	moreGoroutines = 50
	// settling is how long look-ups that hang may go on, and connections stay open, once nobody asks any more.
	settling = time.Minute
)

// usage is what the processes take.
type usage struct{ web, worker taken }

type taken struct{ memory, goroutines float64 }

func (t taken) most(other taken) taken {
	return taken{max(t.memory, other.memory), max(t.goroutines, other.goroutines)}
}

func (t taken) String() string {
	return fmt.Sprintf("%.0f MB, %.0f goroutines", t.memory/(1<<20), t.goroutines)
}

func takenBy(ctx context.Context, p *harness.Process) (taken, error) {
	measured, err := p.Metrics(ctx)
	return taken{measured["process_resident_memory_bytes"], measured["go_goroutines"]}, err
}

func (s *scene) measure(ctx context.Context) (now usage, err error) {
	if now.web, err = takenBy(ctx, s.web); err != nil {
		return now, err
	}
	now.worker, err = takenBy(ctx, s.worker)
	return now, err
}

// calm lets the index go from state to state undisturbed, and compares what the processes take at most in the first
// half of that time and in the second.
func (s *scene) calm(ctx context.Context, judge *states.Judge, lasting time.Duration) error {
	var halves [2]usage
	began, indexed := time.Now(), time.Time{}
	for elapsed := time.Duration(0); elapsed < lasting; elapsed = time.Since(began) {
		now, err := s.measure(ctx)
		if err != nil {
			return err
		}
		half := &halves[min(1, 2*elapsed/lasting)]
		half.web, half.worker = half.web.most(now.web), half.worker.most(now.worker)
		if time.Since(indexed) > lasting/20 {
			if err := s.once(ctx, judge, false, false, func() error { return nil }); err != nil {
				return err
			}
			indexed = time.Now()
		}
		time.Sleep(200 * time.Millisecond)
	}
	fmt.Printf("Undisturbed: web %s, then %s; worker %s, then %s.\n", halves[0].web, halves[1].web, halves[0].worker, halves[1].worker)
	for _, process := range []struct {
		name         string
		before, then taken
	}{{"web", halves[0].web, halves[1].web}, {"worker", halves[0].worker, halves[1].worker}} {
		if process.then.memory > process.before.memory*1.25+moreMemory {
			return fmt.Errorf("the memory of the %s grows: %s, then %s", process.name, process.before, process.then)
		}
		if process.then.goroutines > process.before.goroutines+moreGoroutines {
			return fmt.Errorf("the goroutines of the %s become more: %s, then %s", process.name, process.before, process.then)
		}
	}
	return nil
}

// settles waits until as few goroutines are left as there were before anybody asked.
func (s *scene) settles(ctx context.Context, quiet usage) error {
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		now, err := s.measure(ctx)
		if err != nil {
			return err
		}
		if now.web.goroutines <= quiet.web.goroutines+moreGoroutines/2 && now.worker.goroutines <= quiet.worker.goroutines+moreGoroutines/2 {
			fmt.Printf("Quiet again after %s: web %s (%s before), worker %s (%s before).\n",
				time.Since(began).Round(time.Millisecond), now.web, quiet.web, now.worker, quiet.worker)
			return nil
		}
		if time.Since(began) > settling {
			return fmt.Errorf("goroutines are left: web %s (%s before), worker %s (%s before)", now.web, quiet.web, now.worker, quiet.worker)
		}
	}
}
