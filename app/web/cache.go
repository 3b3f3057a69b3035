package web

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
)

// answers keeps complete answers for as long as the index does not change. Every entry carries the
// generation of the index that all of it is of; an entry of another generation than the current one is not used.
//
// The caches of strings hold pointers, so that the program has the code of one and not of each: 300 KB.
type answers struct {
	cache      *otter.Cache[string, *kept]
	generation Generation
	started    time.Time // another version of the program may answer differently
	measured   *metrics.Cache

	staleIfError time.Duration // how long answers are sent after the database was reached last
	outage       outage
}

type kept struct {
	generation int64
	answer     *answer
}

func newAnswers(maxBytes uint64, staleIfError time.Duration, generation Generation, measured *metrics.Cache) *answers {
	a := &answers{
		generation:   generation,
		started:      time.Now(),
		measured:     measured,
		staleIfError: staleIfError,
		cache: otter.Must(&otter.Options[string, *kept]{
			MaximumWeight: maxBytes,
			Weigher: func(key string, value *kept) uint32 {
				return uint32(len(key) + value.answer.size()) //nolint:gosec // answers have far less than 4 GB
			},
		}),
	}
	measured.Watch(func() (int, uint64) { return a.cache.EstimatedSize(), a.cache.WeightedSize() })
	return a
}

// get gives the answer kept under the key, or makes it and keeps it. A failure is not kept, nor is a fleeting answer.
func (a *answers) get(ctx context.Context, key string, make func(context.Context) (*answer, error)) (*answer, error) {
	current, known := a.generation.Generation()
	if !known {
		return a.unknown(ctx, key, make)
	}
	if found, ok := a.cache.GetIfPresent(key); ok && found.generation == current {
		a.measured.Hit()
		return found.answer, nil
	}
	a.measured.Miss()
	made, state, err := settled(ctx, a.generation, make)
	if err != nil {
		return nil, err
	}
	if made.fleeting || state == unsettled {
		return made, nil
	}
	if published := a.generation.Published(); !published.IsZero() {
		made.modified = later(published, a.started)
	}
	a.cache.Set(key, &kept{generation: state, answer: made})
	return made, nil
}

// unknown returns an answer while the current state of the index is unknown. If the database cannot be reached, that is
// the kept answer of the state that was known last, marked as stale.
func (a *answers) unknown(ctx context.Context, key string, make func(context.Context) (*answer, error)) (made *answer, err error) {
	ask := func() (err error) {
		made, _, err = settled(ctx, a.generation, make)
		return err
	}
	state, age, ok := a.lastKnown()
	found, present := a.cache.GetIfPresent(key)
	if !ok || !present || found.generation != state {
		a.measured.Bypass()
		err = ask()
		return made, err
	}
	if err = a.outage.attempt(ask); fault.Is(err, fault.Unavailable) {
		a.measured.Stale()
		return found.answer.stale(age), nil
	}
	a.measured.Bypass()
	return made, err
}

// lastKnown returns the state of the index that was current last and how long ago that was, while the current one is
// unknown; ok is false once that is too long ago.
func (a *answers) lastKnown() (state int64, age time.Duration, ok bool) {
	if _, known := a.generation.Generation(); known {
		return 0, 0, false
	}
	state, at := a.generation.Last()
	age = time.Since(at)
	return state, age, age < a.staleIfError
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
