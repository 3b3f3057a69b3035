package db_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// changed returns an address with something else in it.
func changed(t *testing.T, address string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	change(u)
	return u.String()
}

func openDB(t *testing.T, cfg db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// role is a role of the test server that owns nothing.
type role struct{ name, password string }

// newRole creates a role, which lives as long as the test. It has to be made before the databases that it may use.
func newRole(t *testing.T) role {
	t.Helper()
	r := role{"bibxml_test_" + strings.ToLower(rand.Text()), rand.Text()}
	dbtest.Admin(t, "CREATE ROLE "+r.name+" LOGIN PASSWORD '"+r.password+"'")
	t.Cleanup(func() { dbtest.Admin(t, "DROP ROLE "+r.name) })
	return r
}

// at returns the address of a database for the role.
func (r role) at(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	u.User = url.UserPassword(r.name, r.password)
	return u.String()
}

// What waiting does not help with ends it at once, with what to do.
func TestPermanentRefusals(t *testing.T) {
	t.Parallel()
	const password = "hunter2-of-nobody"
	role := newRole(t)
	migrated, old := dbtest.URL(t), dbtest.URL(t)
	_, err := openDB(t, db.Config{URL: old}).Pool().Exec(t.Context(), `DELETE FROM bun_migrations WHERE id = (SELECT max(id) FROM bun_migrations)`)
	require.NoError(t, err)
	for _, tt := range []struct {
		name, address, told string
	}{
		{"wrong password", changed(t, role.at(migrated), func(u *url.URL) { u.User = url.UserPassword(role.name, password) }), "the password is wrong"},
		{"no such role", changed(t, migrated, func(u *url.URL) { u.User = url.UserPassword("nobody", password) }), "DB_USER"},
		{"no such database", changed(t, migrated, func(u *url.URL) { u.Path = "/nothing" }), "there is no such database: create it"},
		{"no tables", dbtest.Empty(t), "tables are missing: run bibxml migrate"},
		{"a table that is missing", old, "1 migrations are missing: run bibxml migrate"},
		{"no rights", role.at(migrated), "the role lacks a privilege: run bibxml migrate as the owner"},
		{"an unknown setting", changed(t, migrated, func(u *url.URL) { u.RawQuery += "&nonsense=1" }), "correct the parameters in DATABASE_URL"},
		{"encryption that the server lacks", changed(t, migrated, func(u *url.URL) { u.RawQuery = "sslmode=require" }), "the server has no encryption"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := openDB(t, db.Config{URL: tt.address}).AwaitTables(t.Context(), slog.New(slog.DiscardHandler))
			require.ErrorContains(t, err, tt.told)
			require.True(t, fault.Is(err, fault.Invalid))
			require.NotContains(t, err.Error(), password)
		})
	}
	require.NoError(t, openDB(t, db.Config{URL: migrated}).AwaitTables(t.Context(), slog.New(slog.DiscardHandler)))
	require.NoError(t, openDB(t, db.Config{URL: dbtest.Empty(t)}).AwaitServer(t.Context(), slog.New(slog.DiscardHandler)))
}

// An outage is waited for, which is logged once.
func TestOutagesAreWaitedFor(t *testing.T) {
	t.Parallel()
	address := dbtest.URL(t)
	server, err := url.Parse(address)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	away := listener.Addr().String()
	require.NoError(t, listener.Close())
	var log bytes.Buffer
	ended := make(chan error, 1)
	d := openDB(t, db.Config{URL: changed(t, address, func(u *url.URL) { u.Host = away })})
	go func() { ended <- d.AwaitTables(t.Context(), slog.New(slog.NewTextHandler(&log, nil))) }()
	select {
	case err := <-ended:
		t.Fatalf("ended while the database was away: %v", err)
	case <-time.After(time.Second):
	}
	listener, err = net.Listen("tcp", away)
	require.NoError(t, err)
	go forward(listener, server.Host)
	t.Cleanup(func() { _ = listener.Close() })
	require.NoError(t, <-ended)
	require.Equal(t, 1, bytes.Count(log.Bytes(), []byte("waiting for the database")))
}

// forward passes connections on until the listener is closed.
func forward(listener net.Listener, to string) {
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		target, err := net.Dial("tcp", to)
		if err != nil {
			_ = from.Close()
			continue
		}
		go pipe(from, target)
		go pipe(target, from)
	}
}

func pipe(from, to net.Conn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_ = to.Close()
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := openDB(t, db.Config{URL: "postgres://u:p@127.0.0.1:9/bib?sslmode=disable"})
	require.ErrorIs(t, d.AwaitTables(ctx, slog.New(slog.DiscardHandler)), context.Canceled)
}

// The driver quotes addresses that it cannot parse, with what it does not recognise as a password.
func TestUnreadableAddressesAreNotQuoted(t *testing.T) {
	for _, address := range []string{
		"postgres://u:hunter2@db:5432:5432/bib", "postgres://u:hun/ter2@db/bib", "postgres://u:hunter2%@db/bib",
		"postgres://u:hunter2@db:port/bib", "host=db password=hunter2 port=x", "mysql://u:hunter2@db/bib",
		"postgres://u:hunter2@db/bib?sslmode=nonsense",
	} {
		for _, cfg := range []db.Config{{URL: address}, {URL: "postgres://u@127.0.0.1:9/bib", ReadURL: address}} {
			d, err := db.Open(t.Context(), cfg)
			if err == nil {
				_ = d.Close()
				continue // the driver reads it
			}
			require.True(t, fault.Is(err, fault.Invalid), err)
			for _, part := range []string{"hunter2", "hun", "ter2"} {
				require.NotContains(t, fmt.Sprint(err), part, address)
			}
		}
	}
}
