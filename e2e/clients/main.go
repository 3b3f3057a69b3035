// Command clients has the tools that authors of Internet-Drafts use build a small draft whose references
// come from the running service, on the sample sources, and judges every XML of those by the schemas of
// xml2rfc where these are at hand.
//
//	go run ./e2e/clients [-schemas ../shared/schemas]
//
// kramdown-rfc fetches by itself, or leaves external entities for an XML processor; XInclude is what
// drafts in XML use. What is not installed is left out, and said aloud. xml2rfc itself is on no
// Debian mirror that is free software; its schemas stand in for it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/sources"
	"github.com/ietf-tools/bibxml/e2e/validity"
)

func main() {
	schemas := flag.String("schemas", "../shared/schemas", "folder with reference.rng and referencegroup.rng")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *schemas)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "clients:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, schemas string) (err error) {
	dir, err := os.MkdirTemp("", "bibxml-clients-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	repositories, err := sources.Materialise(ctx, filepath.Join(dir, "sources"))
	if err != nil {
		return err
	}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: filepath.Join(dir, "service"), Sources: repositories, Order: harness.Datasets, Log: io.Discard,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	if _, err := lab.Index(ctx); err != nil {
		return err
	}
	web, err := lab.Web(ctx, "CORRECTIONS=all") // as by default
	if err != nil {
		return err
	}
	defer web.Stop()
	return errors.Join(validate(ctx, lab, web.Base, schemas), build(ctx, web.Base, dir), tryEntries(ctx, web.Base))
}

// validate judges the XML of all samples.
func validate(ctx context.Context, lab *harness.Lab, base, schemas string) error {
	dir, ok := validity.Schemas(ctx, schemas, os.Stdout)
	if !ok {
		return nil
	}
	addresses, err := validity.Addresses(ctx, lab.Database, "")
	if err != nil {
		return err
	}
	tally, err := validity.Check(ctx, base, addresses, dir)
	if err != nil {
		return err
	}
	return tally.Report(os.Stdout)
}

// build has each client build the draft and looks at the outcome.
func build(ctx context.Context, base, dir string) error {
	var failures []error
	for _, c := range clients {
		if missing := missing(c.needs); missing != "" {
			fmt.Printf("LEFT OUT: %s (%s is not installed, see scripts/needs)\n", c.name, missing)
			continue
		}
		draft, err := c.build(ctx, base, dir, c.references)
		if err == nil {
			err = check(draft, c.references)
		}
		if err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", c.name, err))
			continue
		}
		fmt.Printf("%s: a draft with %d references\n", c.name, len(c.references))
	}
	return errors.Join(failures...)
}

func missing(programs []string) string {
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			return program
		}
	}
	return ""
}
