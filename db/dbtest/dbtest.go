// Package dbtest gives each test a database of its own, on a real PostgreSQL. A copy of a template
// that is migrated once takes some 50 ms, so tests run in parallel and see nothing of one another.
//
// The server is that of DATABASE_URL, whose user must be allowed to create databases; without it a
// private one is started, and kept between runs in the user's cache folder.
package dbtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/pglocal"
)

const (
	prefix  = "bibxml_test_"
	started = 2 * time.Minute // for a server, which may have to be downloaded
	maxAge  = time.Hour       // of a database that a killed test left behind
	// setupLock keeps the test programs of several packages, which run at once, from making the same
	// template. The number is arbitrary.
	setupLock = 0x62696278_746d70
)

var (
	once     sync.Once
	private  *pglocal.Server
	adminURL string
	template string
	setupErr error
)

// Main runs the tests of a package and stops the private server after them, unless another package
// still uses it: func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }.
func Main(m *testing.M) int {
	code := m.Run()
	if template != "" && setupErr == nil {
		if err := admin("DROP DATABASE IF EXISTS " + template); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	if private != nil {
		if err := private.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	return code
}

// Open gives a migrated, empty database, which lives as long as the test.
func Open(t testing.TB) *db.DB {
	t.Helper()
	return OpenWith(t, db.Config{})
}

// OpenWith is Open with settings other than the address.
func OpenWith(t testing.TB, cfg db.Config) *db.DB {
	t.Helper()
	cfg.URL = URL(t)
	opened, err := db.Open(context.Background(), cfg)
	if err != nil {
		t.Fatalf("open the test database: %v", err)
	}
	t.Cleanup(func() { _ = opened.Close() })
	return opened
}

// URL gives the address of a migrated, empty database, which lives as long as the test.
func URL(t testing.TB) string {
	t.Helper()
	prepare(t)
	return create(t, template)
}

// Empty gives the address of a database without tables, which lives as long as the test.
func Empty(t testing.TB) string {
	t.Helper()
	prepare(t)
	return create(t, "template0")
}

// Admin executes a statement as the administrator of the test server.
func Admin(t testing.TB, statement string) {
	t.Helper()
	prepare(t)
	if err := admin(statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

func prepare(t testing.TB) {
	t.Helper()
	once.Do(func() { setupErr = setup() })
	if setupErr != nil {
		t.Fatalf("a PostgreSQL for the tests: %v", setupErr)
	}
}

func create(t testing.TB, from string) string {
	t.Helper()
	name := newName()
	if err := admin(fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, from)); err != nil {
		t.Fatalf("create the test database: %v", err)
	}
	t.Cleanup(func() {
		if err := admin("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return withDatabase(adminURL, name)
}

func newName() string {
	return prefix + strconv.FormatInt(time.Now().Unix(), 10) + "_" + strings.ToLower(rand.Text()[:10])
}

func setup() error {
	ctx, cancel := context.WithTimeout(context.Background(), started)
	defer cancel()
	adminURL = os.Getenv("DATABASE_URL")
	if adminURL == "" {
		server, err := startPrivate(ctx)
		if err != nil {
			return err
		}
		private, adminURL = server, server.URL()
	}
	conn, err := pgx.Connect(ctx, adminURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(setupLock)); err != nil {
		return err
	}
	if err := sweep(ctx, conn); err != nil {
		return err
	}
	return makeTemplate(ctx, conn)
}

func startPrivate(ctx context.Context) (*pglocal.Server, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return pglocal.Start(ctx, pglocal.Options{Dir: filepath.Join(cache, "bibxml", "test-postgres")})
}

// makeTemplate makes the database that the others are copies of. It is made anew by every test program:
// that takes less than a second, and it cannot be out of date.
func makeTemplate(ctx context.Context, conn *pgx.Conn) error {
	template = newName()
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+template+" TEMPLATE template0"); err != nil {
		return err
	}
	opened, err := db.Open(ctx, db.Config{URL: withDatabase(adminURL, template)})
	if err != nil {
		return err
	}
	err = opened.Migrate(ctx)
	_ = opened.Close()
	return err
}

// sweep drops what earlier test programs left behind: their templates, and the databases of killed
// tests.
func sweep(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, `SELECT datname FROM pg_database d WHERE starts_with(datname, $1)
		AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`, prefix)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		stamp, _, _ := strings.Cut(strings.TrimPrefix(name, prefix), "_")
		made, err := strconv.ParseInt(stamp, 10, 64)
		if err != nil || time.Since(time.Unix(made, 0)) < maxAge {
			continue
		}
		if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name); err != nil {
			return err
		}
	}
	return nil
}

func admin(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, adminURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

func withDatabase(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Path = "/" + name
	return u.String()
}
