package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/maintenance"
)

const (
	// rebuildAt is how many times as large as after its last rebuilding, for as many rows, an index must be to be rebuilt.
	rebuildAt = 2
	// rebuildLeast is the size in bytes from which an index is worth it.
	rebuildLeast = 16 << 20
)

// ginIndex is a GIN index of ours.
type ginIndex struct {
	Name  string
	Bytes int64
	Rows  int64 // of its table
	Owned bool  // whether this role may rebuild it
}

// bloated lists the GIN indexes of at least some bytes that are to be rebuilt: those that have grown, and once each of unknown history.
func bloated(ctx context.Context, conn *pgx.Conn, least int64) ([]ginIndex, error) {
	rows, err := conn.Query(ctx, `
		SELECT i.relname, pg_relation_size(i.oid), greatest(t.reltuples, 1)::bigint, pg_has_role(i.relowner, 'USAGE')
		FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am ON pg_am.oid = i.relam
		LEFT JOIN rebuilt_indexes k ON k.name = i.relname
		WHERE amname = 'gin' AND i.relnamespace = current_schema()::regnamespace AND x.indisvalid
		AND pg_relation_size(i.oid) >= $1
		AND (k.name IS NULL OR pg_relation_size(i.oid)::float8 / greatest(t.reltuples, 1) >= $2 * k.bytes::float8 / greatest(k.rows, 1))
		ORDER BY i.relname`, least, rebuildAt)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[ginIndex])
}

// rebuild rebuilds the bloated GIN indexes one after the other while everybody reads and writes. It leaves out those that
// another role owns, and says so.
func rebuild(ctx context.Context, conn *pgx.Conn, least int64, report *maintenance.Report) error {
	if err := dropUnfinished(ctx, conn); err != nil {
		return err
	}
	found, err := bloated(ctx, conn, least)
	if err != nil {
		return err
	}
	for _, index := range found {
		if !index.Owned {
			report.LeftOut = fmt.Sprintf("%s has %d MB and should be rebuilt, but another role owns it: REINDEX INDEX CONCURRENTLY %s",
				index.Name, index.Bytes>>20, index.Name)
			continue
		}
		if _, err := conn.Exec(ctx, `REINDEX INDEX CONCURRENTLY `+pgx.Identifier{index.Name}.Sanitize()); err != nil {
			return fmt.Errorf("rebuild %s: %w", index.Name, err)
		}
		var after int64
		err := conn.QueryRow(ctx, `
			INSERT INTO rebuilt_indexes VALUES ($1, pg_relation_size(to_regclass($1)), $2)
			ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, rows = excluded.rows RETURNING bytes`, index.Name, index.Rows).Scan(&after)
		if err != nil {
			return err
		}
		report.Rebuilt = append(report.Rebuilt, maintenance.Rebuilt{Index: index.Name, Before: index.Bytes, After: after})
	}
	return nil
}

// dropUnfinished drops what a rebuilding left behind that was cut off.
func dropUnfinished(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, `
		SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid
		WHERE relnamespace = current_schema()::regnamespace AND NOT indisvalid AND relname ~ '_cc(new|old)[0-9]*$' AND pg_has_role(relowner, 'USAGE')`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	for _, name := range names {
		if err == nil {
			_, err = conn.Exec(ctx, `DROP INDEX CONCURRENTLY IF EXISTS `+pgx.Identifier{name}.Sanitize())
		}
	}
	return err
}
