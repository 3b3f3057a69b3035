package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/validity"
)

// validate judges every XML that leaves the service, or all of one dataset.
func validate(ctx context.Context, lab *harness.Lab, shared, dataset string) error {
	schemas, ok := validity.Schemas(ctx, filepath.Join(shared, "schemas"), os.Stdout)
	if !ok {
		return nil
	}
	addresses, err := validity.Addresses(ctx, lab.Database, dataset)
	if err != nil {
		return fmt.Errorf("list all documents: %w", err)
	}
	started := time.Now()
	tally, err := validity.Check(ctx, lab.Base, addresses, schemas)
	if err != nil {
		return fmt.Errorf("validate: %w", err)
	}
	fmt.Printf("asked for %d documents and files in %.0f s\n", len(addresses), time.Since(started).Seconds())
	return tally.Report(os.Stdout)
}
