//go:build !linux

package priority

// confine does nothing where a process cannot be told which processors to use.
func confine(int) {}
