// Command upgrade goes from the version before to this one, as docs/operations.md has it, while readers ask without end.
//
//	go run ./e2e/upgrade
//
// The program of the version before is built from its commit; where the clone lacks that, the test is left out. Its web
// process answers from its own database, which its worker filled. Then the database is migrated while both go on, web processes
// of the new version join and take over, and its worker indexes by itself whatever the new version makes something else of; then
// all goes back to the version before, and forward again. No answer may fail on the way, or be of anything but one whole state of
// the sources, and none of one before a state that was seen.
// In the end the index must be what a fresh indexing makes, and nobody may have been told of changes that were none.
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
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

type options struct {
	documents int
	seed      uint64
	verbose   bool
}

func main() {
	var opts options
	flag.IntVar(&opts.documents, "documents", 2000, "how many documents each of the two sources has")
	flag.Uint64Var(&opts.seed, "seed", uint64(time.Now().UnixNano()), "of what is asked")
	flag.BoolVar(&opts.verbose, "verbose", false, "show what the programs print")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, opts)
	stop()
	if errors.Is(err, errNoHistory) {
		fmt.Printf("LEFT OUT: the upgrade from the version before: %v\n", err)
		return
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "upgrade, seed %d: %v\n", opts.seed, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, opts options) (err error) {
	fmt.Printf("upgrade: seed %d\n", opts.seed)
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("bibxml-upgrade-%d", os.Getpid()))
	defer func() { _ = os.RemoveAll(dir) }()
	programs := filepath.Join(dir, "programs")
	before, after, err := build(ctx, programs)
	if err != nil {
		return err
	}
	log := io.Discard
	if opts.verbose {
		log = os.Stderr
	}
	full := &states.Source{Dataset: states.IETF, Dir: filepath.Join(dir, "lab", "sources", "full.git"), Documents: opts.documents, Stride: 1}
	partly := &states.Source{Dataset: "iana", Dir: filepath.Join(dir, "lab", "sources", "partly.git"), Documents: opts.documents, Stride: 20}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: filepath.Join(dir, "lab"), Sources: map[string]string{full.Dataset: full.Dir, partly.Dataset: partly.Dir},
		Order: []string{full.Dataset, partly.Dataset}, Program: before, Log: log,
		Env: []string{"CORRECTIONS="}, // none, in that version, which knows no such name
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	for _, source := range []*states.Source{full, partly} {
		if err := source.Create(ctx); err != nil {
			return err
		}
	}
	u := &upgrade{old: lab, new: lab.As(after, "CORRECTIONS=none"), sources: []*states.Source{full, partly}, seed: opts.seed}
	defer u.stop()
	return u.run(ctx)
}
