package auth_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/auth"
)

func fail(throttle *auth.Throttle, address string, times int) {
	for range times {
		throttle.Failed(address)
	}
}

func TestThrottle(t *testing.T) {
	tests := []struct {
		name    string
		failed  string
		times   int
		passed  time.Duration // since then
		address string
		wait    time.Duration
	}{
		{"nothing failed", "192.0.2.1", 0, 0, "192.0.2.1", 0},
		{"a few times", "192.0.2.1", 9, 0, "192.0.2.1", 0},
		{"too often", "192.0.2.1", 10, 0, "192.0.2.1", 30 * time.Second},
		{"far too often", "192.0.2.1", 1000, 0, "192.0.2.1", 30 * time.Second},
		{"some time passes", "192.0.2.1", 10, 20 * time.Second, "192.0.2.1", 10 * time.Second},
		{"enough time passes", "192.0.2.1", 10, 30 * time.Second, "192.0.2.1", 0},
		{"another address", "192.0.2.1", 1000, 0, "192.0.2.2", 0},
		{"the same in IPv6", "192.0.2.1", 1000, 0, "::ffff:192.0.2.1", 30 * time.Second},
		{"another of the same customer", "2001:db8:1:2::1", 1000, 0, "2001:db8:1:2:ffff::9", 30 * time.Second},
		{"with a zone", "fe80::1%eth0", 1000, 0, "fe80::2", 30 * time.Second},
		{"another customer", "2001:db8:1:2::1", 1000, 0, "2001:db8:1:3::1", 0},
		{"no addresses", "unix", 1000, 0, "", 30 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			clock := &clock{time.Now()}
			throttle := &auth.Throttle{Now: clock.Now}
			fail(throttle, test.failed, test.times)
			clock.now = clock.now.Add(test.passed)
			require.Equal(t, test.wait, throttle.Wait(test.address))
		})
	}
}

func TestThrottleRecovers(t *testing.T) {
	clock := &clock{time.Now()}
	throttle := &auth.Throttle{Now: clock.Now}
	fail(throttle, "192.0.2.1", 10)
	clock.now = clock.now.Add(30 * time.Second)
	throttle.Failed("192.0.2.1")
	require.Equal(t, 30*time.Second, throttle.Wait("192.0.2.1"), "one try, then the next wait")
	clock.now = clock.now.Add(5 * time.Minute)
	fail(throttle, "192.0.2.1", 9)
	require.Zero(t, throttle.Wait("192.0.2.1"), "all is forgotten")
}

// Whoever has more addresses than are remembered loses the memory of those that failed least, and later those
// of their own; the one that failed most stays.
func TestThrottleIsBounded(t *testing.T) {
	clock := &clock{time.Now()}
	throttle := &auth.Throttle{Now: clock.Now}
	fail(throttle, "192.0.2.1", 10)
	for i := range 10_000 {
		fail(throttle, fmt.Sprintf("10.0.%d.%d", i/256, i%256), 1)
	}
	require.Equal(t, 30*time.Second, throttle.Wait("192.0.2.1"))
	require.LessOrEqual(t, throttle.Addresses(), 4096)
	clock.now = clock.now.Add(time.Hour)
	throttle.Failed("192.0.2.9")
	require.Equal(t, 1, throttle.Addresses(), "what is forgiven is forgotten when room is needed")
}

func TestThrottleAtTheSameTime(t *testing.T) {
	throttle := &auth.Throttle{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { throttle.Failed("192.0.2.1"); throttle.Wait("192.0.2.1") })
	}
	all.Wait()
	require.Positive(t, throttle.Wait("192.0.2.1"))
}
