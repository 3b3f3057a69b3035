package harness

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// CPU is the processor time that a process has taken.
type CPU struct {
	Own      time.Duration
	Children time.Duration // of those that it started and that have ended
}

// tick is the unit of /proc/<pid>/stat: sysconf(_SC_CLK_TCK), 100 a second on every Linux.
const tick = 10 * time.Millisecond

// CPU gives the processor time of the process so far.
func (p *Process) CPU() (CPU, error) { return CPUOf(p.PID()) }

// CPUOf gives the processor time of any process so far. It needs /proc.
func CPUOf(pid int) (CPU, error) {
	stat, err := readStat(pid)
	return stat.cpu, err
}

// DatabaseCPU gives the processor time of the database by what its processes are for, as they call themselves:
// "checkpointer", "walwriter", or "sessions". Those that have ended are under the empty name.
func (l *Lab) DatabaseCPU() (map[string]time.Duration, error) {
	server, err := l.databasePID()
	if err != nil {
		return nil, err
	}
	for {
		before, err := readStat(server)
		if err != nil {
			return nil, err
		}
		all, err := childrenOf(server)
		if err != nil {
			return nil, err
		}
		after, err := readStat(server)
		if err != nil {
			return nil, err
		}
		if before.cpu.Children == after.cpu.Children { // else one that has just ended counts twice, or not at all
			all[""] += after.cpu.Own + after.cpu.Children
			return all, nil
		}
	}
}

func childrenOf(server int) (map[string]time.Duration, error) {
	all := make(map[string]time.Duration)
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			return nil, err
		}
		if stat, err := readStat(pid); err == nil && stat.parent == server { // or it has just ended
			all[titleOf(pid)] += stat.cpu.Own
		}
	}
	return all, nil
}

// databasePID is the number of the server's first process.
func (l *Lab) databasePID() (int, error) {
	found, err := filepath.Glob(filepath.Join(l.opts.Dir, "db", "data-*", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, fmt.Errorf("%d servers run in %s", len(found), l.opts.Dir)
	}
	content, err := os.ReadFile(found[0])
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(content), "\n")
	return strconv.Atoi(line)
}

// titleOf is what a process of PostgreSQL calls itself, without the number of its connection:
// "postgres: bibxml bibxml 127.0.0.1(4711) COPY" and "postgres: checkpointer".
func titleOf(pid int) string {
	words, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	title := string(bytes.Trim(bytes.ReplaceAll(words, []byte{0}, []byte(" ")), " "))
	title = strings.TrimSpace(strings.TrimPrefix(title, "postgres:"))
	if strings.Contains(title, "127.0.0.1(") {
		return "sessions"
	}
	return title
}

type stat struct {
	parent int
	cpu    CPU
}

// readStat reads what proc(5) tells of a process: after the name in brackets, which may hold anything, come state
// and parent, and as the 12th to 15th field the times.
func readStat(pid int) (stat, error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	fields := strings.Fields(string(content[bytes.LastIndexByte(content, ')')+1:]))
	if len(fields) < 15 {
		return stat{}, fmt.Errorf("/proc/%d/stat: %q", pid, content)
	}
	var n [15]int
	for i := 1; i < len(n); i++ {
		if n[i], err = strconv.Atoi(fields[i]); err != nil {
			return stat{}, fmt.Errorf("/proc/%d/stat: %w", pid, err)
		}
	}
	return stat{n[1], CPU{time.Duration(n[11]+n[12]) * tick, time.Duration(n[13]+n[14]) * tick}}, nil
}
