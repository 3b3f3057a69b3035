package priority

import (
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// mine are the processors that this process may use, before it is kept from some of them.
var mine = sync.OnceValue(func() unix.CPUSet { return processorsOf(os.Getpid()) })

// confine keeps a thread from the lower half of our processors, unless it may use no others.
func confine(id int) {
	kept, ours := processorsOf(id), mine()
	for n, left := 0, ours.Count()/2; left > 0; n++ {
		if ours.IsSet(n) {
			kept.Clear(n)
			left--
		}
	}
	if kept.Count() > 0 {
		_ = unix.SchedSetaffinity(id, &kept)
	}
}

// processorsOf gives those that a thread may use; none when that is not known.
func processorsOf(id int) (set unix.CPUSet) {
	if unix.SchedGetaffinity(id, &set) != nil {
		set.Zero()
	}
	return set
}
