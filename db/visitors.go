package db

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/driver/pgdriver"
)

const (
	connectTimeout = 5 * time.Second
	// answerMargin is added to the statement timeout: a server that has not answered by then is gone.
	answerMargin = 2 * time.Second
	idleTimeout  = 5 * time.Minute
	// goneCheck is how often the server checks whether the client of a running query has closed the connection, in milliseconds.
	goneCheck int64 = 500
)

// errNoConnection reports that all connections of a pool were in use for too long.
var errNoConnection = errors.New("no connection to the database became free in time")

// pool is a pool of connections for one kind of visitors' queries.
type pool struct {
	*bun.DB
	name string
}

// newVisitors returns a pool for visitors. PostgreSQL ends a statement that takes longer than the timeout, and soon after its
// context has been cancelled. Compilation and parallel workers help long queries and delay short ones, of which there are many at
// once.
func newVisitors(cfg Config, name string, conns int, acquire time.Duration) (_ *pool, err error) {
	defer func() { // pgdriver panics on a URL that it cannot parse
		if r := recover(); r != nil {
			cause, _ := r.(error)
			err = unreadable(cause)
		}
	}()
	opened := sql.OpenDB(connector{pgdriver.NewConnector(
		pgdriver.WithDSN(withPort(cmp.Or(cfg.ReadURL, cfg.URL))),
		pgdriver.WithApplicationName("bibxml "+name),
		pgdriver.WithDialTimeout(connectTimeout),
		pgdriver.WithReadTimeout(cfg.WebTimeout+answerMargin),
		pgdriver.WithWriteTimeout(cfg.WebTimeout),
		pgdriver.WithConnParams(map[string]any{
			"statement_timeout":                cfg.WebTimeout.Milliseconds(),
			"client_connection_check_interval": goneCheck,
			"jit":                              "off",
			"standard_conforming_strings":      "on",     // which the escaping of values relies on
			"max_parallel_workers_per_gather":  int64(0), // the driver knows no int
		}),
	)})
	opened.SetMaxOpenConns(conns)
	opened.SetMaxIdleConns(conns)
	opened.SetConnMaxIdleTime(idleTimeout)
	return &pool{DB: bun.NewDB(opened, pgdialect.New()).WithQueryHook(acquiring(acquire)), name: name}, nil
}

// withPort adds the default port to an IPv6 address without one: pgdriver takes its last colon for that of a port.
func withPort(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Port() != "" || !strings.Contains(u.Hostname(), ":") {
		return address
	}
	u.Host = net.JoinHostPort(u.Hostname(), "5432")
	return u.String()
}

// close closes the pool, if there is one; connections that are in use are waited for.
func (p *pool) close() error {
	if p == nil {
		return nil
	}
	return p.Close()
}

// acquiring is a hook of Bun that bounds how long a query waits for a connection, which database/sql does not.
type acquiring time.Duration

// BeforeQuery implements bun.QueryHook.
func (a acquiring) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	late := time.AfterFunc(time.Duration(a), func() { cancel(errNoConnection) })
	return caused{context.WithValue(ctx, acquired{}, late)}
}

// AfterQuery implements bun.QueryHook.
func (acquiring) AfterQuery(context.Context, *bun.QueryEvent) {}

// acquired is the key of the timer that ends a query without connection.
type acquired struct{}

// caused is a context whose error is its cause: database/sql returns it as the error of the query.
type caused struct{ context.Context }

// Err implements context.Context.
func (c caused) Err() error { return context.Cause(c.Context) }

// connector opens connections of pgdriver that end with the context of their query.
type connector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &conn{opened.(*pgdriver.Conn)}, nil
}

// conn is a connection that is closed when the context of a query ends before the query does: pgdriver itself goes on waiting
// for the server. The server notices and ends the query.
type conn struct{ *pgdriver.Conn }

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	stop := c.watch(ctx)
	found, err := c.Conn.QueryContext(ctx, query, args)
	if err != nil {
		stop()
		return nil, cmp.Or(ctx.Err(), broken(err))
	}
	return &rows{found, stop}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	defer c.watch(ctx)()
	result, err := c.Conn.ExecContext(ctx, query, args)
	if err != nil {
		return nil, cmp.Or(ctx.Err(), broken(err))
	}
	return result, nil
}

// broken returns driver.ErrBadConn for the error of a connection that the server or the network has ended, as it has those that were
// idle when the server was restarted. database/sql then repeats the query, which only reads, on another connection.
func broken(err error) error {
	var network *net.OpError
	code := sqlState(err)
	switch {
	case strings.HasPrefix(code, "57P"), // the server shuts down, or an administrator ended the session
		code == "" && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)),
		errors.As(err, &network) && !network.Timeout():
		return driver.ErrBadConn
	}
	return err
}

// watch closes the connection when ctx ends before stop is called. The query has its connection now.
func (c *conn) watch(ctx context.Context) (stop func() bool) {
	if late, ok := ctx.Value(acquired{}).(*time.Timer); ok {
		late.Stop()
	}
	return context.AfterFunc(ctx, func() { _ = c.Close() })
}

// rows are those of a query that ends with its context.
type rows struct {
	driver.Rows
	stop func() bool
}

// Close implements driver.Rows.
func (r *rows) Close() error {
	r.stop()
	return r.Rows.Close()
}
