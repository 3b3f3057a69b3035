package pglocal

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// runningPort gives the port of the server that runs on this cluster, if one does. After a crash the
// file that names it is left behind, and its number may by now be that of another program, or of a
// dead process that a container without an init never buries: PostgreSQL would refuse to start for
// either, so the file is removed. In every other case it is left for PostgreSQL itself, which also
// checks the shared memory that the file names.
func (c *cluster) runningPort() (int, bool) {
	file := filepath.Join(c.data, "postmaster.pid")
	content, err := os.ReadFile(file)
	if err != nil {
		return 0, false
	}
	pid, port := parsePidFile(content)
	if !alive(pid) {
		return 0, false
	}
	words, err := commandLine(pid)
	if err == nil && !strings.Contains(words, "postgres") && !anyoneIn(c.data) {
		_ = os.Remove(file) // if it stays, pg_ctl says so
	}
	return port, port != 0 && strings.Contains(words, c.data)
}

// parsePidFile reads postmaster.pid: the process on its first line, the port on its fourth
// (PostgreSQL's src/include/utils/pidfile.h). Zero is for what is not there.
func parsePidFile(content []byte) (pid, port int) {
	lines := bytes.Split(content, []byte("\n"))
	number := func(line int) int {
		if line >= len(lines) {
			return 0
		}
		n, err := strconv.Atoi(string(bytes.TrimSpace(lines[line])))
		if err != nil {
			return 0
		}
		return n
	}
	return number(0), number(3)
}

// alive says whether a process runs, be it another account's.
func alive(pid int) bool {
	if pid <= 0 {
		return false
	}
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// commandLine gives the words that a process was started with; none for a dead one that is not buried.
func commandLine(pid int) (string, error) {
	words, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err == nil {
		return string(bytes.ReplaceAll(words, []byte{0}, []byte(" "))), nil
	}
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output() // macOS has no /proc
	return string(out), err
}

// anyoneIn says whether a process stands in a folder. The sessions of a killed server stand in its
// data and may write to it for a moment longer. Where there is no /proc, nobody is seen.
func anyoneIn(dir string) bool {
	places, _ := filepath.Glob("/proc/[0-9]*/cwd") // the pattern is a constant
	for _, place := range places {
		if stands, err := os.Readlink(place); err == nil && stands == dir {
			return true
		}
	}
	return false
}
