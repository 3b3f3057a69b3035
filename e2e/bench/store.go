package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// stored are the tables that nearly all of an indexing is written to.
var stored = []string{"records", "docids", "documents"}

// storeAlone copies the rows of the index once more, all at once, into tables of their own: what PostgreSQL takes for
// the rows themselves, for the indexes that are there while a database is filled, and for the log that survives a crash.
func storeAlone(ctx context.Context, lab *harness.Lab, row rowFunc) error {
	from, err := pgx.Connect(ctx, lab.Database)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close(ctx) }()
	const rows = "INCLUDING STORAGE INCLUDING COMPRESSION INCLUDING DEFAULTS"
	for _, kind := range []struct{ name, create, including string }{
		{"alone: PostgreSQL taking the same rows, no index, no log", "UNLOGGED TABLE", rows},
		{"alone: that, with the indexes", "UNLOGGED TABLE", "INCLUDING ALL"},
		{"alone: that, and its log", "TABLE", "INCLUDING ALL"},
	} {
		to, err := pgx.Connect(ctx, lab.Database)
		if err != nil {
			return err
		}
		took, err := copyAll(ctx, from, to, kind.create, kind.including)
		if err = errors.Join(err, to.Close(ctx)); err != nil {
			return fmt.Errorf("%s: %w", kind.name, err)
		}
		row(kind.name, took)
	}
	return nil
}

// dropGIN drops the indexes that a database gets once it has been filled.
const dropGIN = `
	DO $$
	DECLARE late text;
	BEGIN
		FOR late IN SELECT indexname FROM pg_indexes WHERE tablename LIKE 'own\_%' AND indexdef LIKE '% USING gin %' LOOP
			EXECUTE format('DROP INDEX %I', late);
		END LOOP;
	END
	$$`

// copyAll gives the processor time of the session that takes the rows. A table that was made in the transaction that
// fills it would have no log.
func copyAll(ctx context.Context, from, to *pgx.Conn, create, including string) (took time.Duration, err error) {
	pid := int(to.PgConn().PID())
	for _, table := range stored {
		if _, err := to.Exec(ctx, fmt.Sprintf(`CREATE %[1]s own_%[2]s (LIKE %[2]s %[3]s)`, create, table, including)); err != nil {
			return 0, err
		}
		if _, err := to.Exec(ctx, dropGIN); err != nil {
			return 0, err
		}
		before, err := harness.CPUOf(pid)
		if err != nil {
			return 0, err
		}
		if err := copyTable(ctx, from, to, table); err != nil {
			return 0, fmt.Errorf("copy %s: %w", table, err)
		}
		after, err := harness.CPUOf(pid)
		if err != nil {
			return 0, err
		}
		took += after.Own - before.Own
		if _, err := to.Exec(ctx, "DROP TABLE own_"+table); err != nil {
			return 0, err
		}
	}
	return took, nil
}

func copyTable(ctx context.Context, from, to *pgx.Conn, table string) error {
	rows, w := io.Pipe()
	sent := make(chan error, 1)
	go func() {
		_, err := from.PgConn().CopyTo(ctx, w, "COPY "+table+" TO STDOUT (FORMAT binary)")
		sent <- errors.Join(err, w.CloseWithError(err))
	}()
	_, err := to.PgConn().CopyFrom(ctx, rows, "COPY own_"+table+" FROM STDIN (FORMAT binary)")
	return errors.Join(err, rows.CloseWithError(err), <-sent)
}
