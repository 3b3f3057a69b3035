// Command crash kills the worker, and the database under it, at random moments of full and of incremental
// indexings, while readers ask without end; and lets three workers contend for one queue.
//
//	go run ./e2e/crash -kills 50
//
// Every answer must be of one whole state of the sources, and never of one before a state that was seen. Every
// indexing must end well after a restart, without help. In the end the index must be what a fresh indexing makes.
// The moments come from a seed, which is printed; the machine decides what happens at them.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

type options struct {
	kills     int
	outages   int
	documents int
	seed      uint64
	verbose   bool
}

func main() {
	var opts options
	flag.IntVar(&opts.kills, "kills", 10, "how often the worker is killed within an indexing")
	flag.IntVar(&opts.outages, "outages", 2, "how often the database is restarted within an indexing")
	flag.IntVar(&opts.documents, "documents", 2000, "how many documents each of the two sources has")
	flag.Uint64Var(&opts.seed, "seed", uint64(time.Now().UnixNano()), "of the random moments")
	flag.BoolVar(&opts.verbose, "verbose", false, "show what the program prints")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, opts)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "crash, seed %d: %v\n", opts.seed, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, opts options) (err error) {
	fmt.Printf("crash: seed %d\n", opts.seed)
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("bibxml-crash-%d", os.Getpid()))
	defer func() { _ = os.RemoveAll(dir) }()
	full := &states.Source{Dataset: states.IETF, Dir: filepath.Join(dir, "sources", "full.git"), Documents: opts.documents, Stride: 1}
	partly := &states.Source{Dataset: "iana", Dir: filepath.Join(dir, "sources", "partly.git"), Documents: opts.documents, Stride: 20}
	lab, err := harness.Start(ctx, harness.Options{
		Dir:     dir,
		Sources: map[string]string{full.Dataset: full.Dir, partly.Dataset: partly.Dir},
		Order:   []string{full.Dataset, partly.Dataset},
		Log:     logOf(opts.verbose),
	})
	if err != nil {
		return err
	}
	defer func() {
		if stopped := lab.Stop(); err == nil {
			err = stopped
		}
	}()
	for _, source := range []*states.Source{full, partly} {
		if err := source.Create(ctx); err != nil {
			return err
		}
	}
	if err := lab.Serve(ctx); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(opts.seed, 0))
	if err := killing(ctx, lab, full, partly, random, opts); err != nil {
		return err
	}
	if err := contention(ctx, lab, full, partly, random); err != nil {
		return fmt.Errorf("three workers: %w", err)
	}
	rows, err := lab.SameAsFresh(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("The index is what a fresh indexing makes: %d rows are equal.\n", rows)
	return nil
}

func logOf(verbose bool) io.Writer {
	if verbose {
		return os.Stderr
	}
	return io.Discard
}
