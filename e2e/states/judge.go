package states

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Judge hears every answer and knows what may be answered: one whole state of a source, none before one that
// was seen already, and none that is still to come. It is safe for concurrent use.
type Judge struct {
	// Coherence is how long several web processes may answer from two states: what is asked after that must
	// not be of the older one. 0 for a single process, whose answers never go back.
	Coherence time.Duration
	// Patience is how long requests may be refused after a disturbance is over.
	Patience time.Duration

	mu        sync.Mutex
	seen      map[*Source][]sighting
	faults    []error
	asked     int
	refused   int
	disturbed int           // how many disturbances there are now
	webToo    bool          // one of them was that of the web process itself
	over      time.Time     // when the last one ended
	recovery  time.Duration // the slowest
	lag       time.Duration // of the latest answer from an older state than another process had answered from
}

// sighting is the moment at which a state was seen for the first time.
type sighting struct {
	state int
	at    time.Time
}

// maxFaults is how many faults are kept; more would say the same again.
const maxFaults = 20

// Reply is what came back for a question.
type Reply struct {
	Status     int
	RetryAfter string
	Body       string
	Err        error // when nothing came back
	Began      time.Time
	Ended      time.Time
}

// Hear judges an answer.
func (j *Judge) Hear(q Question, r Reply) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.asked++
	if r.Err == nil && slices.Contains(q.Also, r.Status) {
		return
	}
	if r.Err != nil || r.Status == http.StatusServiceUnavailable || r.Status == http.StatusBadGateway {
		j.refusal(q, r)
		return
	}
	if r.Status != http.StatusOK {
		j.fault(q, r, fmt.Errorf("status %d: %.200s", r.Status, r.Body))
		return
	}
	if q.Span == nil {
		return
	}
	span, err := q.Span(r.Body)
	if err != nil {
		j.fault(q, r, err)
		return
	}
	if err := j.inOrder(q.Source, span, r); err != nil {
		j.fault(q, r, err)
	}
}

// inOrder checks that a state comes neither before one that was seen nor after the newest, and notes it.
func (j *Judge) inOrder(s *Source, span Span, r Reply) error {
	if j.seen == nil {
		j.seen = make(map[*Source][]sighting)
	}
	if newest := s.State(); span.From > newest {
		return fmt.Errorf("of state %s, when the newest is %d", span, newest)
	}
	before := j.seen[s]
	for _, earlier := range slices.Backward(before) {
		if earlier.state <= span.To {
			break
		}
		late := r.Began.Sub(earlier.at)
		if late > j.Coherence {
			return fmt.Errorf("back to state %s, %s after state %d was seen", span, late, earlier.state)
		}
		j.lag = max(j.lag, late)
	}
	if len(before) == 0 || before[len(before)-1].state < span.From {
		j.seen[s] = append(before, sighting{span.From, r.Ended})
	}
	return nil
}

// refusal judges a request that was not answered: there must be a reason.
func (j *Judge) refusal(q Question, r Reply) {
	j.refused++
	late := r.Began.Sub(j.over)
	switch {
	case r.Err != nil && !j.webToo:
		j.fault(q, r, r.Err)
	case r.Err == nil && r.RetryAfter == "":
		j.fault(q, r, fmt.Errorf("status %d without Retry-After", r.Status))
	case j.disturbed > 0:
	case late > j.Patience:
		j.fault(q, r, errors.Join(fmt.Errorf("status %d, %s after all was well again", r.Status, late), r.Err))
	default:
		j.recovery = max(j.recovery, late)
	}
}

func (j *Judge) fault(q Question, r Reply, err error) {
	if len(j.faults) < maxFaults {
		j.faults = append(j.faults, fmt.Errorf("%s GET %s: %w", r.Began.Format("15:04:05.000"), q.Path, err))
	}
}

// Disturb announces that requests may be refused from now on, and those under way; when the web process itself
// is gone, that connections may break. The function that it gives announces that the disturbance is over.
func (j *Judge) Disturb(web bool) (over func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.disturbed++
	j.webToo = j.webToo || web
	return func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.disturbed--
		j.over = time.Now()
	}
}

// Seen gives the newest state of a source that was seen; 0 when none was.
func (j *Judge) Seen(s *Source) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	if seen := j.seen[s]; len(seen) > 0 {
		return seen[len(seen)-1].state
	}
	return 0
}

// Verdict is what a judge has to say in the end.
type Verdict struct {
	Asked    int
	Refused  int
	Recovery time.Duration // the longest time after a disturbance until nothing was refused
	Lag      time.Duration // the longest time for which one of several processes answered from an older state
}

// Verdict fails with all faults, of which some may be left out.
func (j *Judge) Verdict() (Verdict, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return Verdict{j.asked, j.refused, j.recovery, j.lag}, errors.Join(j.faults...)
}
