package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/validity"
)

// validate validates every XML that leaves the service, or all of one dataset: as recorded, and as by default where that
// differs.
func validate(ctx context.Context, lab *harness.Lab, corrected, shared, dataset string) error {
	schemas, ok := validity.Schemas(ctx, filepath.Join(shared, "schemas"), os.Stdout)
	if !ok {
		return nil
	}
	addresses, err := validity.Addresses(ctx, lab.Database, dataset)
	if err != nil {
		return fmt.Errorf("list all documents: %w", err)
	}
	started := time.Now()
	recorded, differing, err := validity.CheckBoth(ctx, lab.Base, corrected, addresses, schemas)
	if err != nil {
		return fmt.Errorf("validate: %w", err)
	}
	fmt.Printf("requested %d documents and files, as recorded and corrected, in %.0f s\n", len(addresses), time.Since(started).Seconds())
	fmt.Print("CORRECTIONS=none: ")
	err = recorded.Report(os.Stdout)
	fmt.Print("by default, where that differs: ")
	return errors.Join(err, differing.Report(os.Stdout))
}
