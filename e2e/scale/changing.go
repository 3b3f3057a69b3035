package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ietf-tools/bibxml/e2e/states"
)

const (
	readers = 6
	pause   = 5 * time.Millisecond
	// coherence is how long web processes may answer from two states. A second is what is promised, and
	// milliseconds are what it takes; a busy machine may stop one of them for longer.
	coherence = 5 * time.Second
)

// tally counts what was asked, as the counters should.
type tally struct {
	mu    sync.Mutex
	asked map[string]int
	err   error
}

func (t *tally) add(path string) {
	counter, err := counterOf(path)
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.err = err
	}
	if counter != "" {
		t.asked[counter]++
	}
}

// changing publishes new states while readers ask through nginx, and compares the counters with what was asked.
func (f *fleet) changing(ctx context.Context, opts options) error {
	before, err := f.counts(ctx)
	if err != nil {
		return err
	}
	judge, asked := &states.Judge{Coherence: coherence}, &tally{asked: make(map[string]int)}
	asking := &states.Readers{
		Base: "http://" + f.nginx.Address, Ask: f.source.Ask, Count: readers, Pause: pause, Seed: opts.seed,
		Hear: func(q states.Question, r states.Reply) {
			judge.Hear(q, r)
			asked.add(q.Path)
		},
	}
	asking.Start(ctx)
	for range opts.indexings {
		if err = f.next(ctx, judge); err != nil {
			break
		}
	}
	asking.Stop()
	heard, wrong := judge.Verdict()
	if wrong != nil {
		return fmt.Errorf("wrong answers:\n%w", wrong)
	}
	if err != nil {
		return err
	}
	fmt.Printf("%d answers through nginx while %d states were published: none mixed; a process was behind another for %s at most.\n",
		heard.Asked, opts.indexings, heard.Lag.Round(time.Millisecond))
	if err := f.special(ctx, asked); err != nil {
		return err
	}
	after, err := f.counts(ctx)
	if err != nil {
		return err
	}
	return sameCounts(before, after, asked)
}

// next publishes the next state, and waits until it is seen.
func (f *fleet) next(ctx context.Context, judge *states.Judge) error {
	if err := f.source.Advance(ctx); err != nil {
		return err
	}
	if err := f.index(ctx); err != nil {
		return err
	}
	for ended := time.Now(); judge.Seen(f.source) < f.source.State(); time.Sleep(10 * time.Millisecond) {
		if time.Since(ended) > coherence {
			return fmt.Errorf("state %d was not seen within %s of the end of its indexing", f.source.State(), coherence)
		}
	}
	return nil
}

// special asks in ways that count like any other, and in one that does not.
func (f *fleet) special(ctx context.Context, asked *tally) error {
	for _, ask := range []struct {
		path    string
		headers map[string]string
		counts  bool
	}{
		{"/", nil, true},
		{"/search/?query=state", nil, true},
		{f.source.Path(1), map[string]string{"If-None-Match": "*"}, true},
		{f.source.Path(1), map[string]string{"Accept-Encoding": "gzip"}, true},
		{f.source.Path(1), map[string]string{"X-Requested-With": "xml2rfcResolver"}, false},
		{f.source.Path(999_999), nil, true},
		{"/api/v1/by-docid/?docid=RFC+999999", nil, true},
	} {
		for range 10 * webs {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+f.nginx.Address+ask.path, nil)
			if err != nil {
				return err
			}
			for name, value := range ask.headers {
				request.Header.Set(name, value)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				return err
			}
			_ = response.Body.Close()
			if ask.counts {
				asked.add(ask.path)
			}
		}
	}
	return asked.err
}

// sameCounts compares the counters with what was asked.
func sameCounts(before, after map[string]int, asked *tally) error {
	var told []string
	for _, name := range slices.Sorted(maps.Keys(asked.asked)) {
		want, got := asked.asked[name], after[name]-before[name]
		if got != want {
			return fmt.Errorf("%s: the processes counted %d of %d requests", name, got, want)
		}
		told = append(told, fmt.Sprintf("%s %d", strings.TrimSuffix(strings.TrimPrefix(name, "bibxml_service_"), "_hits_total"), got))
	}
	fmt.Printf("The counters of the %d processes add up to what was asked: %s.\n", webs, strings.Join(told, ", "))
	return nil
}
