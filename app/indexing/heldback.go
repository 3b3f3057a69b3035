package indexing

import "fmt"

// A source that suddenly lacks more than this share of its records is more likely to be broken than
// to mean it. Below a few records the share says nothing.
const (
	heldBackShare = 3 // one third
	heldBackFrom  = 10
)

// HeldBack is what a task calls this kind of failure.
const HeldBack = "held_back"

// HeldBackError says that an indexing would have removed too much at once to be believed. Nothing was
// changed. A forced indexing does it.
type HeldBackError struct {
	Dataset    string
	Gone, Have int
}

// Error implements error.
func (e *HeldBackError) Error() string {
	return fmt.Sprintf("held back: the source of %s no longer has %d of its %d records; look at it, and force the indexing when that is right",
		e.Dataset, e.Gone, e.Have)
}

// holdBack refuses a plan that removes more than a third of what the index has, unless it was forced.
func (r *run) holdBack(p plan) error {
	have, gone := len(p.known), len(p.remove)
	if r.request.Force || r.partial() || have < heldBackFrom || gone*heldBackShare <= have {
		return nil
	}
	return &HeldBackError{Dataset: r.request.Dataset, Gone: gone, Have: have}
}
