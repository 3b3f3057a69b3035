package app

import (
	"os"
	"strconv"
	"syscall"
)

// niceness is how far a process that only indexes stands behind others of its machine, as nice(1) counts.
const niceness = 19

// GiveWay puts this process, and the programs that it starts, behind all others for processor time: an indexing can
// wait, a visitor cannot (docs/adr/0016-indexing-gives-way.md). While nobody else wants a core it costs nothing. It
// cannot be taken back without privileges, so it is for commands that serve nobody.
//
// On Linux each thread has a priority of its own, and hands it down to those that it starts: all that there are get
// it, until there is none without it.
func GiveWay() {
	if _, err := os.Stat("/proc/self/task"); err != nil {
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, niceness)
		return
	}
	done := make(map[string]bool)
	for more := true; more; {
		more = false
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return
		}
		for _, thread := range threads {
			if done[thread.Name()] {
				continue
			}
			done[thread.Name()], more = true, true
			if id, err := strconv.Atoi(thread.Name()); err == nil {
				_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, niceness)
			}
		}
	}
}
