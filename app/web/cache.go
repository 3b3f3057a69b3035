package web

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

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
}

type kept struct {
	generation int64
	answer     *answer
}

func newAnswers(maxBytes uint64, generation Generation, measured *metrics.Cache) *answers {
	a := &answers{
		generation: generation,
		started:    time.Now(),
		measured:   measured,
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
		a.measured.Bypass()
		made, _, err := settled(ctx, a.generation, make)
		return made, err
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

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
