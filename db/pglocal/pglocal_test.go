package pglocal

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// folder makes a folder that every account can enter, which that of t.TempDir is not.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "pglocal-test-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}

// boot starts a server that is stopped with the test.
func boot(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir, Log: t.Logf})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	return s
}

// run runs statements that answer nothing.
func run(t *testing.T, url, statements string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	_, err = conn.Exec(t.Context(), statements)
	require.NoError(t, err)
}

// ask gives the one value that a query answers.
func ask(t *testing.T, url, query string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	var answer string
	require.NoError(t, conn.QueryRow(t.Context(), query).Scan(&answer))
	return answer
}

func pidOf(t *testing.T, s *Server) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.cluster.data, "postmaster.pid"))
	require.NoError(t, err)
	pid, _ := parsePidFile(content)
	return pid
}

func requireDown(t *testing.T, url string) {
	t.Helper()
	_, err := pgx.Connect(t.Context(), url)
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
}

func TestServer(t *testing.T) {
	s := boot(t, folder(t))
	run(t, s.URL(), "CREATE EXTENSION pg_trgm")
	for _, tt := range []struct{ name, query, want string }{
		{"database", "SELECT current_database()", "bibxml"},
		{"letters beyond ASCII are folded", "SELECT lower('Über ÉÑ')", "über éñ"},
		{"and in the text search", "SELECT to_tsvector('simple', 'ÜBER')::text", "'über':1"},
		{"and in trigrams", "SELECT (similarity('Ü', 'ü') = 1)::text", "true"},
		{"commits are kept", "SHOW synchronous_commit", "on"},
		{"writes reach the disk", "SHOW fsync", "on"},
		{"torn pages are mended", "SHOW full_page_writes", "on"},
		{"nobody else's network", "SHOW listen_addresses", "127.0.0.1"},
	} {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, ask(t, s.URL(), tt.query)) })
	}
	t.Run("no entry without the password", func(t *testing.T) {
		_, err := pgx.Connect(t.Context(), strings.Replace(s.URL(), User+":", User+":not", 1))
		require.ErrorContains(t, err, "password authentication failed")
	})
}

func TestDataOutlivesTheServer(t *testing.T) {
	dir := folder(t)
	for _, tt := range []struct {
		name string
		end  func(t *testing.T, s *Server)
	}{
		{"stopped", func(t *testing.T, s *Server) { require.NoError(t, s.Stop()) }},
		{"killed", func(t *testing.T, s *Server) { require.NoError(t, syscall.Kill(pidOf(t, s), syscall.SIGKILL)) }},
		{"killed, and its number belongs to another program now", func(t *testing.T, s *Server) {
			require.NoError(t, syscall.Kill(pidOf(t, s), syscall.SIGKILL))
			file := filepath.Join(s.cluster.data, "postmaster.pid")
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			_, rest, _ := strings.Cut(string(content), "\n")
			require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, "%d\n%s", os.Getpid(), rest), 0o600))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := boot(t, dir)
			run(t, s.URL(), "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'still here' AS word")
			tt.end(t, s)
			require.Equal(t, "still here", ask(t, boot(t, dir).URL(), "SELECT word FROM kept"))
		})
	}
}

func TestLastToLeaveStops(t *testing.T) {
	dir := folder(t)
	first, second := boot(t, dir), boot(t, dir)
	require.Equal(t, first.URL(), second.URL())

	require.NoError(t, first.Stop())
	require.NoError(t, first.Stop(), "a second time does nothing")
	require.Equal(t, "1", ask(t, second.URL(), "SELECT '1'"))

	require.NoError(t, second.Stop())
	requireDown(t, second.URL())
}

