package web

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
)

// moving is an index that goes to the next state during each reading for which it says so.
type moving struct {
	state  int64
	known  bool
	moves  []bool
	failed error
	read   int
}

func (m *moving) Generation() (int64, bool) { return m.state, m.known }

func (m *moving) Published() time.Time { return time.Time{} }

func (m *moving) Last() (int64, time.Time) { return 0, time.Time{} }

func (m *moving) Confirm(context.Context) (int64, error) { return m.state, m.failed }

// reading gives the state that it began in: of what else is read, some would be of the next.
func (m *moving) reading(context.Context) (int64, error) {
	began := m.state
	if m.read < len(m.moves) && m.moves[m.read] {
		m.state++
	}
	m.read++
	return began, nil
}

func TestAnswersAreOfOneState(t *testing.T) {
	away := fault.New(fault.Unavailable, "away")
	for _, tt := range []struct {
		name        string
		index       moving
		value, want int64
		reads       int
	}{
		{"nothing happens", moving{state: 5, known: true}, 5, 5, 1},
		{"a state is published meanwhile", moving{state: 5, known: true, moves: []bool{true}}, 6, 6, 2},
		{"two are", moving{state: 5, known: true, moves: []bool{true, true}}, 7, 7, 3},
		{"without end", moving{state: 5, known: true, moves: []bool{true, true, true, true, true}}, 8, unsettled, settleAttempts},
		{"the current state is not known", moving{state: 5, moves: []bool{true}}, 6, 6, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			value, state, err := settled(t.Context(), &tt.index, tt.index.reading)
			require.NoError(t, err)
			require.Equal(t, tt.value, value)
			require.Equal(t, tt.want, state)
			require.Equal(t, tt.reads, tt.index.read)
		})
	}
	t.Run("what was not found in one state is looked for in the next", func(t *testing.T) {
		index := &moving{state: 5, known: true, moves: []bool{true}}
		value, _, err := settled(t.Context(), index, func(ctx context.Context) (int64, error) {
			if began, _ := index.reading(ctx); began > 5 {
				return began, nil
			}
			return 0, fault.New(fault.NotFound, "between two states")
		})
		require.NoError(t, err)
		require.EqualValues(t, 6, value)
	})
	t.Run("other failures are told at once", func(t *testing.T) {
		index := &moving{state: 5, known: true}
		broken := errors.New("broken")
		_, _, err := settled(t.Context(), index, func(context.Context) (int64, error) { return 0, broken })
		require.ErrorIs(t, err, broken)
	})
	t.Run("what cannot be confirmed is not told", func(t *testing.T) {
		index := &moving{state: 5, known: true, failed: away}
		_, _, err := settled(t.Context(), index, index.reading)
		require.ErrorIs(t, err, away)
	})
}

// An answer that was made while the state changed is kept as one of the state that it is of.
func TestKeptAnswersAreOfTheirState(t *testing.T) {
	index := &moving{state: 5, known: true, moves: []bool{true}}
	kept := newAnswers(1<<20, time.Minute, index, metrics.NewHits(prometheus.NewRegistry()).Cache)
	read := func(ctx context.Context) (*answer, error) {
		state, err := index.reading(ctx)
		return newAnswer(typeXML, []byte{byte('0' + state)}), err
	}
	for range 2 {
		a, err := kept.get(t.Context(), "key", read)
		require.NoError(t, err)
		require.Equal(t, "6", string(a.body))
	}
	require.Equal(t, 2, index.read, "the second answer is the one that was kept")
}
