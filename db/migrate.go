package db

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/migrate"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/db/migrations"
)

// migrateLock keeps two processes from migrating at once: two runs of River's migrations panic, and
// the lock table of Bun's survives a killed process. The number is arbitrary, and only ours.
const migrateLock = 0x62696278_6d6c01

// lockPatience is how long a migration waits for a table or row that somebody uses, and how long until it tries again. Whoever
// asks for the table meanwhile has to wait behind it, visitors too, who wait for eight seconds. It is shorter than PostgreSQL's
// deadlock_timeout of a second: where a migration and somebody else wait for each other, the migration is who gives way.
const lockPatience = 500 * time.Millisecond

// Migrate brings the tables of the service and those of its queue to the newest version, and grants the role of
// Config.GrantTo what web and worker need of them. A second
// process that migrates at the same time waits. Doing it again changes nothing. It goes on until ctx ends when the index is being
// published or a table is in use.
func (d *DB) Migrate(ctx context.Context) error {
	return d.exclusively(ctx, "migrate", func(own *migrate.Migrator, queue *rivermigrate.Migrator[pgx.Tx]) error {
		if err := own.Init(ctx); err != nil {
			return err
		}
		if err := untilFree(ctx, own); err != nil {
			return err
		}
		if _, err := queue.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
			return err
		}
		if d.grantee == "" {
			return nil
		}
		return d.grantTo(ctx, d.grantee)
	})
}

// untilFree does what is left to do, again and again while something that it needs is in use.
func untilFree(ctx context.Context, own *migrate.Migrator) error {
	for {
		_, err := own.Migrate(ctx)
		if code := sqlState(err); code != codeLockTimeout && code != codeDeadlock {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(lockPatience):
		}
	}
}

// betweenPublishings keeps the index from being published until the migration has ended: a publishing locks the row of the
// lease before it touches a table (Index.begin), so neither can wait for the other with half of the tables in hand.
func betweenPublishings(ctx context.Context, tx bun.IConn, _ *migrate.Migration) error {
	var exists bool
	if err := tx.QueryRowContext(ctx, `SELECT to_regclass('index_lease') IS NOT NULL`).Scan(&exists); err != nil || !exists {
		return err
	}
	_, err := tx.ExecContext(ctx, `SELECT FROM index_lease FOR UPDATE`)
	return err
}

// Rollback undoes what the last Migrate that changed something did to the tables of the service, and
// once none of them is left removes those of the queue too.
func (d *DB) Rollback(ctx context.Context) error {
	return d.exclusively(ctx, "rollback", func(own *migrate.Migrator, queue *rivermigrate.Migrator[pgx.Tx]) error {
		if err := own.Init(ctx); err != nil {
			return err
		}
		if _, err := own.Rollback(ctx); err != nil {
			return err
		}
		left, err := own.AppliedMigrations(ctx)
		if err != nil || len(left) > 0 {
			return err
		}
		_, err = queue.Migrate(ctx, rivermigrate.DirectionDown, &rivermigrate.MigrateOpts{TargetVersion: -1})
		return err
	})
}

func (d *DB) exclusively(ctx context.Context, operation string,
	do func(*migrate.Migrator, *rivermigrate.Migrator[pgx.Tx]) error,
) error {
	lock, err := d.pool.Acquire(ctx)
	if err != nil {
		return failure(operation, err)
	}
	defer lock.Release()
	if _, err := lock.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(migrateLock)); err != nil {
		return failure(operation, err)
	}
	defer func() {
		if _, err := lock.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", int64(migrateLock)); err != nil {
			_ = lock.Conn().Close(context.WithoutCancel(ctx)) // which gives the lock up as well
		}
	}()
	queue, err := rivermigrate.New(riverpgxv5.New(d.pool), nil)
	if err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	all, err := migrations.All()
	if err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	// Over pgx and not the pool of the web, whose statement_timeout would end a long migration.
	config := d.pool.Config().ConnConfig.Copy()
	config.RuntimeParams["lock_timeout"] = strconv.FormatInt(lockPatience.Milliseconds(), 10)
	own := bun.NewDB(stdlib.OpenDB(*config), pgdialect.New())
	defer func() { _ = own.Close() }()
	migrator := migrate.NewMigrator(own, all, migrate.WithMarkAppliedOnSuccess(true), migrate.BeforeMigration(betweenPublishings))
	err = do(migrator, queue)
	if advice := permanent(err); advice != "" {
		return fault.Wrap(fault.Invalid, err, "%s: %s", operation, advice)
	}
	return failure(operation, err)
}
