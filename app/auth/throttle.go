package auth

import (
	"net/netip"
	"sync"
	"time"
)

const (
	// allowance is how many wrong secrets in a row an address may send before it has to wait.
	allowance = 10
	// penalty is how long an address waits for each further one: 2880 guesses a day, of secrets with far more
	// than 2^64 values.
	penalty = 30 * time.Second
	// maxAddresses bounds the memory to some hundred kilobytes.
	maxAddresses = 4096
	// networkBits is what one customer has at least of IPv6 (RFC 6177): whoever has one address there has all.
	networkBits = 64
)

// Throttle makes those wait who send wrong secrets again and again, each address by itself, so that nobody can
// lock out others. It is a leaky bucket of failures: the zero value is empty and ready.
type Throttle struct {
	Now func() time.Time // the clock; nil: time.Now

	mu sync.Mutex
	// paid is when the failures of an address are forgotten; addresses without any are not kept.
	paid map[netip.Prefix]time.Time
}

// Wait tells how long an address has to wait before it may try again; zero: not at all.
func (t *Throttle) Wait(address string) time.Duration {
	now := t.now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if debt := t.paid[network(address)].Sub(now); debt > (allowance-1)*penalty {
		return debt - (allowance-1)*penalty
	}
	return 0
}

// Failed notes that an address sent a wrong secret.
func (t *Throttle) Failed(address string) {
	now, from := t.now(), network(address)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.paid == nil {
		t.paid = map[netip.Prefix]time.Time{}
	}
	paid, known := t.paid[from]
	if !known && len(t.paid) >= maxAddresses {
		t.forget(now)
	}
	if paid.Before(now) {
		paid = now
	}
	// Attempts that were under way at the same time make nobody wait for longer than one more.
	t.paid[from] = earlier(paid.Add(penalty), now.Add(allowance*penalty))
}

// forget drops the addresses without debt, and in any case the one with the least.
func (t *Throttle) forget(now time.Time) {
	var least netip.Prefix
	for address, paid := range t.paid {
		if !paid.After(now) {
			delete(t.paid, address)
		}
		if lowest, ok := t.paid[least]; !ok || paid.Before(lowest) {
			least = address
		}
	}
	if len(t.paid) >= maxAddresses {
		delete(t.paid, least)
	}
}

func (t *Throttle) now() time.Time {
	if t.Now != nil {
		return t.Now()
	}
	return time.Now()
}

// network gives what is throttled as one; addresses that cannot be read are.
func network(address string) netip.Prefix {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return netip.Prefix{}
	}
	ip = ip.Unmap().WithZone("")
	bits := ip.BitLen()
	if ip.Is6() {
		bits = networkBits
	}
	prefix, _ := ip.Prefix(bits) // the number of bits fits
	return prefix
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
