// Package priority puts processes behind others of their machine for processor time, and keeps them to some of its
// processors: an indexing can wait, a visitor cannot (docs/adr/0016-indexing-gives-way.md).
package priority

import (
	"errors"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// Niceness is how far a process stands behind, as nice(1) counts: beside a busy one it gets a hundredth of a core, and
// all of it when there is none.
const Niceness = 19

// How this process gives way itself.
var lowered, confined atomic.Bool

// Lower puts a process behind all others of its machine, and keeps it to half of the processors once Confine was called. That it
// cannot, since the process has ended or is somebody else's, is no failure.
func Lower(pid int) {
	lower(pid)
	lowerSession(pid)
}

// LowerOwn does so with this process, and the programs that it starts from then on. It cannot be taken back without
// privileges, so it is for what serves nobody.
func LowerOwn() {
	lowered.Store(true)
	Lower(os.Getpid())
	ofEachThread(lower)
}

// Confine leaves half of the processors to others, from now on: what is lowered is kept to the other half, and so is this process if
// it was lowered itself. What wakes up waits for whatever the processor is busy with, of any priority, until the kernel looks
// again, which may take 4 ms; where one is not busy it goes on at once. Of a single processor nothing can be left.
func Confine() {
	confined.Store(true)
	if lowered.Load() {
		ofEachThread(lower)
	}
}

// lower gives way with a thread, or with a process that has one.
func lower(id int) {
	_ = unix.Setpriority(unix.PRIO_PROCESS, id, Niceness)
	if confined.Load() {
		confine(id)
	}
}

// ofEachThread does something to every thread of this process. On Linux each has a priority and processors of its own, and hands
// them down to those that it starts: so long as there are new ones, they may be of one that was not reached yet.
func ofEachThread(do func(id int)) {
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
				do(id)
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