func TestServerIsKeptRunning(t *testing.T) {
	dir := folder(t)
	var mu sync.Mutex
	var said []string
	s, err := Start(t.Context(), Options{Dir: dir, Keep: true, Log: func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		said = append(said, fmt.Sprintf(format, args...))
	}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	run(t, s.URL(), "CREATE TABLE kept AS SELECT 'still here' AS word")

	require.NoError(t, syscall.Kill(pidOf(t, s), syscall.SIGKILL))
	require.Eventually(t, func() bool {
		conn, err := pgx.Connect(t.Context(), s.URL())
		if err == nil {
			_ = conn.Close(t.Context())
		}
		return err == nil
	}, 2*time.Minute, 50*time.Millisecond, "it does not run again at the same address")
	require.Equal(t, "still here", ask(t, s.URL(), "SELECT word FROM kept"))
	mu.Lock()
	require.Contains(t, strings.Join(said, "\n"), "has ended; starting it again")
	mu.Unlock()

	require.NoError(t, s.Stop())
	requireDown(t, s.URL())
}

func TestPortIsThatOfBefore(t *testing.T) {
	config := filepath.Join(t.TempDir(), "postgresql.conf")
	former, err := choosePort(config)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(config, []byte(settings(former)), 0o600))
	port, err := choosePort(config)
	require.NoError(t, err)
	require.Equal(t, former, port)

	taken, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(former)))
	require.NoError(t, err)
	defer func() { _ = taken.Close() }()
	port, err = choosePort(config)
	require.NoError(t, err)
	require.NotEqual(t, former, port, "another program has it now")
}

func TestStartFails(t *testing.T) {
	t.Run("not a folder", func(t *testing.T) {
		file := filepath.Join(folder(t), "taken")
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		_, err := Start(t.Context(), Options{Dir: file})
		require.ErrorContains(t, err, file)
		require.ErrorContains(t, err, "DATABASE_URL")
	})
	t.Run("cancelled while another process starts it", func(t *testing.T) {
		dir := folder(t)
		held, err := lockFile(t.Context(), filepath.Join(dir, "lock"), exclusive)
		require.NoError(t, err)
		defer held.release()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = Start(ctx, Options{Dir: dir})
		require.ErrorIs(t, err, context.Canceled)
	})
	t.Run("cancelled after the start, nothing runs on", func(t *testing.T) {
		dir := folder(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := Start(ctx, Options{Dir: dir, Log: func(string, ...any) { cancel() }})
		require.Error(t, err)
		left, err := filepath.Glob(filepath.Join(dir, "data-*", "postmaster.pid"))
		require.NoError(t, err)
		require.Empty(t, left)
	})
}

func TestHome(t *testing.T) {
	anywhere := func(string) bool { return true }
	nowhere := func(string) bool { return false }
	t.Run("the folder asked for", func(t *testing.T) {
		dir := folder(t)
		got, err := home(filepath.Join(dir, "var", "postgres"), anywhere, t.Logf)
		require.NoError(t, err)
		require.Equal(t, filepath.Join(dir, "var", "postgres"), got)
	})
	t.Run("another one, and it is said", func(t *testing.T) {
		t.Setenv("TMPDIR", folder(t))
		dir := t.TempDir()
		var said string
		got, err := home(dir, func(d string) bool { return d != dir }, func(format string, args ...any) { said = fmt.Sprintf(format, args...) })
		require.NoError(t, err)
		require.Equal(t, os.TempDir(), filepath.Dir(got))
		require.Contains(t, said, got)
		again, err := home(dir, func(d string) bool { return d != dir }, t.Logf)
		require.NoError(t, err)
		require.Equal(t, got, again)
	})
	t.Run("nowhere to go", func(t *testing.T) {
		t.Setenv("TMPDIR", folder(t))
		_, err := home(t.TempDir(), nowhere, t.Logf)
		require.ErrorContains(t, err, "can enter neither")
	})
	t.Run("the other one is not a folder of ours", func(t *testing.T) {
		t.Setenv("TMPDIR", folder(t))
		dir := t.TempDir()
		require.NoError(t, os.Symlink("/", filepath.Join(os.TempDir(), "bibxml-postgres-"+keyOf(dir))))
		_, err := home(dir, nowhere, t.Logf)
		require.ErrorContains(t, err, "not a folder of this account")
	})
}

func TestParsePidFile(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		pid, port     int
	}{
		{"as PostgreSQL writes it", "4711\n/data\n1700000000\n5433\n\n127.0.0.1\n  123 4\nready   \n", 4711, 5433},
		{"cut off while written", "4711\n/data\n", 4711, 0},
		{"empty", "", 0, 0},
		{"not a pid file", "hello\nworld\n\n\n", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pid, port := parsePidFile([]byte(tt.content))
			require.Equal(t, tt.pid, pid)
			require.Equal(t, tt.port, port)
		})
	}
}
