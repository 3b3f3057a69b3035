package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	attackers    = 100             // searches at once
	attackPause  = time.Second     // of one that was answered
	attackAsks   = 50              // requests for xml2rfc paths in each second, of two clients
	attackHealth = 5               // health checks in each second
	attackLimit  = 2 * time.Minute // for one request
)

// expensive are searches that read every record or every document. {n} is another number each time, so that no answer is
// one that was kept.
var expensive = []string{
	"/api/v1/search/" + url.PathEscape(`$.** ? (@ like_regex "(x|xx)+{n}$")`) + "/?query_format=json_path",
	"/api/v1/search/" + url.PathEscape(`exists($.docid[*] ? (@.id like_regex "{n}$"))`) + "/?query_format=json_path",
	"/api/v1/search/nothing%20{n}/?query_format=json_repr",
	"/api/v1/search/" + url.PathEscape(`{"keyword": [{"content": "{n}"}]}`) + "/?query_format=json_struct&allow_format_fallback=1",
	"/search/?query=the+network+protocol+{n}+OR+information&kind=rfc&source=rfcs&status=current",
	"/search/?query=nothing+{n}&query_format=json_repr",
	"/search/feed.atom?query=nothing+{n}&query_format=json_repr",
	"/search/suggestions/?query=n{n}",
}

// attack is a service that is attacked by searches.
type attack struct {
	base      string
	addresses int      // that the searches come from; 0: there are none, for comparison
	paths     []string // that are asked for meanwhile
	lasting   time.Duration
	random    *rand.Rand
	client    *http.Client
}

func newAttack(base string, paths []string, addresses int, lasting time.Duration, seed uint64) *attack {
	return &attack{
		base: base, addresses: addresses, paths: paths, lasting: lasting, random: rand.New(rand.NewPCG(seed, 1)),
		client: &http.Client{
			Transport:     &http.Transport{MaxIdleConnsPerHost: 2 * attackers},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Timeout:       attackLimit,
		},
	}
}

// suffered is what an attack did.
type suffered struct {
	mu       sync.Mutex
	searches map[int]int // answers by status
	wrong    []string
	paths    []time.Duration
	health   []time.Duration
}

// run attacks for a while, and asks for paths and for the health meanwhile.
func (a *attack) run(ctx context.Context) *suffered {
	ctx, cancel := context.WithTimeout(ctx, a.lasting)
	defer cancel()
	defer a.client.CloseIdleConnections()
	s := &suffered{searches: make(map[int]int)}
	var group sync.WaitGroup
	for n := range min(attackers, attackers*a.addresses) {
		first := a.random.IntN(1_000_000)
		group.Go(func() { a.search(ctx, s, n, first) })
	}
	group.Go(func() { a.look(ctx, s, &s.health, attackHealth, func(int) string { return "/healthz/" }) })
	for n := range 2 {
		first := a.random.IntN(len(a.paths))
		group.Go(func() {
			a.look(ctx, s, &s.paths, attackAsks/2, func(i int) string { return a.paths[(first+2*i+n)%len(a.paths)] })
		})
	}
	group.Wait()
	slices.Sort(s.paths)
	slices.Sort(s.health)
	return s
}

// search sends one search after the other, as one of many.
func (a *attack) search(ctx context.Context, s *suffered, n, first int) {
	address := netip.AddrFrom4([4]byte{198, 51, 100, byte(n % a.addresses)}).String()
	for i := 0; ctx.Err() == nil; i++ {
		path := strings.ReplaceAll(expensive[(n+i)%len(expensive)], "{n}", strconv.Itoa(first+i*1_000_000))
		// A search that has begun is waited for, as a visitor would.
		status, header, err := a.get(context.WithoutCancel(ctx), path, address)
		s.heard(path, status, header, err)
		select {
		case <-ctx.Done():
		case <-time.After(attackPause):
		}
	}
}

func (s *suffered) heard(path string, status int, header http.Header, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.searches[status]++
	switch {
	case err != nil:
		s.wrong = append(s.wrong, fmt.Sprintf("%s: %v", path, err))
	case status == http.StatusOK:
	case status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable:
		s.wrong = append(s.wrong, fmt.Sprintf("%s: status %d", path, status))
	case header.Get("Retry-After") == "":
		s.wrong = append(s.wrong, fmt.Sprintf("%s: status %d without Retry-After", path, status))
	}
}

// look asks at a pace, one request after the other, and notes how long each takes.
func (a *attack) look(ctx context.Context, s *suffered, took *[]time.Duration, perSecond int, path func(int) string) {
	pace := time.NewTicker(time.Second / time.Duration(perSecond))
	defer pace.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return
		case <-pace.C:
		}
		began := time.Now()
		status, _, err := a.get(context.WithoutCancel(ctx), path(i), "203.0.113.1")
		s.mu.Lock()
		*took = append(*took, time.Since(began))
		if err != nil || status != http.StatusOK {
			s.wrong = append(s.wrong, fmt.Sprintf("%s: status %d, %v", path(i), status, err))
		}
		s.mu.Unlock()
	}
}

func (a *attack) get(ctx context.Context, path, address string) (status int, header http.Header, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+path, nil)
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("X-Forwarded-For", address)
	response, err := a.client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, response.Header, err
}

// String is a line of a report.
func (s *suffered) String() string {
	var statuses []string
	for _, status := range slices.Sorted(maps.Keys(s.searches)) {
		statuses = append(statuses, fmt.Sprintf("%d× %d", s.searches[status], status))
	}
	return fmt.Sprintf("searches: %s; %d paths, ms: %s; %d health checks, ms: %s", cmp.Or(strings.Join(statuses, ", "), "none"),
		len(s.paths), quantiles(s.paths), len(s.health), quantiles(s.health))
}

// quantiles are the median, the 99th percentile and the highest of sorted times.
func quantiles(sorted []time.Duration) string {
	if len(sorted) == 0 {
		return "none"
	}
	at := func(share float64) float64 {
		return float64(sorted[min(int(share*float64(len(sorted))), len(sorted)-1)].Microseconds()) / 1000
	}
	return fmt.Sprintf("median %.1f, p99 %.1f, most %.1f", at(.5), at(.99), at(1))
}

// verdict is an error when an answer was not one that an attack may lead to.
func (s *suffered) verdict() error {
	if len(s.wrong) == 0 {
		return nil
	}
	return fmt.Errorf("%d wrong answers:\n%s", len(s.wrong), strings.Join(s.wrong[:min(len(s.wrong), 20)], "\n"))
}
