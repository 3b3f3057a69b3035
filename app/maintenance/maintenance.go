// Package maintenance decides when the nightly maintenance of the index is due, and describes what it did.
package maintenance

import "time"

// Report describes one maintenance.
type Report struct {
	At       time.Time
	Took     time.Duration
	Findings []Finding // empty when the index is consistent
	Rebuilt  []Rebuilt
	LeftOut  string // why indexes were not rebuilt that should have been; empty otherwise
}

// Finding is one kind of inconsistency of the index.
type Finding struct {
	What     string   // such as "documents without a record"
	Count    int      // rows
	Examples []string // a few of them
	Repair   string   // what was done about it
}

// Rebuilt is a database index that was rebuilt, with its sizes in bytes.
type Rebuilt struct {
	Index         string
	Before, After int64
}

// Due reports whether maintenance is due now: whether the time of day, as the time since midnight in UTC, has passed since the
// last one.
func Due(now, last time.Time, timeOfDay time.Duration) bool {
	latest := now.UTC().Truncate(24 * time.Hour).Add(timeOfDay)
	if latest.After(now) {
		latest = latest.Add(-24 * time.Hour)
	}
	return last.Before(latest)
}
