package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// Requests that come each second while serving is measured beside an indexing: what visitors send does not lessen
// because answers take longer. It is a multiple of what the service gets on a busy day.
const (
	documentsPerSecond = 200
	searchesPerSecond  = 10
)

// mostFactor is by how much an indexing beside it may lengthen the slowest hundredth of the answers.
const mostFactor = 2

// stream is one kind of requests.
type stream struct {
	name string
	ask  func(ctx context.Context) (result, error)
}

// differ makes every record and document differ from what its source says, in a column that none of the answers needs, so that
// an indexing has to write all of them again, as one of a new version may.
const differ = `UPDATE records SET published = 'infinity'; UPDATE documents SET marks = NULL`

// reportBeside measures serving alone, and again while all sources are indexed anew beside it: requests that come at
// the pace of visitors, and clients that ask for the next as soon as they have an answer.
func reportBeside(ctx context.Context, lab *harness.Lab, s samples, lasting time.Duration) error {
	host := strings.TrimPrefix(lab.Base, "http://")
	visitors := []stream{
		{fmt.Sprintf("%d documents a second", documentsPerSecond), func(ctx context.Context) (result, error) {
			return paced(ctx, host, s.documents(), documentsPerSecond)
		}},
		{fmt.Sprintf("and %d searches a second", searchesPerSecond), func(ctx context.Context) (result, error) {
			return paced(ctx, host, searchPages, searchesPerSecond)
		}},
	}
	clients := []stream{{fmt.Sprintf("%d clients that ask for documents without a pause", connections), func(ctx context.Context) (result, error) {
		return untilDone(ctx, host, s.documents(), connections)
	}}}
	fmt.Print("\n## Serving beside an indexing\n\n| load | beside | requests/s | median, ms | p95, ms | p99, ms | | indexing, s |\n|---|---|--:|--:|--:|--:|---|--:|\n")
	for _, streams := range [][]stream{visitors, clients} {
		if err := reportStreams(ctx, lab, streams, lasting); err != nil {
			return err
		}
	}
	fmt.Printf("\nDocuments are xml2rfc paths, document pages and the API in turn. Requests that come at a pace count from the moment at which "+
		"they were due. The slowest of all together are mostly searches. A line is marked when its p99 is %d times that of serving alone, or more.\n", mostFactor)
	return nil
}

// reportStreams measures streams of requests that come at the same time: alone, and beside so many indexings, one after the other,
// that there are enough of the slowest hundredth.
func reportStreams(ctx context.Context, lab *harness.Lab, streams []stream, lasting time.Duration) error {
	lasting *= 8
	limited, cancel := context.WithTimeout(ctx, lasting)
	defer cancel()
	alone, err := askAll(limited, streams)
	if err != nil {
		return err
	}
	names, alone := together(streams, alone)
	for i, name := range names {
		fmt.Printf("| %s | nothing | %s | | |\n", name, alone[i].cells())
	}
	for _, indexing := range []struct{ name, before string }{
		{"all sources, forced", ""},
		{"the same, and every record differs", differ},
	} {
		beside, took, err := besideAll(ctx, lab, streams, indexing.before, lasting)
		if err != nil {
			return fmt.Errorf("beside %s: %w", indexing.name, err)
		}
		_, beside = together(streams, beside)
		for i, name := range names {
			factor := float64(beside[i].at(.99)) / float64(alone[i].at(.99))
			mark := fmt.Sprintf("p99 × %.1f", factor)
			if factor >= mostFactor {
				mark += ", too long"
			}
			fmt.Printf("| %s | %s | %s | %s | %.2f |\n", name, indexing.name, beside[i].cells(), mark, took.Seconds())
		}
	}
	return nil
}

// together adds what several streams were answered, taken as one.
func together(streams []stream, results []result) (names []string, all []result) {
	sum := result{}
	for i, stream := range streams {
		names = append(names, stream.name)
		sum = sum.and(results[i])
	}
	if len(streams) == 1 {
		return names, results
	}
	sum.took /= time.Duration(len(streams)) // which was the same time
	return append(names, "all of them together"), append(slices.Clip(results), sum)
}

