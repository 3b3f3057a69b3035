// Package db keeps the index in PostgreSQL: models and queries of the web process through Bun, bulk
// writing and listening through pgx (docs/adr/0024-searches-are-admitted.md), and the migrations of both. What is
// asked, merged and decided is left to catalog and indexing; the queue to jobs.
package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/maypok86/otter/v2"

	"github.com/ietf-tools/bibxml/app/fault"
)

// healthConns is the number of connections for health checks.
const healthConns = 2

// Config selects the database and bounds its use. Zero values stand for the defaults.
type Config struct {
	URL     string // postgres://user:password@host:port/name?sslmode=…
	ReadURL string // of a replica that visitors are answered from; empty: URL

	LookupConns int // connections for look-ups; 0: 10
	SearchConns int // connections for searches; 0: 4
	WorkerConns int // connections for indexing, the queue and the panel; 0: 8

	WebTimeout     time.Duration // of one query of a visitor; 0: 8 s
	AcquireTimeout time.Duration // how long a look-up or a health check waits for a connection; 0: 30 s

	GrantTo string // role that Migrate grants what web and worker need; empty: none
}

// DB is the database, with separate pools for look-ups, searches, health checks and the worker: none of them waits for
// connections that another one uses. It is safe for concurrent use.
type DB struct {
	web      *pool // for look-ups
	searches *pool
	health   *pool
	pool     *pgxpool.Pool // for the worker
	replica  bool          // visitors are answered from a replica
	grantee  string        // role that Migrate grants what web and worker need
	stems    *otter.Cache[string, *string]
	upkeep   upkeep
	yields   atomic.Bool // sessions of the worker's pool stand behind others
}

// Open prepares the pools. It connects to nothing: a database that is away makes the queries fail,
// with fault.Unavailable, until it is back. The error is of kind Invalid when the URL cannot be read.
func Open(ctx context.Context, cfg Config) (*DB, error) {
	cfg = cfg.withDefaults()
	d := &DB{replica: cfg.ReadURL != "", grantee: cfg.GrantTo, stems: newStems()}
	if err := d.open(ctx, cfg); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *DB) open(ctx context.Context, cfg Config) (err error) {
	if d.pool, err = newPool(ctx, cfg, d.afterConnect); err != nil {
		return err
	}
	d.upkeep.pool = d.pool
	if d.web, err = newVisitors(cfg, "lookups", cfg.LookupConns, cfg.AcquireTimeout); err != nil {
		return err
	}
	// How many searches run is limited already: a query of one waits for queries of the same searches only.
	if d.searches, err = newVisitors(cfg, "searches", cfg.SearchConns, cfg.WebTimeout+cfg.AcquireTimeout); err != nil {
		return err
	}
	d.health, err = newVisitors(cfg, "health", healthConns, cfg.AcquireTimeout)
	return err
}

func (c Config) withDefaults() Config {
	c.LookupConns = cmp.Or(c.LookupConns, 10)
	c.SearchConns = cmp.Or(c.SearchConns, 4)
	c.WorkerConns = cmp.Or(c.WorkerConns, 8)
	c.WebTimeout = cmp.Or(c.WebTimeout, 8*time.Second)
	c.AcquireTimeout = cmp.Or(c.AcquireTimeout, 30*time.Second)
	return c
}

// unreadable reports an address that a driver cannot parse. The drivers' own messages quote the address, with parts of a password
// that it does not recognise, unless it is about a file.
func unreadable(cause error) error {
	if file := new(fs.PathError); errors.As(cause, &file) {
		return fault.New(fault.Invalid, "the address of the database names a file that cannot be read: %v", file)
	}
	return fault.New(fault.Invalid, "the address of the database cannot be read; it has the form postgres://user:password@host:5432/name")
}

func newPool(ctx context.Context, cfg Config, connected func(context.Context, *pgx.Conn) error) (*pgxpool.Pool, error) {
	parsed, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, unreadable(err)
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

// Pool returns the connections of the worker, for the queue.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

// Close closes all pools. Connections that are in use are waited for, those that tidy up after an
// indexing included.
func (d *DB) Close() error {
	d.upkeep.close()
	if d.pool != nil {
		d.pool.Close()
	}
	return errors.Join(d.web.close(), d.searches.close(), d.health.close())
}
