package app

import "runtime/debug"

// gcPercent lets the heap of a process that indexes grow to three times what lives in it before it is
// collected. Nearly all that an indexing allocates is garbage at once, so collecting it less often saves a
// fifth of its processor time; at 400 the worker would take a third more memory and save nothing.
const gcPercent = 200

// indexingMemory is the size from which the heap is collected as often as necessary to stay below it: the largest
// source has words enough to go beyond with three times as much.
const indexingMemory = 320 << 20

// collectLess sets both, and returns the function that sets them back. A process that serves as well may use as much more
// as its cache of answers takes. A lower limit of the operator's (GOMEMLIMIT) stays.
func (a *App) collectLess() (restore func()) {
	percent, limit := debug.SetGCPercent(gcPercent), debug.SetMemoryLimit(-1)
	most := int64(indexingMemory)
	if a.serves.Load() {
		most += int64(a.cfg.CacheMegabytes) << 20
	}
	debug.SetMemoryLimit(min(limit, most))
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
