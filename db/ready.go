package db

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/db/migrations"
)

// The pauses between attempts to reach a database that is away double from the first to the last.
const (
	firstPause = 250 * time.Millisecond
	lastPause  = 5 * time.Second
)

// checkTimeout bounds one attempt.
const checkTimeout = 10 * time.Second

// AwaitServer waits until the database accepts connections. What waiting does not help with, such as a wrong password, fails at
// once with fault.Invalid and with what to do about it.
func (d *DB) AwaitServer(ctx context.Context, log *slog.Logger) error {
	return await(ctx, log, d.connects)
}

// AwaitTables waits like AwaitServer, and fails as well when tables are missing that this version of the program needs.
func (d *DB) AwaitTables(ctx context.Context, log *slog.Logger) error {
	return await(ctx, log, d.migrated)
}

// await repeats a check while the database is away.
func await(ctx context.Context, log *slog.Logger, check func(context.Context) error) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := within(ctx, checkTimeout, check)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if fault.Is(err, fault.Invalid) {
			return err
		}
		if advice := permanent(err); advice != "" {
			return fault.Wrap(fault.Invalid, err, "the database cannot be used: %s", advice)
		}
		if pause == firstPause {
			log.WarnContext(ctx, "waiting for the database", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func within(ctx context.Context, timeout time.Duration, check func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return check(ctx)
}

func (d *DB) connects(ctx context.Context) error {
	return during("connect to the database", d.pool.Ping(ctx))
}

func (d *DB) migrated(ctx context.Context) error {
	lacking, err := d.lackingMigrations(ctx)
	switch {
	case err != nil:
		return during("look for the tables", err)
	case len(lacking) > 0:
		return fault.New(fault.Invalid, "the database cannot be used: %d migrations are missing: run bibxml migrate", len(lacking))
	}
	_, err = d.web.ExecContext(ctx, "SELECT generation FROM index_state")
	return during("connect to the database that visitors are answered from", err)
}

// during names the operation that failed.
func during(operation string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", operation, err)
}

// advice tells operators what to do about errors of PostgreSQL that waiting does not help with, by their codes and classes of codes.
// The first match counts.
var advice = []struct{ code, text string }{
	{"08P01", "something between this program and PostgreSQL, such as a connection pooler, refuses the settings of the connection: connect to PostgreSQL itself"},
	{"28P01", "the password is wrong, or there is no such role: correct the user and the password in DATABASE_URL, or DB_USER and DB_SECRET"},
	{"28", "the server refuses this user: check the user in DATABASE_URL or DB_USER, whether the server demands encryption (sslmode=require), and its pg_hba.conf"},
	{"3D000", "there is no such database: create it, or correct its name in DATABASE_URL or DB_NAME"},
	{"42501", "the role lacks a privilege: run bibxml migrate as the owner of the tables, and see \"Two roles\" in docs/operations.md"},
	{"42704", "the server does not know a setting or an object: correct the parameters in DATABASE_URL, or run bibxml migrate"},
	{"42P01", "tables are missing: run bibxml migrate"},
	{"42703", "columns are missing: run bibxml migrate"},
	{"42883", "functions are missing: run bibxml migrate"},
}

// permanent returns what an operator has to do about an error that waiting does not help with, or "" where it may.
func permanent(err error) string {
	if err == nil {
		return ""
	}
	state := sqlState(err)
	for _, known := range advice {
		if state != "" && strings.HasPrefix(state, known.code) {
			return known.text
		}
	}
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		return "the certificate of the server cannot be verified: name the authority that signed it (sslrootcert=…), and the host as in the certificate"
	case strings.Contains(err.Error(), "server refused TLS connection"):
		return "the server has no encryption: enable it there, or set sslmode=disable in DATABASE_URL, or DB_SSLMODE"
	}
	return ""
}

// lackingMigrations returns the names of the missing migrations, including those of the queue.
func (d *DB) lackingMigrations(ctx context.Context) ([]string, error) {
	all, err := migrations.All()
	if err != nil {
		return nil, err
	}
	rows, err := d.pool.Query(ctx, `SELECT name FROM bun_migrations`)
	if err != nil {
		return nil, err
	}
	done, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	var lacking []string
	for _, m := range all.Sorted() {
		if !slices.Contains(done, m.Name) {
			lacking = append(lacking, m.Name+"_"+m.Comment)
		}
	}
	queue, err := d.lackingOfQueue(ctx)
	return append(lacking, queue...), err
}

func (d *DB) lackingOfQueue(ctx context.Context) ([]string, error) {
	queue, err := rivermigrate.New(riverpgxv5.New(d.pool), nil)
	if err != nil {
		return nil, err
	}
	done, err := queue.ExistingVersions(ctx)
	if err != nil {
		return nil, err
	}
	var lacking []string
	for _, m := range queue.AllVersions() {
		if !slices.ContainsFunc(done, func(d rivermigrate.Migration) bool { return d.Version == m.Version }) {
			lacking = append(lacking, fmt.Sprintf("queue %d", m.Version))
		}
	}
	return lacking, nil
}
