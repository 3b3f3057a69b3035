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

// ledger notes when each dataset was asked for. Every task of a dataset in failing has failed.
type ledger struct {
	mu      sync.Mutex
	begin   time.Time
	failing map[string]bool
	asked   map[string][]time.Duration
	away    bool
}

func (l *ledger) Enqueue(_ context.Context, request indexing.Request) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if request.By != "schedule" {
		return "", errors.New("it does not say who asks")
	}
	l.asked[request.Dataset] = append(l.asked[request.Dataset], time.Since(l.begin))
	return "id", nil
}

func (l *ledger) Tasks(_ context.Context, dataset string) ([]indexing.Task, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		return nil, errors.New("away")
	}
	now := time.Now()
	tasks := []indexing.Task{{}} // one that waits
	for range l.asked[dataset] {
		task := indexing.Task{CompletedAt: &now}
		if l.failing[dataset] {
			task.Error = &indexing.TaskError{}
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

func during(t *testing.T, l *ledger, lasting time.Duration, sources ...Source) map[string][]time.Duration {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l.begin, l.asked = time.Now(), map[string][]time.Duration{}
		ctx, cancel := context.WithTimeout(t.Context(), lasting)
		defer cancel()
		Run(ctx, sources, l, slog.New(slog.DiscardHandler))
		synctest.Wait()
	})
	return l.asked
}

func TestEachSourceInItsTime(t *testing.T) {
	got := during(t, &ledger{}, 125*time.Minute, Source{"rfcs", time.Hour}, Source{"ids", 30 * time.Minute}, Source{"never", 0})
	want := map[string][]time.Duration{
		"rfcs": {100 * time.Second, 100*time.Second + time.Hour, 100*time.Second + 2*time.Hour},
		"ids":  {200 * time.Second, 200*time.Second + 30*time.Minute, 200*time.Second + time.Hour, 200*time.Second + 90*time.Minute, 200*time.Second + 2*time.Hour},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFailingSourceIsAskedLessOften(t *testing.T) {
	got := during(t, &ledger{failing: map[string]bool{"ids": true}}, 60*time.Minute, Source{"ids", time.Minute})
	var minutes []int
	for _, at := range got["ids"] {
		minutes = append(minutes, int(at.Minutes()))
	}
	if diff := cmp.Diff([]int{1, 2, 4, 8, 16, 32, 48}, minutes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestGoesOnWhenTheQueueIsAway(t *testing.T) {
	l := &ledger{away: true}
	synctest.Test(t, func(t *testing.T) {
		l.begin, l.asked = time.Now(), map[string][]time.Duration{}
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
