package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
)

// others stand in for the Datatracker and Crossref: at first they know nothing, and then they do not answer.
type others struct {
	server *httptest.Server
	hang   atomic.Bool
	ended  chan struct{}
	once   sync.Once
	asked  atomic.Int64
}

func newOthers() *others {
	o := &others{ended: make(chan struct{})}
	o.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.asked.Add(1)
		if o.hang.Load() {
			select {
			case <-o.ended:
			case <-r.Context().Done():
			}
		}
		http.NotFound(w, r)
	}))
	return o
}

func (o *others) stop() {
	o.once.Do(func() { close(o.ended) })
	o.server.CloseClientConnections()
	o.server.Close()
}
