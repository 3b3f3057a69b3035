package gitrepo

import "syscall"

// attributes puts a command in a process group of its own, and lets the kernel end it when this process dies.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
