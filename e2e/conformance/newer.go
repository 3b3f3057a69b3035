package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// tolerated is the share of the files of the newer model that may have problems, in percent.
const tolerated = 0.1

// newerModel indexes W3C from its repository of the newer model, in place of the one before, prints
// every problem that the service found in it, and judges its XML as well.
func newerModel(ctx context.Context, lab *harness.Lab, corrected, shared string) error {
	bundle, err := filepath.Abs(filepath.Join(shared, "data", "relaton-data-w3c-gen2.bundle"))
	if err != nil {
		return err
	}
	started := time.Now()
	if err := lab.IndexFrom(ctx, "w3c", bundle); err != nil {
		return fmt.Errorf("newer model: %w", err)
	}
	took := time.Since(started)
	files, problems, err := told(ctx, lab.Database, "w3c")
	if err != nil {
		return fmt.Errorf("newer model: %w", err)
	}
	fmt.Printf("newer model: %d files of W3C indexed in %.2f s, %d with problems (%.3f %%, tolerated %.1f %%)\n",
		files, took.Seconds(), len(problems), share(len(problems), files), tolerated)
	for _, problem := range problems {
		fmt.Println("  " + problem)
	}
	if err := bearable(files, len(problems)); err != nil {
		return err
	}
	return validate(ctx, lab, corrected, shared, "w3c")
}

// bearable is an error when too many files have problems.
func bearable(files, problems int) error {
	switch {
	case files == 0:
		return fmt.Errorf("newer model: nothing was indexed")
	case share(problems, files) > tolerated:
		return fmt.Errorf("newer model: %.3f %% of the files have problems, more than %.1f %%", share(problems, files), tolerated)
	}
	return nil
}

func share(part, all int) float64 { return 100 * float64(part) / float64(max(all, 1)) }

// told gives how many files a source has, those that are no records among them, and a line for each
// with problems.
func told(ctx context.Context, database, dataset string) (files int, problems []string, err error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = conn.Close(ctx) }()
	var unreadable int
	err = conn.QueryRow(ctx, `SELECT records, unreadable FROM sources WHERE dataset = $1`, dataset).Scan(&files, &unreadable)
	if err != nil {
		return 0, nil, err
	}
	rows, err := conn.Query(ctx, `SELECT ref || ': ' || problems::text FROM records WHERE dataset = $1 AND problems IS NOT NULL ORDER BY ref`, dataset)
	if err != nil {
		return 0, nil, err
	}
	problems, err = pgx.CollectRows(rows, pgx.RowTo[string])
	for range unreadable {
		problems = append(problems, "a file that is no record: see the outcome of the indexing above")
	}
	return files + unreadable, problems, err
}
