package states

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Readers ask without end, each one question after the other.
type Readers struct {
	Base  string // of the service
	Ask   func(*rand.Rand) Question
	Hear  func(Question, Reply) // is told of every answer, by several at once
	Count int
	Pause time.Duration // of each reader between two questions
	Seed  uint64

	group  sync.WaitGroup
	cancel context.CancelFunc
	client *http.Client
}

// answerTimeout is how long a reader waits for an answer; the program itself gives up earlier.
const answerTimeout = 20 * time.Second

// Start lets the readers ask until Stop.
func (r *Readers) Start(ctx context.Context) {
	ctx, r.cancel = context.WithCancel(ctx)
	r.client = &http.Client{Timeout: answerTimeout, Transport: &http.Transport{MaxIdleConnsPerHost: r.Count}}
	for n := range r.Count {
		r.group.Go(func() {
			random := rand.New(rand.NewPCG(r.Seed, uint64(n)))
			for ctx.Err() == nil {
				question := r.Ask(random)
				r.Hear(question, ask(r.client, r.Base, question))
				time.Sleep(r.Pause)
			}
		})
	}
}

// Stop ends the readers; what they have asked is answered first.
func (r *Readers) Stop() {
	r.cancel()
	r.group.Wait()
	r.client.CloseIdleConnections()
}

// ask goes on when the readers are stopped, so that no answer is lost to the judge.
func ask(client *http.Client, base string, q Question) (reply Reply) {
	reply.Began = time.Now()
	defer func() { reply.Ended = time.Now() }()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, base+q.Path, nil)
	if err != nil {
		reply.Err = err
		return reply
	}
	response, err := client.Do(request)
	if err != nil {
		reply.Err = err
		return reply
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	reply.Status, reply.RetryAfter, reply.Body, reply.Err = response.StatusCode, response.Header.Get("Retry-After"), string(body), err
	if age, err := strconv.Atoi(response.Header.Get("Age")); err == nil { // a stale answer is one of its time
		reply.Began = reply.Began.Add(-time.Duration(age) * time.Second)
	}
	return reply
}
