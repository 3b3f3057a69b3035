package external

import (
	"errors"

	"github.com/sony/gobreaker/v2"

	"github.com/ietf-tools/bibxml/app/fault"
)

// newBreaker makes what stops asking a service that fails again and again: it spares the visitors the wait,
// and the service the load while it comes back. Only silence counts as failure: an answer that cannot be
// read is about one document, and visitors must not be able to cut all others off by asking for it.
func newBreaker[T any](options Options) *gobreaker.CircuitBreaker[T] {
	return gobreaker.NewCircuitBreaker[T](gobreaker.Settings{
		Name:        options.Name,
		Timeout:     pause,
		ReadyToTrip: func(counts gobreaker.Counts) bool { return counts.ConsecutiveFailures >= failures },
		IsSuccessful: func(err error) bool {
			return !fault.Is(err, fault.Upstream) || errors.Is(err, errUnreadable)
		},
		OnStateChange: func(name string, from, to gobreaker.State) {
			options.Log.Warn("external source", "source", name, "was", from.String(), "is", to.String())
		},
	})
}
