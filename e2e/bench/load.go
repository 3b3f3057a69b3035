package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// result is what a load measured.
type result struct {
	requests  int
	took      time.Duration
	latencies []time.Duration // sorted
}

func (r result) rate() float64 { return float64(r.requests) / r.took.Seconds() }

// at gives the latency below which the given share of the requests stayed.
func (r result) at(share float64) time.Duration {
	if len(r.latencies) == 0 {
		return 0
	}
	return r.latencies[min(int(share*float64(len(r.latencies))), len(r.latencies)-1)]
}

// and adds what was measured another time.
func (r result) and(other result) result {
	r.requests, r.took = r.requests+other.requests, r.took+other.took
	r.latencies = slices.Sorted(slices.Values(slices.Concat(r.latencies, other.latencies)))
	return r
}

// cells are those of a table: rate, median, p95 and p99.
func (r result) cells() string {
	ms := func(share float64) float64 { return float64(r.at(share).Microseconds()) / 1000 }
	return fmt.Sprintf("%.0f | %.3f | %.3f | %.3f", r.rate(), ms(.5), ms(.95), ms(.99))
}

// load asks for the paths in turn, on several connections that are kept alive, for a while. Requests
// are written and answers read by hand: on a machine with two cores a full HTTP client would take more
// of them than the server that is measured.
func load(host string, paths []string, connections int, lasting time.Duration) (result, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lasting)
	defer cancel()
	return untilDone(ctx, host, paths, connections)
}

// once asks for every path one time, on one connection. Further statuses than 200 may be right.
func once(host string, paths []string, statuses ...int) (result, error) {
	started := time.Now()
	conn, err := dial(host)
	if err != nil {
		return result{}, err
	}
	defer conn.close()
	conn.statuses = append(conn.statuses, statuses...)
	var all result
	for _, path := range paths {
		took, err := conn.get(path)
		if err != nil {
			return all, err
		}
		all.latencies = append(all.latencies, took)
	}
	all.took, all.requests = time.Since(started), len(all.latencies)
	slices.Sort(all.latencies)
	return all, nil
}

// client asks for one path after the other until ctx ends.
func client(ctx context.Context, host string, paths []string, first int) ([]time.Duration, error) {
	conn, err := dial(host)
	if err != nil {
		return nil, err
	}
	defer conn.close()
	var latencies []time.Duration
	for i := first; ctx.Err() == nil; i++ {
		took, err := conn.get(paths[i%len(paths)])
		if err != nil {
			return latencies, err
		}
		latencies = append(latencies, took)
	}
	return latencies, nil
}

type connection struct {
	host     string
	conn     net.Conn
	answer   *bufio.Reader
	statuses []int // that an answer may have
}

func dial(host string) (*connection, error) {
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	return &connection{host: host, conn: conn, answer: bufio.NewReaderSize(conn, 64<<10), statuses: []int{http.StatusOK}}, nil
}

func (c *connection) close() { _ = c.conn.Close() }

// get asks for a path and reads the whole answer, which must be of a right status, and have a Content-Length unless it is empty.
func (c *connection) get(path string) (time.Duration, error) {
	started := time.Now()
	request := "GET " + path + " HTTP/1.1\r\nHost: " + c.host + "\r\n\r\n"
	if _, err := io.WriteString(c.conn, request); err != nil {
		return 0, err
	}
	status, err := c.answer.ReadString('\n')
	if err != nil {
		return 0, err
	}
	if !slices.ContainsFunc(c.statuses, func(right int) bool { return strings.Contains(status, " "+strconv.Itoa(right)+" ") }) {
		return 0, fmt.Errorf("GET %s: %s", path, strings.TrimSpace(status))
	}
	length := -1
	for {
		line, err := c.answer.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if len(line) > 15 && strings.EqualFold(string(line[:15]), "content-length:") {
			length, err = strconv.Atoi(strings.TrimSpace(string(line[15:])))
			if err != nil {
				return 0, err
			}
		}
	}
	if length < 0 {
		return 0, fmt.Errorf("GET %s: an answer without Content-Length", path)
	}
	_, err = c.answer.Discard(length)
	return time.Since(started), err
}
