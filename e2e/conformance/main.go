// Command conformance starts the service on the real sources and replays recorded answers against it.
//
//	go run ./e2e/conformance -shared ../shared [-raise] [-replay] [-wait]
//
// It prints two tables: of all recorded answers, and of those that deviations.tsv does not set apart as
// wrong. It fails when a group falls below its floor in floors.tsv in the second. With -raise it writes what was
// reached into that file where it is more than before: floors only rise.
//
// Then the search is judged by the lists of e2e/relevance: at least 95 % of what names a document must find it first, and
// at least 90 % of what looks for one must have it among the first five.
//
// The answers are recorded without corrections, and the service that they are compared with makes none. Its plain text is
// compared with how xml2rfc prints the same references; that is the group "printed".
//
// Then every XML that the service can answer is validated by the schemas of xml2rfc, without corrections and with all of them where
// that makes a difference, and W3C is indexed once more from its repository of the newer model; -replay leaves these two out.
//
// With -real the sources are those at their real size, which the recorded answers do not belong to: only the XML is validated.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// deviationsFile lists the recorded answers that are wrong in our eyes.
const deviationsFile = "e2e/conformance/deviations.tsv"

func main() {
	shared := flag.String("shared", "../shared", "folder with data/ (Git bundles) and conformance/ (check and cases)")
	floors := flag.String("floors", "e2e/conformance/floors.tsv", "what each group must reach, in percent")
	raise := flag.Bool("raise", false, "write higher floors where more was reached")
	wait := flag.Bool("wait", false, "keep the service running afterwards, until interrupted")
	only := flag.Bool("replay", false, "only replay the recorded answers")
	show := flag.Int("show", 3, "differing cases to show for each group")
	real := flag.Bool("real", false, "only validate the XML of all documents of the sources at their real size")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	var err error
	if *real {
		err = validateReal(ctx, *shared)
	} else {
		err = run(ctx, *shared, *floors, *raise, *only, *wait, *show)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, shared, floorFile string, raise, only, wait bool, show int) (err error) {
	sources, err := harness.Bundles(filepath.Join(shared, "data"))
	if err != nil {
		return err
	}
	floor, err := readFloors(floorFile)
	if err != nil {
		return err
	}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: filepath.Join(os.TempDir(), "bibxml-conformance"), Sources: sources, Order: harness.Datasets, Log: os.Stderr,
	})
	if err != nil {
		return err
	}
	defer func() {
		if stopped := lab.Stop(); err == nil {
			err = stopped
		}
	}()
	if err := index(ctx, lab); err != nil {
		return err
	}
	if err := lab.Serve(ctx); err != nil {
		return err
	}
	replayer := replayer{shared: shared, deviations: deviationsFile, base: lab.Base, show: show}
	reached, err := replayer.replay(ctx)
	if err != nil {
		return err
	}
	if reached[printedGroup], err = replayer.printed(ctx); err != nil {
		return err
	}
	err = judgeSearch(ctx, lab.Base)
	if !only {
		err = errors.Join(err, validateAll(ctx, lab, shared))
	}
	if wait {
		fmt.Println("serving at", lab.Base)
		<-ctx.Done()
	}
	if raise {
		return errors.Join(err, writeFloors(floorFile, floor, reached))
	}
	return errors.Join(err, compare(floor, reached))
}

// validateAll validates the answers with and without corrections: those of a second web process are as by default.
func validateAll(ctx context.Context, lab *harness.Lab, shared string) error {
	corrected, err := lab.Web(ctx, "CORRECTIONS=all")
	if err != nil {
		return err
	}
	defer corrected.Stop()
	return errors.Join(validate(ctx, lab, corrected.Base, shared, ""), newerModel(ctx, lab, corrected.Base, shared))
}

func index(ctx context.Context, lab *harness.Lab) error {
	runs, err := lab.Index(ctx)
	var total time.Duration
	for _, run := range runs {
		total += run.Took
		fmt.Printf("indexed %-12s in %6.2f s\n", run.Dataset, run.Took.Seconds())
	}
	fmt.Printf("indexed all in %.2f s\n", total.Seconds())
	return err
}
