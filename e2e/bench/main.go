// Command bench measures the service and prints a report in Markdown.
//
//	go run ./e2e/bench -data ../shared/data          # the real sources, as Git bundles
//	go run ./e2e/bench --documents 300000            # generated sources of that size
//
// Everything is measured in one run on one machine, the same answers as static files of nginx included
// when nginx is installed; so figures of one report can be compared with each other, and hardly with
// those of another machine.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

type options struct {
	data      string
	cases     string
	documents int
	lasting   time.Duration
	verbose   bool
}

func main() {
	var opts options
	flag.StringVar(&opts.data, "data", "../shared/data", "folder with the real sources as Git bundles")
	flag.StringVar(&opts.cases, "cases", "../shared/conformance/cases", "folder with recorded requests to the real sources")
	flag.IntVar(&opts.documents, "documents", 0, "measure on this many generated documents instead")
	flag.DurationVar(&opts.lasting, "lasting", 4*time.Second, "how long each load lasts")
	flag.BoolVar(&opts.verbose, "verbose", false, "show what the program prints")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, opts)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, opts options) (err error) {
	dir := filepath.Join(os.TempDir(), "bibxml-bench")
	sources, order, err := sourcesOf(ctx, opts, dir+"-sources")
	if err != nil {
		return err
	}
	log := io.Discard
	if opts.verbose {
		log = os.Stderr
	}
	lab, err := harness.Start(ctx, harness.Options{Dir: dir, Sources: sources, Order: order, Log: log})
	if err != nil {
		return err
	}
	defer func() {
		if stopped := lab.Stop(); err == nil {
			err = stopped
		}
	}()
	fmt.Printf("# Benchmark, %s, %d cores, %s\n\n", time.Now().Format(time.DateOnly), runtime.NumCPU(), runtime.Version())
	if err := lab.Serve(ctx); err != nil {
		return err
	}
	if err := reportIndexing(ctx, lab); err != nil {
		return err
	}
	if opts.documents == 0 {
		if err := reportGroups(ctx, lab.Base, opts.cases); err != nil {
			return err
		}
	}
	paths, err := samplePaths(ctx, lab.Database)
	if err != nil {
		return err
	}
	if err := reportServing(ctx, lab, paths, opts.lasting, dir); err != nil {
		return err
	}
	if err := reportBrowsing(ctx, lab, opts.lasting); err != nil {
		return err
	}
	return reportMemory(lab)
}

func sourcesOf(ctx context.Context, opts options, dir string) (map[string]string, []string, error) {
	if opts.documents > 0 {
		return generate(ctx, dir, opts.documents)
	}
	sources, err := harness.Bundles(opts.data)
	return sources, harness.Datasets, err
}
