// Command load puts the service under mixed traffic for a while, and disturbs it: processes are restarted and
// killed, the database is, the worker's disk is full, and the services of others hang.
//
//	go run ./e2e/load -lasting 30m
//
// No answer may be wrong. What a disturbance refuses must be well again soon after it. Memory and goroutines have to
// level off. Before all that, some thousand malformed requests must not make it fail, and a hundred expensive searches
// at once must keep nobody else waiting. What is asked, and when what is disturbed, comes from a seed, which is printed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

type options struct {
	lasting   time.Duration
	malformed int
	documents int
	seed      uint64
	verbose   bool

	attack time.Duration
	bases  string
	paths  string
	rounds int
}

func main() {
	var opts options
	flag.DurationVar(&opts.lasting, "lasting", 30*time.Second, "how long the traffic lasts; a third of it is without disturbances")
	flag.IntVar(&opts.malformed, "malformed", 10_000, "how many malformed requests are sent")
	flag.IntVar(&opts.documents, "documents", 1500, "how many documents each of the two sources has")
	flag.Uint64Var(&opts.seed, "seed", uint64(time.Now().UnixNano()), "of what is asked and disturbed")
	flag.DurationVar(&opts.attack, "attack", 5*time.Second, "how long each attack by expensive searches lasts")
	flag.StringVar(&opts.bases, "bases", "", "attack these services instead, which run already and trust this machine as a proxy, in turn: http://127.0.0.1:8000,…")
	flag.StringVar(&opts.paths, "paths", "", "file with the xml2rfc paths that are asked for then, one a line; empty: RFC 1000 to 9000")
	flag.IntVar(&opts.rounds, "rounds", 3, "how many times each of them is attacked")
	flag.BoolVar(&opts.verbose, "verbose", false, "show what the program prints")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	do := run
	if opts.bases != "" {
		do = compareAttacks
	}
	err := do(ctx, opts)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "load, seed %d: %v\n", opts.seed, err)
		os.Exit(1)
	}
}

// scene is the service under load, and what surrounds it.
type scene struct {
	lab     *harness.Lab
	sources []*states.Source
	others  *others
	port    string // of the web process, whichever it is
	web     *harness.Process
	worker  *harness.Process
	dir     string
}

func run(ctx context.Context, opts options) (err error) {
	fmt.Printf("load: seed %d\n", opts.seed)
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("bibxml-load-%d", os.Getpid()))
	defer func() { _ = os.RemoveAll(dir) }()
	s := &scene{dir: dir, sources: []*states.Source{
		{Dataset: states.IETF, Dir: filepath.Join(dir, "sources", "full.git"), Documents: opts.documents, Stride: 1},
		{Dataset: "iana", Dir: filepath.Join(dir, "sources", "partly.git"), Documents: opts.documents, Stride: 20},
	}}
	log := io.Discard
	if opts.verbose {
		log = os.Stderr
	}
	order, addresses := []string{}, map[string]string{}
	for _, source := range s.sources {
		order = append(order, source.Dataset)
		addresses[source.Dataset] = source.Dir
	}
	if s.lab, err = harness.Start(ctx, harness.Options{Dir: dir, Sources: addresses, Order: order, Log: log}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.lab.Stop()) }()
	defer s.stop()
	if err := s.start(ctx); err != nil {
		return err
	}
	quiet, err := s.measure(ctx)
	if err != nil {
		return err
	}
	if err := s.malformed(ctx, opts); err != nil {
		return fmt.Errorf("malformed requests:\n%w", err)
	}
	if err := s.attacked(ctx, opts); err != nil {
		return err
	}
	return s.underLoad(ctx, opts, quiet)
}

func (s *scene) start(ctx context.Context) (err error) {
	for _, source := range s.sources {
		if err := source.Create(ctx); err != nil {
			return err
		}
	}
	s.others = newOthers()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.port = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	if err := listener.Close(); err != nil {
		return err
	}
	if err := s.startWeb(ctx); err != nil {
		return err
	}
	s.lab.Base = s.web.Base
	if s.worker, err = s.lab.Worker(ctx); err != nil {
		return err
	}
	for _, source := range s.sources {
		if err := s.index(ctx, source); err != nil {
			return err
		}
	}
	return nil
}

// malformed sends malformed requests to a web process of their own: they guess secrets, and for that their address
// is soon refused whatever it asks for.
func (s *scene) malformed(ctx context.Context, opts options) error {
	web, err := s.lab.Web(ctx, "DATATRACKER_URL="+s.others.server.URL, "CROSSREF_URL="+s.others.server.URL)
	if err != nil {
		return err
	}
	defer web.Stop()
	return sendMalformed(strings.TrimPrefix(web.Base, "http://"), opts.malformed, opts.seed)
}

// startWeb starts the web process where it was before.
func (s *scene) startWeb(ctx context.Context) (err error) {
	s.web, err = s.lab.Web(ctx, "PORT="+s.port, "CACHE_MEGABYTES=16", "DATATRACKER_URL="+s.others.server.URL, "CROSSREF_URL="+s.others.server.URL, "CROSSREF_TIMEOUT=1s")
	return err
}

func (s *scene) stop() {
	if s.worker != nil {
		s.worker.Stop()
	}
	if s.web != nil {
		s.web.Stop()
	}
	if s.others != nil {
		s.others.stop()
	}
}

// underLoad lets readers ask while everything that may happen does, and then while nothing does.
func (s *scene) underLoad(ctx context.Context, opts options, quiet usage) error {
	random := rand.New(rand.NewPCG(opts.seed, readers))
	judge := &states.Judge{Patience: patience}
	asking := &states.Readers{Base: s.web.Base, Ask: s.mixed, Hear: judge.Hear, Count: readers, Pause: pause, Seed: opts.seed}
	s.others.hang.Store(true)
	asking.Start(ctx)
	began := time.Now()
	err := s.disturb(ctx, judge, random, began.Add(opts.lasting*2/3))
	if err == nil {
		err = s.calm(ctx, judge, opts.lasting/3)
	}
	asking.Stop()
	heard, wrong := judge.Verdict()
	fmt.Printf("%d answers, %d refused, the last %s after the end of a disturbance.\n", heard.Asked, heard.Refused, heard.Recovery.Round(time.Millisecond))
	if wrong != nil {
		return fmt.Errorf("wrong answers:\n%w", wrong)
	}
	if err != nil {
		return err
	}
	if err := s.settles(ctx, quiet); err != nil {
		return err
	}
	return s.unnoticed(ctx, opts)
}

// index brings the index to the state of a source.
func (s *scene) index(ctx context.Context, source *states.Source) error {
	id, err := s.request(ctx, source)
	if err != nil {
		return err
	}
	_, err = s.lab.Ended(ctx, source.Dataset, id)
	return err
}

// request asks for an indexing until it is heard.
func (s *scene) request(ctx context.Context, source *states.Source) (id string, err error) {
	for range 100 {
		id, err = s.lab.Request(ctx, source.Dataset, harness.Wanted{})
		if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "503") && !strings.Contains(err.Error(), "connect") {
			return id, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return id, err
}
