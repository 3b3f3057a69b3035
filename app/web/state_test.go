package web

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

// slowHealth answers when it is let, and nobody who has left.
type slowHealth struct {
	asked int
	let   chan []SourceAge
}

func (h *slowHealth) Ages(ctx context.Context) ([]SourceAge, error) {
	h.asked++
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	select {
	case ages := <-h.let:
		return ages, nil
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, ctx.Err(), "away")
	}
}

// While the database does not answer, one visitor in a while waits for the ages of the sources, and all others go without.
func TestNobodyQueuesForTheAgesOfSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		health := &slowHealth{let: make(chan []SourceAge)}
		s := &Server{Deps: Deps{Health: health}}
		began := time.Now()
		first := make(chan struct{})
		go func() {
			defer close(first)
			require.Empty(t, s.checked(t.Context()))
		}()
		synctest.Wait()
		for range 10 {
			require.Empty(t, s.checked(t.Context()))
		}
		require.Zero(t, time.Since(began), "they waited for the first")
		<-first
		require.Equal(t, agesTimeout, time.Since(began))
		require.Empty(t, s.checked(t.Context()))
		require.Equal(t, agesTimeout, time.Since(began), "the failure was tried again")
		require.Equal(t, 1, health.asked)

		time.Sleep(agesKept)
		go func() { health.let <- []SourceAge{{Dataset: "rfcs", Age: time.Hour}, {Dataset: "ids", Never: true}} }()
		told := map[string]time.Time{"rfcs": time.Now().Add(-time.Hour)}
		require.Equal(t, told, s.checked(t.Context()))

		time.Sleep(agesKept + 1)
		require.Equal(t, told, s.checked(t.Context()), "what was told before is better than nothing")
		require.Equal(t, 3, health.asked)
	})
}

// That whoever asks first leaves is no reason for the others to go without.
func TestAgesOutliveTheVisitorWhoAsks(t *testing.T) {
	health := &slowHealth{let: make(chan []SourceAge, 1)}
	health.let <- []SourceAge{{Dataset: "rfcs"}}
	gone, leave := context.WithCancel(t.Context())
	leave()
	s := &Server{Deps: Deps{Health: health}}
	require.Contains(t, s.checked(gone), "rfcs")
}
