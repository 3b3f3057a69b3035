package admission

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// entered lets a client enter in the background, and returns how that ends.
type entered struct {
	leave func()
	err   error
	done  bool
}

func enter(ctx context.Context, q *Queue[string], client string) *entered {
	e := new(entered)
	go func() {
		e.leave, e.err = q.Enter(ctx, client)
		e.done = true
	}()
	synctest.Wait()
	return e
}

func TestQueueBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue[string](Limits{Total: 3, PerClient: 2, Waiting: 10, Patience: time.Second})
		a1, a2, a3 := enter(t.Context(), q, "a"), enter(t.Context(), q, "a"), enter(t.Context(), q, "a")
		require.True(t, a1.done && a2.done)
		require.False(t, a3.done, "a client has its bound")
		b1, b2 := enter(t.Context(), q, "b"), enter(t.Context(), q, "b")
		require.True(t, b1.done, "which others do not mind")
		require.False(t, b2.done, "all have a bound")
		running, waiting := q.Load()
		require.Equal(t, []int{3, 2}, []int{running, waiting})

		b1.leave()
		b1.leave() // a second time it does nothing
		synctest.Wait()
		require.True(t, b2.done)
		require.False(t, a3.done, "its client still has all that it may have")
		a1.leave()
		synctest.Wait()
		require.True(t, a3.done)
		for _, e := range []*entered{a2, a3, b2} {
			require.NoError(t, e.err)
			e.leave()
		}
		require.Empty(t, q.clients)
		require.Empty(t, q.turns)
	})
}

// Whoever has many in line does not keep others from having their turns.
func TestQueueIsFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue[string](Limits{Total: 1, PerClient: 1, Waiting: 100, Patience: time.Hour})
		first := enter(t.Context(), q, "a")
		var mu sync.Mutex
		var order string
		var group sync.WaitGroup
		for _, client := range []string{"a", "a", "a", "a", "b", "b", "c"} {
			group.Go(func() {
				leave, err := q.Enter(t.Context(), client)
				require.NoError(t, err)
				mu.Lock()
				order += client
				mu.Unlock()
				leave()
			})
			synctest.Wait()
		}
		first.leave()
		group.Wait()
		require.Equal(t, "abcabaa", order)
	})
}

func TestQueueRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue[string](Limits{Total: 1, PerClient: 1, Waiting: 4, Patience: 2 * time.Second})
		running := enter(t.Context(), q, "a")
		began := time.Now()
		own, other := enter(t.Context(), q, "a"), enter(t.Context(), q, "b")
		time.Sleep(2 * time.Second)
		synctest.Wait()
		require.Equal(t, 2*time.Second, time.Since(began))
		require.ErrorIs(t, own.err, ErrClient)
		require.ErrorIs(t, other.err, ErrFull)

		ctx, cancel := context.WithCancel(t.Context())
		gone := enter(ctx, q, "b")
		cancel()
		synctest.Wait()
		require.ErrorIs(t, gone.err, context.Canceled)

		var all []*entered
		for range 4 {
			all = append(all, enter(t.Context(), q, "a"))
		}
		require.ErrorIs(t, enter(t.Context(), q, "a").err, ErrClient, "the line is full")
		late := enter(t.Context(), q, "b")
		require.False(t, late.done, "the longest line makes room for a short one")
		require.ErrorIs(t, all[3].err, ErrClient)
		last := enter(t.Context(), q, "c")
		require.False(t, last.done)
		require.ErrorIs(t, enter(t.Context(), q, "b").err, ErrClient, "no line would be shorter for it")
		running.leave()
		for _, e := range []*entered{all[0], late, last} {
			synctest.Wait()
			require.True(t, e.done, "clients take turns")
			e.leave()
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		q.mu.Lock()
		defer q.mu.Unlock()
		require.Zero(t, q.waiting)
		require.Empty(t, q.turns)
	})
}

// Whoever leaves while being admitted does not keep the place.
func TestQueueLosesNoPlace(t *testing.T) {
	q := NewQueue[int](Limits{Total: 2, PerClient: 1, Waiting: 6, Patience: 50 * time.Microsecond})
	var group sync.WaitGroup
	for client := range 8 {
		group.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(client)))
			for range 300 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(100))*time.Microsecond)
				if leave, err := q.Enter(ctx, client/2); err == nil {
					running, _ := q.Load()
					if running > 2 {
						t.Errorf("%d run at once", running)
					}
					leave()
				}
				cancel()
			}
		})
	}
	group.Wait()
	running, waiting := q.Load()
	require.Zero(t, running)
	require.Zero(t, waiting)
	require.Empty(t, q.clients)
}
