// Package external asks services of others on behalf of visitors, so that nobody here waits for long or
// gets an error because somebody else is slow or down (docs/adr/0009).
// What is asked, and what the answers mean, is left to the packages below it.
package external

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/sony/gobreaker/v2"
	"golang.org/x/sync/singleflight"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Options say whom to ask and how.
type Options struct {
	Name      string        // of the service, for messages and logs
	URL       string        // of the service; no other host is ever asked
	UserAgent string        // tells the service who asks
	Patience  time.Duration // how long a visitor waits for an answer
	Timeout   time.Duration // how long a look-up may take, which goes on when nobody waits any more
	Fresh     time.Duration // how long an answer is good as it is
	Stale     time.Duration // how long an answer is good while it is renewed
	Parallel  int           // look-ups at the same time
	// Observe is told of every look-up how it ended (one of the outcomes) and how long it took.
	Observe func(outcome string, took time.Duration)
	Log     *slog.Logger
}

// Outcomes of a look-up.
const (
	Success  = "success"
	NotFound = "not_found"
	Failure  = "failure"
	Timeout  = "timeout"
	Rejected = "rejected" // not asked: too many failures before, or too many others wait
)

const (
	// cacheWeight bounds the memory for answers, roughly: they are weighed by what was received.
	cacheWeight = 16 << 20
	// absent is how long "there is no such document" is believed.
	absent = 10 * time.Minute
	// retry is how long a failure is believed, of one document.
	retry = 15 * time.Second
	// failures in a row after which nothing is asked for a pause; then one look-up tries again.
	failures = 5
	pause    = 30 * time.Second
	// queue is how many look-ups may wait for each that is under way.
	queue = 16
)

// Lookup gets one answer. It fails with fault.NotFound when there is none; what Fetch.JSON fails with can be
// passed on. It must give up when the context ends.
type Lookup[T any] func(ctx context.Context, fetch *Fetch) (T, error)

// Source is a service of somebody else's. It is safe for concurrent use; its answers are shared, so they must
// not be changed.
type Source[T any] struct {
	options Options
	client  *client
	breaker *gobreaker.CircuitBreaker[T]
	cache   *otter.Cache[string, kept[T]]
	flights singleflight.Group
	queued  chan struct{} // holds one for each look-up that was begun
	running chan struct{} // holds one for each that is under way
}

// New fails when the address is none of HTTP.
func New[T any](options Options) (*Source[T], error) {
	client, err := newClient(options)
	if err != nil {
		return nil, fmt.Errorf("external source %s: %w", options.Name, err)
	}
	return &Source[T]{
		options: options,
		client:  client,
		breaker: newBreaker[T](options),
		cache:   newCache[T](),
		queued:  make(chan struct{}, queue*options.Parallel),
		running: make(chan struct{}, options.Parallel),
	}, nil
}

// Ask gives the answer under a key, by a look-up unless one is kept. However many ask, one look-up is under
// way. It fails with fault.NotFound when there is none, and with fault.Upstream when nobody can tell: then
// there is not even an old answer.
func (s *Source[T]) Ask(ctx context.Context, key string, lookup Lookup[T]) (T, error) {
	now := time.Now()
	old, known := s.cache.GetIfPresent(key)
	switch {
	case known && now.Before(old.fresh):
		return old.value, old.err
	case known && old.err == nil && now.Before(old.stale):
		s.fly(key, lookup)
		return old.value, nil
	}
	value, err := s.wait(ctx, key, now, s.fly(key, lookup))
	if known && old.err == nil && fault.Is(err, fault.Upstream) {
		return old.value, nil
	}
	return value, err
}

// wait gives the result of a flight, or fails when patience ends before.
func (s *Source[T]) wait(ctx context.Context, key string, asked time.Time, flight <-chan singleflight.Result) (T, error) {
	var none T
	patience := time.NewTimer(s.options.Patience)
	defer patience.Stop()
	select {
	case result := <-flight:
		value, _ := result.Val.(T)
		return value, result.Err
	case <-ctx.Done():
		return none, s.silent(ctx.Err())
	case <-patience.C:
		err := s.silent(context.DeadlineExceeded)
		s.failed(key, asked, err) // who asks meanwhile need not wait again
		return none, err
	}
}

// fly begins a look-up, or joins the one that is under way.
func (s *Source[T]) fly(key string, lookup Lookup[T]) <-chan singleflight.Result {
	return s.flights.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.Background(), s.options.Timeout)
		defer cancel()
		begun, fetch := time.Now(), &Fetch{client: s.client}
		value, err := s.lookUp(ctx, lookup, fetch)
		s.observe(err, time.Since(begun))
		if fault.Is(err, fault.Upstream) {
			s.failed(key, begun, err)
		} else {
			s.answered(key, value, err, fetch.received)
		}
		return value, err
	})
}

// lookUp runs a look-up when the breaker and the queue have it.
func (s *Source[T]) lookUp(ctx context.Context, lookup Lookup[T], fetch *Fetch) (T, error) {
	var none T
	select {
	case s.queued <- struct{}{}:
		defer func() { <-s.queued }()
	default:
		return none, s.silent(errBusy)
	}
	value, err := s.breaker.Execute(func() (T, error) {
		select {
		case s.running <- struct{}{}:
			defer func() { <-s.running }()
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return none, s.silent(err)
		}
		return recovered(ctx, lookup, fetch)
	})
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		err = s.silent(err)
	}
	return value, err
}

// recovered makes an error of a panic: it would end the whole program, since no request is there to catch it.
func recovered[T any](ctx context.Context, lookup Lookup[T], fetch *Fetch) (value T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("look-up panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return lookup(ctx, fetch)
}

var errBusy = errors.New("too many look-ups are waiting")

// silent is the failure of a service that does not answer.
func (s *Source[T]) silent(cause error) error { return s.client.unanswered(cause) }

func (s *Source[T]) observe(err error, took time.Duration) {
	outcome := Failure
	switch {
	case err == nil:
		outcome = Success
	case fault.Is(err, fault.NotFound):
		outcome = NotFound
	case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests), errors.Is(err, errBusy):
		outcome = Rejected
	case errors.Is(err, context.DeadlineExceeded):
		outcome = Timeout
	}
	s.options.Observe(outcome, took)
	if outcome == Failure || outcome == Timeout {
		s.options.Log.Warn("external source failed", "source", s.options.Name, "outcome", outcome, "took", took.String(), "error", err)
	}
}
