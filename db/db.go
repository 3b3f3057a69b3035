// Package db keeps the index in PostgreSQL: models and queries of the web process through Bun, bulk
// writing and listening through pgx (docs/adr/0006-two-pools.md), and the migrations of both. What is
// asked, merged and decided is left to catalog and indexing; the queue to jobs.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/maypok86/otter/v2"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/driver/pgdriver"

	"github.com/ietf-tools/bibxml/app/fault"
)

const (
	defaultWebConns    = 16
	defaultWorkerConns = 8
	defaultWebTimeout  = 8 * time.Second
)

// Config says which database to use, and how much of it.
type Config struct {
	URL         string        // postgres://user:password@host:port/name?sslmode=…
	ReadURL     string        // of a replica that visitors are answered from; empty: URL
	WebConns    int           // connections for visitors; 0: 16
	WorkerConns int           // connections for indexing and the queue; 0: 8
	WebTimeout  time.Duration // of one query of a visitor; 0: 8 s
}

// DB is the database, with one pool for visitors and one for the worker. It is safe for concurrent
// use.
type DB struct {
	web     *bun.DB
	pool    *pgxpool.Pool
	replica bool // visitors are answered from a replica
	stems   *otter.Cache[string, *string]
	upkeep  upkeep
	yields  atomic.Bool // sessions of the pool stand behind others
}

// Open prepares both pools. It connects to nothing: a database that is away makes the queries fail,
// with fault.Unavailable, until it is back. The error is of kind Invalid when the URL cannot be read.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	cfg = cfg.withDefaults()
	d := &DB{replica: cfg.ReadURL != "", stems: newStems()}
	var err error
	if d.pool, err = newPool(ctx, cfg, d.afterConnect); err != nil {
		return nil, err
	}
	if d.web, err = newWeb(cfg); err != nil {
		d.pool.Close()
		return nil, err
	}
	d.upkeep.pool = d.pool
	return d, nil
}

func (c Config) withDefaults() Config {
	if c.WebConns <= 0 {
		c.WebConns = defaultWebConns
	}
	if c.WorkerConns <= 0 {
		c.WorkerConns = defaultWorkerConns
	}
	if c.WebTimeout <= 0 {
		c.WebTimeout = defaultWebTimeout
	}
	return c
}

func newPool(ctx context.Context, cfg Config, connected func(context.Context, *pgx.Conn) error) (*pgxpool.Pool, error) {
	parsed, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the address of the database cannot be read")
	}
	parsed.MaxConns = int32(min(cfg.WorkerConns, 1000)) //nolint:gosec // bounded
	params := parsed.ConnConfig.RuntimeParams
	params["application_name"] = "bibxml worker"
	// A worker whose host vanished must not hold the lock of the index for the two hours of the
	// default: dead after 5 + 3·2 s.
	params["tcp_keepalives_idle"] = "5"
	params["tcp_keepalives_interval"] = "2"
	params["tcp_keepalives_count"] = "3"
	parsed.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		// The lexicon reads and writes vectors in their binary form itself.
		conn.TypeMap().RegisterType(&pgtype.Type{Name: "tsvector", OID: pgtype.TSVectorOID, Codec: pgtype.ByteaCodec{}})
		return connected(ctx, conn)
	}
	pool, err := pgxpool.NewWithConfig(ctx, parsed)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return pool, nil
}

// newWeb makes the pool for visitors. pgdriver does not pass a cancelled context on to the server, so
// the server itself ends what takes too long. Compilation and parallel workers help long queries and
// delay short ones, of which there are many at once.
func newWeb(cfg Config) (web *bun.DB, err error) {
	defer func() { // how pgdriver refuses a URL
		if r := recover(); r != nil {
			err = fault.New(fault.Invalid, "the address of the database cannot be read: %v", r)
		}
	}()
	connector := pgdriver.NewConnector(
		pgdriver.WithDSN(cmp.Or(cfg.ReadURL, cfg.URL)),
		pgdriver.WithApplicationName("bibxml web"),
		pgdriver.WithDialTimeout(5*time.Second),
		pgdriver.WithReadTimeout(cfg.WebTimeout+2*time.Second),
		pgdriver.WithWriteTimeout(cfg.WebTimeout),
		pgdriver.WithConnParams(map[string]any{
			"statement_timeout":               cfg.WebTimeout.Milliseconds(),
			"jit":                             "off",
			"standard_conforming_strings":     "on",     // what the escaping of parameters relies on
			"max_parallel_workers_per_gather": int64(0), // the driver knows no int
		}),
	)
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(cfg.WebConns)
	pool.SetMaxIdleConns(cfg.WebConns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return bun.NewDB(pool, pgdialect.New()), nil
}

// Pool gives the connections of the worker, for the queue.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Close closes both pools. Connections that are in use are waited for, those that tidy up after an
// indexing included.
func (d *DB) Close() error {
	d.upkeep.close()
	d.pool.Close()
	return d.web.Close()
}
