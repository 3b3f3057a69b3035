package admission

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func newBudget(perMinute, estimate time.Duration) (*Budget[string], *time.Time) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	b := NewBudget[string](perMinute, estimate)
	b.now = func() time.Time { return now }
	return b, &now
}

func TestBudgetIsTakenInAdvance(t *testing.T) {
	b, now := newBudget(time.Minute, 5*time.Second)
	var settles []func(time.Duration)
	for {
		settle, _, wait := b.Reserve("a")
		if settle == nil {
			require.Equal(t, time.Millisecond, wait, "one that runs may end at any time")
			break
		}
		settles = append(settles, settle)
	}
	require.Len(t, settles, 24, "two minutes are enough for so many of five seconds")
	settle, _, _ := b.Reserve("b")
	require.NotNil(t, settle, "of another client")

	for _, settle := range settles {
		settle(100 * time.Millisecond)
	}
	settle, left, _ := b.Reserve("a")
	require.NotNil(t, settle)
	require.Equal(t, 2*time.Minute-2400*time.Millisecond, left, "they took less")
	settle(200 * time.Second)
	_, left, wait := b.Reserve("a")
	require.Equal(t, -82400*time.Millisecond, left, "and this one more")
	require.Equal(t, 82401*time.Millisecond, wait)
	*now = now.Add(wait)
	settle, _, _ = b.Reserve("a")
	require.NotNil(t, settle)
	settle(0)
	*now = now.Add(time.Hour)
	_, left, _ = b.Reserve("a")
	require.Equal(t, b.Most(), left)
}

func TestSmallBudgetIsNotReservedAtOnce(t *testing.T) {
	b, _ := newBudget(4*time.Second, 5*time.Second)
	for range 8 {
		settle, _, _ := b.Reserve("a")
		require.NotNil(t, settle)
	}
	settle, _, _ := b.Reserve("a")
	require.Nil(t, settle)
}

func TestManyQuickPiecesAreWelcome(t *testing.T) {
	b, _ := newBudget(10*time.Second, 5*time.Second)
	for range 5000 {
		settle, _, _ := b.Reserve("a")
		require.NotNil(t, settle)
		settle(time.Millisecond)
	}
}

func TestBudgetWithoutLimit(t *testing.T) {
	b, _ := newBudget(0, 5*time.Second)
	for range 100 {
		settle, _, _ := b.Reserve("a")
		require.NotNil(t, settle)
		settle(time.Hour)
	}
	require.False(t, b.Limited())
}
