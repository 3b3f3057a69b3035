package external

import (
	"time"

	"github.com/maypok86/otter/v2"
)

// kept is an answer, or the failure to get one.
type kept[T any] struct {
	value  T
	err    error
	at     time.Time // when it was put here
	fresh  time.Time // until then it is the answer
	stale  time.Time // until then it is the answer, and renewed
	weight uint32
}

// newCache keeps answers until there are too many: an old one is still good while the service is down.
func newCache[T any]() *otter.Cache[string, kept[T]] {
	return otter.Must(&otter.Options[string, kept[T]]{
		MaximumWeight: cacheWeight,
		Weigher:       func(_ string, value kept[T]) uint32 { return value.weight },
	})
}

// answered keeps what the service said: an answer, or that there is none.
func (s *Source[T]) answered(key string, value T, err error, received int) {
	now := time.Now()
	entry := kept[T]{value: value, err: err, at: now, weight: weigh(key, received)}
	if err != nil {
		entry.fresh = now.Add(absent)
	} else {
		entry.fresh, entry.stale = now.Add(s.options.Fresh), now.Add(s.options.Stale)
	}
	s.cache.Set(key, entry)
}

// failed keeps that there was no answer to a question, for a short time. The last good answer stays, and
// so does anything that came in after the question.
func (s *Source[T]) failed(key string, asked time.Time, err error) {
	s.cache.Compute(key, func(old kept[T], known bool) (kept[T], otter.ComputeOp) {
		now := time.Now()
		switch {
		case known && old.at.After(asked):
			return old, otter.CancelOp
		case known && old.err == nil:
			old.fresh = now.Add(retry)
			return old, otter.WriteOp
		}
		return kept[T]{err: err, at: now, fresh: now.Add(retry), weight: weigh(key, 0)}, otter.WriteOp
	})
}

// weigh adds what an entry takes besides its answer.
func weigh(key string, received int) uint32 {
	return uint32(512 + len(key) + received) //nolint:gosec // keys and answers are bounded far below
}
