package schedule

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// ledger notes when each dataset was asked for, and what came of it. Every task of a dataset in failing fails, after some time.
type ledger struct {
	mu      sync.Mutex
	begin   time.Time
	failing map[string]bool
	takes   time.Duration
	asked   map[string][]time.Duration
	tasks   map[string][]indexing.Task // newest first
	away    bool
}

func (l *ledger) Enqueue(_ context.Context, request indexing.Request) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if request.By != "schedule" {
		return "", errors.New("it does not say who asks")
	}
	l.asked[request.Dataset] = append(l.asked[request.Dataset], time.Since(l.begin))
	l.note(request.Dataset, indexing.Task{Action: indexing.Index}, l.failing[request.Dataset])
	return "id", nil
}

// note adds a task that begins now, and fails or not.
func (l *ledger) note(dataset string, task indexing.Task, fails bool) {
	end := time.Now().Add(l.takes)
	task.CompletedAt = &end
	if fails {
		task.Error = &indexing.TaskError{}
	}
	l.tasks[dataset] = append([]indexing.Task{task}, l.tasks[dataset]...)
}

func (l *ledger) Tasks(_ context.Context, dataset string) ([]indexing.Task, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return nil, errors.New("away")
	}
	tasks := []indexing.Task{{Action: indexing.Index}} // one that waits
	for _, task := range l.tasks[dataset] {
		if task.CompletedAt.After(time.Now()) {
			task.CompletedAt, task.Error = nil, nil
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

// opens begins an empty ledger.
func (l *ledger) opens() {
	l.begin, l.asked, l.tasks = time.Now(), map[string][]time.Duration{}, map[string][]indexing.Task{}
}

// meanwhile notes a task of somebody else after some time.
func (l *ledger) meanwhile(after time.Duration, dataset string, task indexing.Task, fails bool) {
	time.AfterFunc(after, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.note(dataset, task, fails)
	})
}

// during gives when each source was asked for within some time; meanwhile is what else happens.
func during(t *testing.T, l *ledger, lasting time.Duration, meanwhile func(), sources ...Source) map[string][]time.Duration {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l.opens()
		meanwhile()
		ctx, cancel := context.WithTimeout(t.Context(), lasting)
		defer cancel()
		Run(ctx, sources, l, slog.New(slog.DiscardHandler))
		synctest.Wait()
	})
	return l.asked
}

func TestEachSourceInItsTime(t *testing.T) {
	got := during(t, &ledger{}, 125*time.Minute, nothing, Source{"rfcs", time.Hour}, Source{"ids", 30 * time.Minute}, Source{"never", 0})
	want := map[string][]time.Duration{
		"rfcs": {100 * time.Second, 100*time.Second + time.Hour, 100*time.Second + 2*time.Hour},
		"ids":  {200 * time.Second, 200*time.Second + 30*time.Minute, 200*time.Second + time.Hour, 200*time.Second + 90*time.Minute, 200*time.Second + 2*time.Hour},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func nothing() {}

// minutes gives the whole minutes of some times.
func minutes(times []time.Duration) []int {
	var all []int
	for _, at := range times {
		all = append(all, int(at.Minutes()))
	}
	return all
}

func TestFailingSourceIsAskedLessOften(t *testing.T) {
	got := during(t, &ledger{failing: map[string]bool{"ids": true}}, 60*time.Minute, nothing, Source{"ids", time.Minute})
	if diff := cmp.Diff([]int{1, 2, 4, 8, 16, 32, 48}, minutes(got["ids"])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// The time that a look takes does not make the wait after it an interval longer.
func TestFailingSourceThatTakesItsTime(t *testing.T) {
	got := during(t, &ledger{failing: map[string]bool{"ids": true}, takes: 20 * time.Second}, 60*time.Minute, nothing, Source{"ids", time.Minute})
	if diff := cmp.Diff([]int{1, 2, 4, 8, 16, 32, 48}, minutes(got["ids"])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A source that has recovered, whoever looked at it, is looked at as often as ever.
func TestSourceThatHasRecovered(t *testing.T) {
	for name, test := range map[string]struct {
		mended time.Duration // from when on no look fails
		asked  bool          // whether somebody else asks then
		want   []int
	}{
		"the next look tells":  {20 * time.Minute, false, []int{1, 2, 4, 8, 16, 32, 33, 34, 35}},
		"somebody else's does": {20*time.Minute + 30*time.Second, true, []int{1, 2, 4, 8, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35}},
	} {
		t.Run(name, func(t *testing.T) {
			l := &ledger{failing: map[string]bool{"ids": true}}
			got := during(t, l, 36*time.Minute-time.Second, func() {
				time.AfterFunc(test.mended, func() {
					l.mu.Lock()
					defer l.mu.Unlock()
					l.failing = nil
				})
				if test.asked {
					l.meanwhile(test.mended, "ids", indexing.Task{Action: indexing.Index}, false)
				}
			}, Source{"ids", time.Minute})
			if diff := cmp.Diff(test.want, minutes(got["ids"])); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// What failed before a start may have been mended by it.
func TestFailingSourceIsLookedAtAfterAStart(t *testing.T) {
	l := &ledger{failing: map[string]bool{"ids": true}}
	got := during(t, l, 60*time.Minute, func() {
		for range 9 {
			l.note("ids", indexing.Task{Action: indexing.Index}, true)
		}
		time.Sleep(time.Second)
		l.begin = time.Now()
	}, Source{"ids", time.Minute})
	if diff := cmp.Diff([]int{1, 17, 33, 49}, minutes(got["ids"])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Of how it stands with a source, an indexing of some records says nothing, and neither does a reset.
func TestFailingSourceOfWhichSomeRecordsAreIndexed(t *testing.T) {
	l := &ledger{failing: map[string]bool{"ids": true}}
	got := during(t, l, 60*time.Minute, func() {
		refs := "draft-ietf-quic-http"
		l.meanwhile(7*time.Minute+30*time.Second, "ids", indexing.Task{Action: indexing.Index, Refs: &refs}, false)
		l.meanwhile(15*time.Minute+30*time.Second, "ids", indexing.Task{Action: indexing.Reset}, false)
	}, Source{"ids", time.Minute})
	if diff := cmp.Diff([]int{1, 2, 4, 8, 16, 32, 48}, minutes(got["ids"])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestGoesOnWhenTheQueueIsAway(t *testing.T) {
	l := &ledger{away: true}
	synctest.Test(t, func(t *testing.T) {
		l.opens()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute+time.Second)
		defer cancel()
		time.AfterFunc(150*time.Second, func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.away = false
		})
		Run(ctx, []Source{{"ids", time.Minute}}, l, slog.New(slog.DiscardHandler))
		synctest.Wait()
	})
	if len(l.asked["ids"]) != 3 {
		t.Errorf("asked at %v, want at minutes 3, 4 and 5", l.asked["ids"])
	}
}
