// Command bench measures the service and prints a report in Markdown.
//
//	go run ./e2e/bench -data ../shared/data          # the real sources, as Git bundles
//	go run ./e2e/bench --documents 300000            # and filled up to so many, for the search
//	go run ./e2e/bench -real                         # the sources at their real size
//
// Everything is measured in one run on one machine, the same answers as static files of nginx included
// when nginx is installed; so figures of one report can be compared with each other, and hardly with
// those of another machine.
package main

import (
	"context"
	"errors"
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
	program   string
	only      string
	verbose   bool
	real      bool
}

// asByDefault leaves the corrections to the program: earlier versions refuse the name "none".
var asByDefault = []string{"CORRECTIONS="}

func main() {
	var opts options
	flag.StringVar(&opts.data, "data", "../shared/data", "folder with the real sources as Git bundles")
	flag.StringVar(&opts.cases, "cases", "../shared/conformance/cases", "folder with recorded requests to the real sources")
	flag.IntVar(&opts.documents, "documents", 0, "measure the search once more when copies of the real records have filled the index up to so many documents")
	flag.DurationVar(&opts.lasting, "lasting", 4*time.Second, "how long each load lasts")
	flag.StringVar(&opts.program, "program", "", "measure this program, built already, instead of that of this checkout")
	flag.StringVar(&opts.only, "only", "", "measure, beside the indexing, only this: requests, serving, beside, browsing, search, large or members; indexing for nothing else")
	flag.BoolVar(&opts.real, "real", false, "measure on the sources at their real size")
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

func run(ctx context.Context, opts options) error {
	dir := filepath.Join(os.TempDir(), "bibxml-bench")
	fmt.Printf("# Benchmark, %s, %d cores, %s\n\n", time.Now().Format(time.DateOnly), runtime.NumCPU(), runtime.Version())
	if opts.only != "large" && opts.only != "members" {
		if err := reportAll(ctx, opts, dir); err != nil {
			return err
		}
	}
	if opts.wants("members") {
		if err := reportMembers(ctx, opts, dir+"-members"); err != nil {
			return err
		}
	}
	if !opts.wants("large") {
		return nil
	}
	return reportLarge(ctx, opts, dir+"-large")
}

// reportAll measures all that is measured on all sources; they have to be indexed for any of it.
func reportAll(ctx context.Context, opts options, dir string) (err error) {
	find := harness.Bundles
	if opts.real {
		find = harness.RealBundles
	}
	sources, err := find(opts.data)
	if err != nil {
		return err
	}
	lab, err := harness.Start(ctx, harness.Options{Dir: dir, Sources: sources, Order: harness.Datasets, Log: opts.log(), Program: opts.program, Env: asByDefault})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	if err := lab.Serve(ctx); err != nil {
		return err
	}
	if err := reportIndexing(ctx, lab, sources); err != nil {
		return err
	}
	if opts.wants("requests") {
		if err := reportGroups(ctx, lab.Base, opts.cases); err != nil {
			return err
		}
	}
	paths, err := samplePaths(ctx, lab.Database)
	if err != nil {
		return err
	}
	if opts.wants("serving") {
		if err := reportServing(ctx, lab, paths, opts.lasting, dir); err != nil {
			return err
		}
	}
	if opts.wants("beside") {
		if err := reportBeside(ctx, lab, paths, opts.lasting); err != nil {
			return err
		}
	}
	if opts.wants("browsing") {
		if err := reportBrowsing(ctx, lab, opts.lasting); err != nil {
			return err
		}
	}
	if opts.wants("search") {
		if err := growSearch(ctx, lab, sources, opts.documents, dir+"-filled"); err != nil {
			return err
		}
	}
	return reportMemory(lab)
}

// wants says whether a part of the report is wanted.
func (o options) wants(part string) bool { return o.only == "" || o.only == part }

// log is where the program's output goes.
func (o options) log() io.Writer {
	if o.verbose {
		return os.Stderr
	}
	return io.Discard
}