// askAll lets all streams come until ctx ends.
func askAll(ctx context.Context, streams []stream) ([]result, error) {
	results, errs := make([]result, len(streams)), make([]error, len(streams))
	var group sync.WaitGroup
	for i, stream := range streams {
		group.Go(func() {
			if results[i], errs[i] = stream.ask(ctx); errs[i] != nil {
				errs[i] = fmt.Errorf("%s: %w", stream.name, errs[i])
			}
		})
	}
	group.Wait()
	return results, errors.Join(errs...)
}

// besideAll asks beside one indexing after the other until they have lasted long enough, each after a statement, and gives what
// one of them took.
func besideAll(ctx context.Context, lab *harness.Lab, streams []stream, before string, lasting time.Duration) (all []result, took time.Duration, err error) {
	all = make([]result, len(streams))
	rounds := time.Duration(0)
	for ; took < lasting; rounds++ {
		if err := lab.Exec(ctx, before); err != nil {
			return nil, 0, err
		}
		results, worked, err := besideWork(ctx, lab, streams)
		if err != nil {
			return nil, 0, err
		}
		took += worked.Took
		for i, r := range results {
			all[i] = all[i].and(r)
		}
	}
	return all, took / rounds, nil
}

// besideWork asks for as long as a forced indexing of all sources takes.
func besideWork(ctx context.Context, lab *harness.Lab, streams []stream) (results []result, worked harness.Worked, err error) {
	asking, stop := context.WithCancel(ctx)
	defer stop()
	var group sync.WaitGroup
	var askErr error
	group.Go(func() { results, askErr = askAll(asking, streams) })
	worked, err = lab.Work(ctx, harness.Wanted{Force: true})
	stop()
	group.Wait()
	return results, worked, errors.Join(err, askErr)
}

// documents are what visitors ask for: mostly paths, and some pages.
func (s samples) documents() []string {
	var all []string
	for i, path := range s.rotating {
		all = append(all, path)
		switch i % 10 {
		case 3:
			all = append(all, "/api/v1/by-docid/?docid="+s.anyDocID())
		case 6:
			all = append(all, "/get-one/by-docid/?docid="+s.anyDocID())
		}
	}
	return all
}

var searchPages = []string{
	"/search/?query=transport+security", "/search/?query=congestion+control", "/search/?query=routing",
	"/search/?query=wireless+network", "/search/?query=media+type", "/search/?query=RFC+8446", "/search/?query=quality+of+service",
}

// untilDone asks on several connections, one request after the other on each, until ctx ends.
func untilDone(ctx context.Context, host string, paths []string, connections int) (result, error) {
	return atOnce(connections, func(n int) ([]time.Duration, error) {
		return client(ctx, host, paths, n*len(paths)/connections)
	})
}

// paced asks at an even pace until ctx ends. A request that no connection is free for waits for one, and its time
// counts from when it was due.
func paced(ctx context.Context, host string, paths []string, perSecond int) (result, error) {
	due := make(chan time.Time, 1<<16)
	go func() {
		defer close(due)
		for at := time.Now(); ; at = at.Add(time.Second / time.Duration(perSecond)) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Until(at)):
				due <- at
			}
		}
	}()
	return atOnce(connections, func(n int) ([]time.Duration, error) {
		conn, err := dial(host)
		if err != nil {
			return nil, err
		}
		defer conn.close()
		var latencies []time.Duration
		for i := n * len(paths) / connections; ; i++ {
			at, more := <-due
			if !more {
				return latencies, nil
			}
			if _, err := conn.get(paths[i%len(paths)]); err != nil {
				return latencies, err
			}
			latencies = append(latencies, time.Since(at))
		}
	})
}

// atOnce adds up what several clients measured at the same time.
func atOnce(clients int, ask func(n int) ([]time.Duration, error)) (result, error) {
	var (
		group  sync.WaitGroup
		mu     sync.Mutex
		all    result
		failed error
	)
	started := time.Now()
	for n := range clients {
		group.Go(func() {
			latencies, err := ask(n)
			mu.Lock()
			defer mu.Unlock()
			all.latencies = append(all.latencies, latencies...)
			failed = errors.Join(failed, err)
		})
	}
	group.Wait()
	all.took, all.requests = time.Since(started), len(all.latencies)
	slices.Sort(all.latencies)
	return all, failed
}
