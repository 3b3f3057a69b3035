// Package priority puts processes behind others of their machine for processor time: an indexing can wait, a visitor
// cannot (docs/adr/0016-indexing-gives-way.md).
package priority

import (
	"errors"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// Niceness is how far a process stands behind, as nice(1) counts: beside a busy one it gets a hundredth of a core, and
// all of it when there is none.
const Niceness = 19

// Lower puts a process behind all others of its machine. That it cannot, since the process has ended or is somebody else's, is
// no failure.
func Lower(pid int) {
	_ = unix.Setpriority(unix.PRIO_PROCESS, pid, Niceness)
	lowerSession(pid)
}

// LowerOwn does so with this process, and the programs that it starts from then on. It cannot be taken back without
// privileges, so it is for what serves nobody.
//
// On Linux each thread has a priority of its own, and hands it down to those that it starts: all that there are get
// it, until there is none without it.
func LowerOwn() {
	Lower(os.Getpid())
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
				_ = unix.Setpriority(unix.PRIO_PROCESS, id, Niceness)
			}
		}
	}
}

// lowerSession puts the session that a process leads behind others. Where Linux shares the processors out among sessions
// (autogroups, sched(7)), the niceness of a process counts within its own alone. In a session that somebody else leads, as it
// is when a shell has started us, there may be programs that are not to give way.
func lowerSession(pid int) {
	if session, err := unix.Getsid(pid); err != nil || session != pid {
		return
	}
	group := "/proc/" + strconv.Itoa(pid) + "/autogroup" // which not every kernel has
	for range 20 {
		// Unless we are privileged, the kernel lets it be changed ten times a second, for the whole machine.
		if err := os.WriteFile(group, []byte(strconv.Itoa(Niceness)), 0); !errors.Is(err, unix.EAGAIN) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
