package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/fault"
)

// What web and worker need of tables that another role owns: to read and write rows. Functions do for them what only the owner
// can do (docs/adr/0025-web-and-worker-own-nothing.md).
const (
	rowRights  = "SELECT, INSERT, UPDATE, DELETE"
	maintained = 170000 // the version of PostgreSQL that introduced the privilege for VACUUM

	// isLog tests for the tables that record which migrations were done, which web and worker only read.
	isLog = `relname IN ('bun_migrations', 'bun_migration_locks', 'river_migration')`
)

// grantTo grants a role what web and worker need, on the tables of the queue too. Every migration does it again, since it may have
// added tables. It fails with fault.Invalid when there is no such role.
func (d *DB) grantTo(ctx context.Context, name string) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		var role, schema, database string
		var version int
		var own bool
		err := tx.QueryRow(ctx, `
			SELECT quote_ident(rolname), quote_ident(current_schema()), quote_ident(current_database()), rolname = current_user,
				current_setting('server_version_num')::int
			FROM pg_roles WHERE rolname = $1`, name).Scan(&role, &schema, &database, &own, &version)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return fault.New(fault.Invalid, "DB_GRANT_TO: the database has no role %q: create it (docs/operations.md, Two roles)", name)
		case err != nil || own:
			return err
		}
		for _, grant := range []string{
			"GRANT CONNECT, TEMPORARY ON DATABASE " + database + " TO " + role,
			"REVOKE CREATE ON SCHEMA " + schema + " FROM PUBLIC",
			"GRANT USAGE ON SCHEMA " + schema + " TO " + role,
		} {
			if _, err := tx.Exec(ctx, grant); err != nil {
				return err
			}
		}
		return grantObjects(ctx, tx, role, version)
	})
}

// grantObjects grants the privileges on each table, sequence and function of the schema. The tables that record which migrations
// were done can only be read.
func grantObjects(ctx context.Context, tx pgx.Tx, role string, version int) error {
	rights := rowRights
	if version >= maintained {
		rights += ", MAINTAIN"
	}
	rows, err := tx.Query(ctx, `
		SELECT CASE
			WHEN relkind = 'S' THEN format('USAGE ON SEQUENCE %s', oid::regclass)
			WHEN `+isLog+` THEN format('SELECT ON TABLE %s', oid::regclass)
			ELSE format('%s ON TABLE %s', $1::text, oid::regclass) END
		FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S') AND pg_has_role(relowner, 'USAGE')
		UNION ALL
		SELECT format('EXECUTE ON FUNCTION %s', oid::regprocedure)
		FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prosecdef AND pg_has_role(proowner, 'USAGE')`, rights)
	if err != nil {
		return err
	}
	granted, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, what := range granted {
		if _, err := tx.Exec(ctx, "GRANT "+what+" TO "+role); err != nil {
			return fmt.Errorf("grant %s: %w", what, err)
		}
	}
	return nil
}
