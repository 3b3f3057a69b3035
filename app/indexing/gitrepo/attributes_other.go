//go:build !linux

package gitrepo

import "syscall"

// attributes puts a command in a process group of its own.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
