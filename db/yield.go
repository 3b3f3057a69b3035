package db

import (
	"context"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/priority"
)

// Yield lets the sessions of the worker's pool stand behind all others for processor time, from now on. The server
// has no setting for that; it is done where its processes are of this machine and we may: for the private one, and
// for one of the same account (docs/adr/0016-indexing-gives-way.md).
func (d *DB) Yield() {
	d.yields.Store(true)
	d.pool.Reset() // what is open already stays as it is
}

// afterConnect prepares a connection of the worker's pool.
func (d *DB) afterConnect(_ context.Context, conn *pgx.Conn) error {
	if d.yields.Load() {
		yield(conn)
	}
	return nil
}

// yield puts the process that serves a connection behind others. That it cannot is no failure.
func yield(conn *pgx.Conn) {
	if pid, ok := servedBy(conn); ok {
		priority.Lower(pid)
	}
}

// servedBy gives the process of this machine that serves a connection; false when it is of another one.
func servedBy(conn *pgx.Conn) (pid int, ok bool) {
	from, ok := conn.PgConn().Conn().LocalAddr().(*net.TCPAddr)
	if !ok || !from.IP.IsLoopback() {
		return 0, false
	}
	pid = int(conn.PgConn().PID())
	return pid, serves(commandLine(pid), from.Port)
}

// serves says whether a process is the one that serves the connection from a port of this machine, as PostgreSQL's
// processes call themselves: "postgres: bibxml bibxml 127.0.0.1(4711) idle". The number of a process alone does not
// tell: behind a proxy, or in a container, the server counts its processes in another way than we do.
func serves(commandLine string, port int) bool {
	return strings.HasPrefix(commandLine, "postgres: ") && strings.Contains(commandLine, "("+strconv.Itoa(port)+")")
}

// commandLine is empty when there is no such process, and where there is no /proc.
func commandLine(pid int) string {
	words, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/cmdline")
	if err != nil {
		return ""
	}
	return string(words)
}
