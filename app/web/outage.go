package web

import (
	"sync"
	"time"

	"github.com/ietf-tools/bibxml/app/fault"
)

// outagePause is how long after a failure the database is not asked again where an earlier answer can be sent.
const outagePause = time.Second

var errOutage = fault.New(fault.Unavailable, "The database cannot be reached. Please try again in a few seconds.")

// outage lets one request at a time ask a database that failed, so that the others need not wait for it: a database that
// hangs takes seconds to fail.
type outage struct {
	mu     sync.Mutex
	asking bool
	failed time.Time
}

// attempt calls ask and returns its error. While another request asks, and for a moment after a failure, it does not
// call ask and returns errOutage.
func (o *outage) attempt(ask func() error) (err error) {
	if !o.begin() {
		return errOutage
	}
	defer func() { o.end(fault.Is(err, fault.Unavailable)) }()
	return ask()
}

func (o *outage) begin() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asking || time.Since(o.failed) < outagePause {
		return false
	}
	o.asking = true
	return true
}

func (o *outage) end(failed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asking = false
	if failed {
		o.failed = time.Now()
	}
}
