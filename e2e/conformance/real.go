package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// validateReal indexes the sources at their real size and judges the XML of all their documents.
func validateReal(ctx context.Context, shared string) (err error) {
	sources, err := harness.RealBundles(filepath.Join(shared, "data"))
	if err != nil {
		return err
	}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: filepath.Join(os.TempDir(), "bibxml-conformance-real"), Sources: sources, Order: harness.Datasets, Log: os.Stderr,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	if err := index(ctx, lab); err != nil {
		return err
	}
	if err := lab.Serve(ctx); err != nil {
		return err
	}
	corrected, err := lab.Web(ctx, "CORRECTIONS=all")
	if err != nil {
		return err
	}
	defer corrected.Stop()
	return validate(ctx, lab, corrected.Base, shared, "")
}
