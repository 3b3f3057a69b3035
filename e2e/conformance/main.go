// Command conformance starts the service on the real sources and replays recorded answers against it.
//
//	go run ./e2e/conformance -shared ../shared [-raise] [-replay] [-wait]
//
// It prints the table of the replay and fails when a group falls below its floor in floors.tsv. With
// -raise it writes what was reached into that file where it is more than before: floors only rise.
//
// Then every XML that the service can give is judged by the schemas of xml2rfc, and W3C is indexed once
// more from its repository of the newer model; -replay leaves both out.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

func main() {
	shared := flag.String("shared", "../shared", "folder with data/ (Git bundles) and conformance/ (check and cases)")
	floors := flag.String("floors", "e2e/conformance/floors.tsv", "what each group must reach, in percent")
	raise := flag.Bool("raise", false, "write higher floors where more was reached")
	wait := flag.Bool("wait", false, "keep the service running afterwards, until interrupted")
	only := flag.Bool("replay", false, "only replay the recorded answers")
	show := flag.Int("show", 3, "differing cases to show for each group")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *shared, *floors, *raise, *only, *wait, *show)
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
	reached, err := replay(ctx, shared, lab.Base, show)
	if err != nil {
		return err
	}
	if !only {
		err = errors.Join(validate(ctx, lab, shared, ""), newerModel(ctx, lab, shared))
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

// replay runs the check of the recorded answers and reads its table. The check itself is told to
// accept anything: the floors decide.
func replay(ctx context.Context, shared, base string, show int) (map[string]float64, error) {
	cases, err := filepath.Glob(filepath.Join(shared, "conformance", "cases", "*.jsonl.gz"))
	if err != nil || len(cases) == 0 {
		return nil, fmt.Errorf("no recorded answers below %s", shared)
	}
	args := append([]string{
		filepath.Join(shared, "conformance", "check"),
		"--base", base, "--min", "0", "--show", fmt.Sprint(show),
	}, cases...)
	var table bytes.Buffer
	check := exec.CommandContext(ctx, "python3", args...)
	check.Stdout, check.Stderr = io.MultiWriter(os.Stdout, &table), os.Stderr
	if err := check.Run(); err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	return readTable(table.String())
}
