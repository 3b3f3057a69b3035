package pglocal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
)

// cluster is PostgreSQL's data in a folder, with all that is needed to run a server on it.
type cluster struct {
	programs
	base string
	data string
	who  account
	log  func(string, ...any)
}

func newCluster(base string, p programs, who account, log func(string, ...any)) *cluster {
	return &cluster{programs: p, base: base, data: dataDir(base, p.major), who: who, log: log}
}

// dataDir names the folder of the data by the major version, since no version reads another's.
func dataDir(base string, major int) string {
	return filepath.Join(base, "data-"+strconv.Itoa(major))
}

// ensure makes the cluster if there is none, starts the server if none runs, and gives the address of
// the database. It tries again because another program may take the port first, because processes of
// a killed server hold its memory for a moment, and because a running one may be on its way down.
func (c *cluster) ensure(ctx context.Context) (string, error) {
	password, err := c.password()
	if err != nil {
		return "", err
	}
	if !isFile(c.data, "PG_VERSION") {
		if err := c.initialise(ctx); err != nil {
			return "", err
		}
	}
	for range 5 {
		var url string
		if url, err = c.connect(ctx, password); err == nil {
			return url, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
	return "", err
}

// connect gives the address of the database, of the running server or of a new one.
func (c *cluster) connect(ctx context.Context, password string) (string, error) {
	port, running := c.runningPort()
	if !running {
		var err error
		if port, err = c.start(ctx); err != nil {
			return "", err
		}
	}
	if err := createDatabase(ctx, address(password, port, "postgres")); err != nil {
		return "", err
	}
	return address(password, port, Database), nil
}

func address(password string, port int, database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword(User, password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Path: "/" + database, RawQuery: "sslmode=disable",
	}
	return u.String()
}

// password gives the password of the cluster; it is made once and kept beside the data.
func (c *cluster) password() (string, error) {
	file := c.passwordFile()
	kept, err := os.ReadFile(file)
	if err == nil && len(kept) > 0 {
		return string(kept), nil
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	made := rand.Text()
	if err := os.WriteFile(file, []byte(made), 0o600); err != nil {
		return "", err
	}
	return made, c.who.give(file) // initdb reads it
}

func (c *cluster) passwordFile() string { return c.data + ".password" }

// initialise makes the data with initdb, under another name until it is complete.
func (c *cluster) initialise(ctx context.Context) error {
	unfinished := c.data + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		return err
	}
	if err := c.who.give(unfinished); err != nil {
		return err
	}
	c.log("making a PostgreSQL %d cluster in %s", c.major, c.data)
	out, err := c.who.command(ctx, filepath.Join(c.dir, "initdb"), "--pgdata", unfinished,
		"--username", User, "--pwfile", c.passwordFile(), "--auth", "scram-sha-256", "--encoding", "UTF8",
		"--locale-provider", "libc", "--locale", locale()).CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, tail(out))
	}
	return os.Rename(unfinished, c.data)
}

// start starts the server, on the port that it had last or on a free one.
func (c *cluster) start(ctx context.Context) (int, error) {
	config := filepath.Join(c.data, "postgresql.conf")
	port, err := choosePort(config)
	if err != nil {
		return 0, err
	}
	if err := c.write(config, settings(port)); err != nil {
		return 0, err
	}
	if err := c.write(c.data+".log", ""); err != nil {
		return 0, err
	}
	return port, c.startAgain(ctx)
}

func (c *cluster) pgCtl(ctx context.Context, action string, args ...string) *exec.Cmd {
	args = append([]string{action, "--pgdata", c.data, "--wait", "--timeout", "60", "--silent"}, args...)
	return c.who.command(ctx, filepath.Join(c.dir, "pg_ctl"), args...)
}

// stop shuts the server down: sessions are ended, the data is written.
func (c *cluster) stop(ctx context.Context) error {
	if _, running := c.runningPort(); !running {
		return nil
	}
	if err := c.pgCtl(ctx, "stop", "--mode", "fast").Run(); err != nil {
		return fmt.Errorf("stop the private PostgreSQL in %s: %w", c.data, err)
	}
	return nil
}

// write replaces a file that belongs to the server.
func (c *cluster) write(path, content string) error {
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return err
	}
	return c.who.give(path)
}

var portSetting = regexp.MustCompile(`(?m)^port = (\d+)$`)

// choosePort returns the port of a configuration if it is free, else any free one. Where the server died, other processes
// that use it expect it at its former port.
func choosePort(config string) (int, error) {
	content, _ := os.ReadFile(config) // there may be none yet
	if found := portSetting.FindSubmatch(content); found != nil {
		if port, err := freePort(string(found[1])); err == nil {
			return port, nil
		}
	}
	return freePort("0")
}

// freePort returns a port if it is free; 0 stands for any.
func freePort(port string) (int, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// createDatabase makes the database unless it is there.
func createDatabase(ctx context.Context, admin string) error {
	conn, err := pgx.Connect(ctx, admin)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var there bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", Database).Scan(&there)
	if err == nil && !there {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{Database}.Sanitize())
	}
	if err != nil {
		return fmt.Errorf("create database %s: %w", Database, err)
	}
	return nil
}
