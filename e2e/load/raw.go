package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	malformedClients = 8
	// nudge is how long a connection may be silent before the other side is told that nothing more comes: a request
	// may be waiting for the rest of its body. Told at once, the service would take every client for gone.
	nudge = 250 * time.Millisecond
	// rawTimeout is how long a malformed request may be without an answer or an end of its connection.
	rawTimeout = 40 * time.Second
)

// last is a sound request, after whose answer the service closes the connection.
const last = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

// statusLine is what every answer begins with.
var statusLine = regexp.MustCompile(`(?m)^HTTP/1\.[01] (\d{3})`)

// sendMalformed sends as many malformed requests as wanted, and fails with those that were answered with 500 or
// more, each with what reproduces it.
func sendMalformed(host string, n int, seed uint64) error {
	var (
		group    sync.WaitGroup
		mu       sync.Mutex
		failures []error
		statuses = make(map[int]int)
	)
	heard := func(got []int, err error) {
		mu.Lock()
		defer mu.Unlock()
		for _, status := range got {
			statuses[status]++
		}
		if err != nil && len(failures) < 20 {
			failures = append(failures, err)
		}
	}
	for client := range malformedClients {
		group.Go(func() {
			r := rand.New(rand.NewPCG(seed, uint64(client)))
			for range n / malformedClients {
				heard(sendRaw(host, malformedRequest(r)))
			}
		})
	}
	for _, request := range unsupported {
		heard(sendRaw(host, request))
	}
	group.Wait()
	fmt.Printf("%d malformed requests were answered %s.\n", n, told(statuses))
	return errors.Join(failures...)
}

// sendRaw sends a request as it is, and gives the status of each answer: what looks like one request may be several.
func sendRaw(host string, m malformed) (statuses []int, err error) {
	conn, err := net.Dial("tcp", host)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(rawTimeout)); err != nil {
		return nil, err
	}
	_, _ = io.WriteString(conn, m.raw+last) // it may be refused before all of it is sent
	silent := time.AfterFunc(nudge, func() { _ = conn.(*net.TCPConn).CloseWrite() })
	defer silent.Stop()
	answer, err := io.ReadAll(conn)
	var late net.Error
	if errors.As(err, &late) && late.Timeout() {
		return nil, fmt.Errorf("%s: no end of the answer within %s: %q", m.kind, rawTimeout, m.raw)
	}
	for _, found := range statusLine.FindAllStringSubmatch(string(answer), -1) {
		status, _ := strconv.Atoi(found[1]) // three digits
		statuses = append(statuses, status)
		if status >= 500 && status != m.allowed {
			err = fmt.Errorf("%s: status %d for %.500q", m.kind, status, m.raw)
		}
	}
	if isGone(err) {
		err = nil // how a refused request ends as well
	}
	return statuses, err
}

// isGone says whether the other side has closed the connection while we were still sending.
func isGone(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "reset by peer") || strings.Contains(err.Error(), "not connected") || strings.Contains(err.Error(), "broken pipe"))
}

func told(statuses map[int]int) string {
	var list []string
	for _, status := range slices.Sorted(maps.Keys(statuses)) {
		list = append(list, fmt.Sprintf("%d×%d", statuses[status], status))
	}
	return strings.Join(list, ", ")
}
