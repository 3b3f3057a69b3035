package external

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

// These tests run in the time of a synctest bubble: an hour passes at once, and always the same.

const (
	patience = 800 * time.Millisecond
	timeout  = 5 * time.Second
	fresh    = 10 * time.Minute
	stale    = time.Hour
)

// watched is a source whose outcomes are noted.
type watched struct {
	*Source[string]
	mu       sync.Mutex
	outcomes []string
	lookups  int
}

func watch(t *testing.T) *watched {
	t.Helper()
	w := &watched{}
	var err error
	w.Source, err = New[string](Options{
		Name: "Library", URL: "http://library.example", Patience: patience, Timeout: timeout, Fresh: fresh, Stale: stale, Parallel: 2,
		Observe: func(outcome string, _ time.Duration) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.outcomes = append(w.outcomes, outcome)
		},
		Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return w
}

// says is a look-up that takes a while and gives an answer or a failure.
func (w *watched) says(answer string, err error, took time.Duration) Lookup[string] {
	return func(ctx context.Context, _ *Fetch) (string, error) {
		w.mu.Lock()
		w.lookups++
		w.mu.Unlock()
		select {
		case <-time.After(took):
			return answer, err
		case <-ctx.Done():
			return "", w.silent(ctx.Err())
		}
	}
}

func (w *watched) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lookups
}

func (w *watched) ended() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.outcomes)
}

var (
	errDown    = fault.New(fault.Upstream, "down")
	errUnknown = fault.New(fault.NotFound, "unknown")
)

const (
	soon = time.Millisecond
	hang = time.Hour
)

func TestAnswersAreKept(t *testing.T) {
	for _, c := range []struct {
		name    string
		after   time.Duration
		then    string // what the service says later
		err     error
		took    time.Duration
		want    string
		lookups int
	}{
		{"fresh", fresh - 1, "new", nil, soon, "old", 1},
		{"stale: the old one at once, while it is renewed", fresh, "new", nil, soon, "old", 2},
		{"too old: the new one", stale, "new", nil, soon, "new", 2},
		{"too old, and the service is down", stale, "", errDown, soon, "old", 2},
		{"too old, and the service hangs", stale, "", nil, hang, "old", 2},
		{"weeks later, and the service is down", 30 * 24 * time.Hour, "", errDown, soon, "old", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := watch(t)
				_, err := w.Ask(t.Context(), "key", w.says("old", nil, soon))
				require.NoError(t, err)
				time.Sleep(c.after)
				got, err := w.Ask(t.Context(), "key", w.says(c.then, c.err, c.took))
				require.NoError(t, err)
				require.Equal(t, c.want, got)
				time.Sleep(timeout)
				require.Equal(t, c.lookups, w.count())
			})
		})
	}
}

func TestRenewedAnswerIsTheNextOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t)
		_, err := w.Ask(t.Context(), "key", w.says("old", nil, soon))
		require.NoError(t, err)
		time.Sleep(fresh)
		_, err = w.Ask(t.Context(), "key", w.says("new", nil, soon))
		require.NoError(t, err)
		time.Sleep(2 * soon)
		got, err := w.Ask(t.Context(), "key", w.says("never", nil, soon))
		require.NoError(t, err)
		require.Equal(t, "new", got)
	})
}

// A hundred who ask at once make one look-up.
func TestOneFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t)
		var asking sync.WaitGroup
		for range 100 {
			asking.Go(func() {
				got, err := w.Ask(t.Context(), "key", w.says("answer", nil, patience/2))
				if err != nil || got != "answer" {
					t.Errorf("got %q, %v", got, err)
				}
			})
		}
		asking.Wait()
		require.Equal(t, 1, w.count())
		require.Equal(t, []string{Success}, w.ended())
	})
}

func TestNobodyWaitsLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t)
		begun := time.Now() // the clock of the bubble: exact
		_, err := w.Ask(t.Context(), "key", w.says("late", nil, 2*time.Second))
		require.True(t, fault.Is(err, fault.Upstream), "%v", err)
		require.Equal(t, patience, time.Since(begun))

		_, err = w.Ask(t.Context(), "key", w.says("another", nil, soon))
		require.True(t, fault.Is(err, fault.Upstream), "the second one does not wait again: %v", err)
		require.Equal(t, patience, time.Since(begun))

		time.Sleep(2 * time.Second)
		got, err := w.Ask(t.Context(), "key", w.says("another", nil, soon))
		require.NoError(t, err)
		require.Equal(t, "late", got, "the look-up went on, and its answer is kept")
	})
}

func TestVisitorsMayLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t)
		ctx, leave := context.WithCancel(t.Context())
		leave()
		_, err := w.Ask(ctx, "key", w.says("answer", nil, soon))
		require.ErrorIs(t, err, context.Canceled)
		time.Sleep(soon)
		got, err := w.Ask(t.Context(), "key", w.says("another", nil, soon))
		require.NoError(t, err)
		require.Equal(t, "answer", got)
	})
}

func TestAbsenceAndFailureAreKeptForAWhile(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		kept time.Duration
	}{
		{"not found", errUnknown, absent},
		{"down", errDown, retry},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := watch(t)
				for range 3 {
					_, err := w.Ask(t.Context(), "key", w.says("", c.err, soon))
					require.Equal(t, fault.Of(c.err), fault.Of(err))
				}
				require.Equal(t, 1, w.count())
				time.Sleep(c.kept)
				got, err := w.Ask(t.Context(), "key", w.says("there", nil, soon))
				require.NoError(t, err)
				require.Equal(t, "there", got)
			})
		})
	}
}

func TestBreaker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t)
		ask := func(key string, lookup Lookup[string]) error {
			_, err := w.Ask(t.Context(), key, lookup)
			return err
		}
		for i := range failures {
			require.True(t, fault.Is(ask(string(rune('a'+i)), w.says("", errDown, soon)), fault.Upstream))
		}
		require.Equal(t, failures, w.count())
		require.True(t, fault.Is(ask("z", w.says("answer", nil, soon)), fault.Upstream), "open: nobody is asked")
		require.Equal(t, failures, w.count())
		require.Equal(t, Rejected, w.ended()[failures])

		time.Sleep(pause + 1)
		require.Error(t, ask("a", w.says("", errDown, soon)), "one may try again")
		require.Error(t, ask("b", w.says("answer", nil, soon)), "it failed: open again")
		require.Equal(t, failures+1, w.count())

		time.Sleep(pause + 1)
		require.NoError(t, ask("a", w.says("answer", nil, soon)))
		require.NoError(t, ask("b", w.says("answer", nil, soon)), "closed")
	})
}

// What visitors ask for must not cut others off: only silence opens the breaker.
func TestBreakerStaysClosed(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
	}{
		{"documents that do not exist", errUnknown},
		{"answers that cannot be read", fault.Wrap(fault.Upstream, errUnreadable, "unreadable")},
		{"a defect of ours", errors.New("defect")},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := watch(t)
				for i := range 3 * failures {
					_, err := w.Ask(t.Context(), string(rune('a'+i)), w.says("", c.err, soon))
					require.ErrorIs(t, err, c.err)
				}
				got, err := w.Ask(t.Context(), "key", w.says("answer", nil, soon))
				require.NoError(t, err)
				require.Equal(t, "answer", got)
			})
		})
	}
}

func TestFewAtATimeAndNoEndlessQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := watch(t)
		stubborn := func(context.Context, *Fetch) (string, error) {
			w.mu.Lock()
			w.lookups++
			w.mu.Unlock()
			time.Sleep(2 * timeout)
			return "", errDown
		}
		var asking sync.WaitGroup
		for i := range 2*queue + 8 {
			asking.Go(func() { _, _ = w.Ask(t.Context(), string(rune('a'+i)), stubborn) })
		}
		asking.Wait()
		require.Equal(t, 2, w.count(), "two are under way")
		require.Len(t, w.ended(), 8, "those beyond the queue are turned away")
		time.Sleep(3 * timeout)
		require.Equal(t, 2, w.count(), "who waited in the queue for too long is not asked about any more")
	})
}

// A panic outside of any request would end the program.
func TestPanicIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := watch(t).Ask(t.Context(), "key", func(context.Context, *Fetch) (string, error) { panic("defect") })
		require.ErrorContains(t, err, "defect")
		require.Equal(t, fault.Internal, fault.Of(err))
	})
}

func TestAddressIsChecked(t *testing.T) {
	for _, address := range []string{"", "library.example", "ftp://library.example", "http://", "http://\x7f"} {
		_, err := New[string](Options{Name: "Library", URL: address})
		require.ErrorContains(t, err, "Library", address)
	}
}
