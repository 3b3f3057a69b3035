package db

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

const (
	connectTimeout = 5 * time.Second
	// cancelTimeout bounds how long a connection waits for the server to end a cancelled query. After that the connection
	// is closed.
	cancelTimeout = time.Second
	// answerMargin is added to the statement timeout: a server that has not answered by then is gone.
	answerMargin = 2 * time.Second
	idleTimeout  = 5 * time.Minute
)

// errNoConnection reports that all connections of a pool were in use for too long.
var errNoConnection = errors.New("no connection to the database became free in time")

// pool is a pool of connections for one kind of visitors' queries. Bun writes the queries, pgx runs them.
type pool struct {
	*bun.DB
	conns *pgxpool.Pool
	name  string
}

// newVisitors returns a pool for visitors. PostgreSQL ends a statement that takes longer than the timeout, or whose
// context is cancelled. Compilation and parallel workers help long queries and delay short ones, of
// which there are many at once.
func newVisitors(ctx context.Context, cfg Config, name string, conns int, acquire time.Duration) (*pool, error) {
	parsed, err := parse(cmp.Or(cfg.ReadURL, cfg.URL), conns)
	if err != nil {
		return nil, err
	}
	parsed.MaxConnIdleTime = idleTimeout
	parsed.ConnConfig.ConnectTimeout = connectTimeout
	parsed.ConnConfig.RuntimeParams["application_name"] = "bibxml " + name
	// Bun writes values into the text of a query, so that preparing it would serve this one query only.
	parsed.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	parsed.ConnConfig.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: cancelTimeout}
	}
	settings := strings.Join([]string{
		"SET statement_timeout = " + strconv.FormatInt(cfg.WebTimeout.Milliseconds(), 10),
		"SET jit = off",
		"SET max_parallel_workers_per_gather = 0",
		"SET standard_conforming_strings = on", // which the escaping of values relies on
	}, "; ")
	parsed.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, settings)
		return err
	}
	opened, err := pgxpool.NewWithConfig(ctx, parsed)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	standard := sql.OpenDB(connector{stdlib.GetPoolConnector(opened), acquire, cfg.WebTimeout + answerMargin})
	standard.SetMaxIdleConns(0) // idle connections stay in the pool of pgx
	return &pool{DB: bun.NewDB(standard, pgdialect.New()), conns: opened, name: name}, nil
}

// close closes the pool, if there is one; connections that are in use are waited for.
func (p *pool) close() error {
	if p == nil {
		return nil
	}
	err := p.Close()
	p.conns.Close()
	return err
}

// connector acquires connections for database/sql, which has no timeouts of its own.
type connector struct {
	driver.Connector
	acquire, answer time.Duration
}

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	acquiring, cancel := context.WithTimeout(ctx, c.acquire)
	defer cancel()
	acquired, err := c.Connector.Connect(acquiring)
	if err != nil && acquiring.Err() != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%w: %w", errNoConnection, err)
	}
	if err != nil {
		return nil, err
	}
	return &conn{acquired.(*stdlib.Conn), c.answer}, nil
}

// conn is a connection whose queries end when the server does not answer.
type conn struct {
	*stdlib.Conn
	answer time.Duration
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	ctx, cancel := context.WithTimeout(ctx, c.answer)
	found, err := c.Conn.QueryContext(ctx, query, args)
	if err != nil {
		cancel()
		return nil, err
	}
	return &rows{found.(*stdlib.Rows), cancel}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, c.answer)
	defer cancel()
	return c.Conn.ExecContext(ctx, query, args)
}

// rows ends the time of a query with its rows.
type rows struct {
	*stdlib.Rows
	cancel context.CancelFunc
}

// Close implements driver.Rows.
func (r *rows) Close() error {
	defer r.cancel()
	return r.Rows.Close()
}
