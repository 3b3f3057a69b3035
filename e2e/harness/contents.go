package harness

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// tables are everything that the index tells, as text that does not depend on when it was written.
var tables = []string{
	`SELECT (to_jsonb(r) - 'indexed_at')::text FROM records AS r ORDER BY id`,
	`SELECT d::text FROM documents AS d ORDER BY id`,
	`SELECT i::text FROM docids AS i ORDER BY record_id, i::text`,
	`SELECT p::text FROM parts AS p ORDER BY document_id, p::text`,
	`SELECT a::text FROM archive AS a ORDER BY dir, file`,
	`SELECT dataset || ' ' || commit_hash || ' ' || records || ' ' || problems || ' ' || unreadable FROM sources ORDER BY dataset`,
}

// SameAsFresh indexes all sources into an empty database and compares. It fails with the first difference.
func (l *Lab) SameAsFresh(ctx context.Context) (rows int, err error) {
	fresh, err := l.emptyDatabase(ctx, "fresh")
	if err != nil {
		return 0, err
	}
	other := &Lab{opts: l.opts, program: l.program, Database: fresh, db: l.db}
	other.env = append(l.env[:len(l.env):len(l.env)], "DATABASE_URL="+fresh, "DATASET_TMP_ROOT="+l.opts.Dir+"/fresh")
	if err := other.Migrate(ctx); err != nil {
		return 0, err
	}
	if _, err := other.Index(ctx); err != nil {
		return 0, err
	}
	for _, query := range tables {
		n, err := same(ctx, l.Database, fresh, query)
		if err != nil {
			return rows, err
		}
		rows += n
	}
	return rows, nil
}

// AllSearchIndexes is how many indexes for searching a filled database has.
const AllSearchIndexes = 4

// SearchIndexes tells how many of them there are.
func (l *Lab) SearchIndexes(ctx context.Context) (count int, err error) {
	conn, err := pgx.Connect(ctx, l.Database)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(ctx) }()
	err = conn.QueryRow(ctx, `
		SELECT count(*) FROM pg_indexes WHERE tablename IN ('records', 'documents', 'docids') AND indexdef LIKE '% USING gin %'`).Scan(&count)
	return count, err
}

// Exec has the database do something.
func (l *Lab) Exec(ctx context.Context, statements string) error {
	conn, err := pgx.Connect(ctx, l.Database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, statements)
	return err
}

// emptyDatabase makes a database beside that of the lab.
func (l *Lab) emptyDatabase(ctx context.Context, name string) (string, error) {
	conn, err := pgx.Connect(ctx, l.Database)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		return "", err
	}
	address, err := url.Parse(l.Database)
	if err != nil {
		return "", err
	}
	address.Path = "/" + name
	return address.String(), nil
}

// same compares what a query gives in two databases, row by row.
func same(ctx context.Context, one, other, query string) (int, error) {
	a, err := lines(ctx, one, query)
	if err != nil {
		return 0, err
	}
	b, err := lines(ctx, other, query)
	if err != nil {
		return 0, err
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return 0, fmt.Errorf("not the index that a fresh indexing makes:\nhere:  %.500s\nfresh: %.500s", a[i], b[i])
		}
	}
	if len(a) != len(b) {
		return 0, fmt.Errorf("not the index that a fresh indexing makes: %d rows instead of %d: %s", len(a), len(b), query)
	}
	return len(a), nil
}

func lines(ctx context.Context, database, query string) (all []string, err error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	rows, err := conn.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
