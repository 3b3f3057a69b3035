// Package admission decides which clients may begin a piece of work: how many pieces run at once, in total and for each
// client, in which order the others wait, and how much time a client may spend. It knows no HTTP and no database.
package admission

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

var (
	// ErrClient reports that work of the same client is in the way.
	ErrClient = errors.New("the client has too much work under way")
	// ErrFull reports that work of others is in the way.
	ErrFull = errors.New("too much work is under way")
)

// Limits bound what a queue admits.
type Limits struct {
	Total     int           // how many pieces of work run at once
	PerClient int           // how many of them belong to one client
	Waiting   int           // how many wait, in total
	Patience  time.Duration // how long each of them waits
}

// Queue admits work up to its limits. Clients take turns: each time a place becomes free, the next client that may have
// it gets it, however many pieces of work the others have waiting. It is safe for concurrent use.
type Queue[K comparable] struct {
	limits Limits

	mu      sync.Mutex
	running int
	waiting int
	clients map[K]*client
	turns   []K // clients that wait, the next one first
}

// client is one that has work running or waiting; others are forgotten.
type client struct {
	running int
	line    []chan error // those that wait, in order; each receives nil when it is admitted
}

// NewQueue returns a queue with the given limits.
func NewQueue[K comparable](limits Limits) *Queue[K] {
	return &Queue[K]{limits: limits, clients: make(map[K]*client)}
}

// Enter waits until the client may begin, and returns the function that ends its work. It fails with ErrClient when work
// of the client itself is in the way for too long, with ErrFull when that of others is, and with the error of ctx when
// that ends first.
func (q *Queue[K]) Enter(ctx context.Context, key K) (leave func(), err error) {
	admitted, err := q.join(key)
	if err != nil {
		return nil, err
	}
	patience := time.NewTimer(q.limits.Patience)
	defer patience.Stop()
	select {
	case err = <-admitted:
	case <-patience.C:
		err = q.giveUp(key, admitted, nil)
	case <-ctx.Done():
		err = q.giveUp(key, admitted, ctx.Err())
	}
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() { q.leave(key) }), nil
}

// Load returns how many pieces of work run and wait.
func (q *Queue[K]) Load() (running, waiting int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running, q.waiting
}

// join admits the client at once or puts it in line.
func (q *Queue[K]) join(key K) (<-chan error, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	c := q.clients[key]
	if c == nil {
		c = new(client)
	}
	admitted := make(chan error, 1)
	if q.running < q.limits.Total && c.running < q.limits.PerClient {
		q.clients[key] = c
		q.running++
		c.running++
		admitted <- nil
		return admitted, nil
	}
	if q.waiting >= q.limits.Waiting && !q.makeRoom(len(c.line)) {
		return nil, q.reason(c)
	}
	if len(c.line) == 0 {
		q.turns = append(q.turns, key)
	}
	q.clients[key] = c
	c.line = append(c.line, admitted)
	q.waiting++
	return admitted, nil
}

// makeRoom sends away the last in the longest line, if that is longer than one of the given length would become.
func (q *Queue[K]) makeRoom(length int) bool {
	var longest *client
	var owner K
	for _, key := range q.turns {
		if c := q.clients[key]; longest == nil || len(c.line) > len(longest.line) {
			longest, owner = c, key
		}
	}
	if longest == nil || len(longest.line) <= length+1 {
		return false
	}
	last := longest.line[len(longest.line)-1]
	last <- ErrClient
	q.remove(owner, last)
	return true
}

// reason returns whose work is in the way of a client.
func (q *Queue[K]) reason(c *client) error {
	if c.running >= q.limits.PerClient || len(c.line) > 0 {
		return ErrClient
	}
	return ErrFull
}

// giveUp leaves the line. When the client was admitted or sent away meanwhile, that counts, unless it has a reason of
// its own to leave.
func (q *Queue[K]) giveUp(key K, admitted <-chan error, own error) error {
	q.mu.Lock()
	c := q.clients[key]
	if c != nil && slices.ContainsFunc(c.line, func(w chan error) bool { return w == admitted }) {
		q.remove(key, admitted)
		reason := q.reason(c)
		q.mu.Unlock()
		if own != nil {
			return own
		}
		return reason
	}
	q.mu.Unlock()
	err := <-admitted
	if err == nil && own != nil {
		q.leave(key)
	}
	if own != nil {
		return own
	}
	return err
}

// remove takes one out of the line of a client.
func (q *Queue[K]) remove(key K, admitted <-chan error) {
	c := q.clients[key]
	c.line = slices.DeleteFunc(c.line, func(w chan error) bool { return w == admitted })
	q.waiting--
	if len(c.line) > 0 {
		return
	}
	q.turns = slices.DeleteFunc(q.turns, func(k K) bool { return k == key })
	if c.running == 0 {
		delete(q.clients, key)
	}
}

// leave ends a piece of work, and admits who is next.
func (q *Queue[K]) leave(key K) {
	q.mu.Lock()
	defer q.mu.Unlock()
	c := q.clients[key]
	q.running--
	if c.running--; c.running == 0 && len(c.line) == 0 {
		delete(q.clients, key)
	}
	for q.running < q.limits.Total && q.next() {
	}
}

// next admits the first of the next client that may have a place, which then is the last to have its turn again.
func (q *Queue[K]) next() bool {
	turn := slices.IndexFunc(q.turns, func(k K) bool { return q.clients[k].running < q.limits.PerClient })
	if turn < 0 {
		return false
	}
	key := q.turns[turn]
	c := q.clients[key]
	first := c.line[0]
	c.running++
	q.running++
	first <- nil
	q.remove(key, first)
	if len(c.line) > 0 {
		q.turns = append(slices.Delete(q.turns, turn, turn+1), key)
	}
	return true
}
