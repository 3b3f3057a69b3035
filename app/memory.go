package app

import "runtime/debug"

// gcPercent lets the heap of a process that indexes grow to three times what lives in it before it is
// collected. Nearly all that an indexing allocates is garbage at once, so collecting it less often saves a
// fifth of its processor time; at 400 the worker would take a third more memory and save nothing.
const gcPercent = 200

// indexingMemory is from where on it is collected as often as it takes to stay below: the largest source has
// words enough to go beyond with three times as much.
const indexingMemory = 320 << 20

// collectLess sets both, beside what the cache of answers may take in the same process; the function that it gives
// sets them back. A lower limit of the operator's (GOMEMLIMIT) stays.
func (a *App) collectLess() (restore func()) {
	percent, limit := debug.SetGCPercent(gcPercent), debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(limit, indexingMemory+int64(a.cfg.CacheMegabytes)<<20))
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
