package admission

import (
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
)

// maxClients bounds how many clients are remembered; those that have not worked for longest are
// forgotten first.
const maxClients = 10_000

// Budget limits the time for which each client works. What counts is the time that its work took, so that thousands of quick
// pieces are as welcome as a few that take long. While a piece of work runs it counts with what it may take, so that
// many at once cannot spend what is there only once.
type Budget[K comparable] struct {
	perMinute time.Duration
	estimate  time.Duration
	accounts  *otter.Cache[K, *account]
	now       func() time.Time
}

// account is the time that a client has left; less than none while it owes some.
type account struct {
	mu       sync.Mutex
	left     time.Duration
	at       time.Time
	reserved int // pieces of work that have not ended
}

// NewBudget returns a budget of so much time for each client in each minute, and twice as much at first. Zero is
// without limit. Work that has not ended counts with the estimate, or with a quarter of what there is for a minute if
// that is less.
func NewBudget[K comparable](perMinute, estimate time.Duration) *Budget[K] {
	return &Budget[K]{
		perMinute: perMinute,
		estimate:  min(estimate, perMinute/4),
		accounts:  otter.Must(&otter.Options[K, *account]{MaximumSize: maxClients}),
		now:       time.Now,
	}
}

// Limited reports whether there is a limit.
func (b *Budget[K]) Limited() bool { return b.perMinute > 0 }

// Most returns the most that a client can have left.
func (b *Budget[K]) Most() time.Duration { return 2 * b.perMinute }

// Reserve takes the estimate from what a client has left, which it returns; settle replaces the estimate by what the
// work really took. When nothing is left, settle is nil and wait is how long it takes until something is.
func (b *Budget[K]) Reserve(key K) (settle func(took time.Duration), left, wait time.Duration) {
	if !b.Limited() {
		return func(time.Duration) {}, 0, 0
	}
	a, _ := b.accounts.ComputeIfAbsent(key, func() (*account, bool) {
		return &account{left: b.Most(), at: b.now()}, false
	})
	a.mu.Lock()
	defer a.mu.Unlock()
	b.refill(a)
	if left = a.left; left <= 0 {
		wait = time.Duration(float64(-left+time.Millisecond) / b.rate())
		if a.reserved > 0 { // of what they reserved, most comes back
			wait = min(wait, b.estimate)
		}
		return nil, left, wait
	}
	a.left -= b.estimate
	a.reserved++
	return func(took time.Duration) {
		a.mu.Lock()
		defer a.mu.Unlock()
		b.refill(a)
		a.reserved--
		a.left = min(a.left+b.estimate-took, b.Most())
	}, left, 0
}

// refill adds the time that has come back.
func (b *Budget[K]) refill(a *account) {
	now := b.now()
	if passed := now.Sub(a.at); passed > 0 {
		a.left, a.at = min(a.left+time.Duration(float64(passed)*b.rate()), b.Most()), now
	}
}

// rate is how much time comes back in a unit of time.
func (b *Budget[K]) rate() float64 { return b.perMinute.Seconds() / time.Minute.Seconds() }
