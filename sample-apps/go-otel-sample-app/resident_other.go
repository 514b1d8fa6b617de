//go:build !linux

package main

import "syscall"

// residentBytes is the most physical memory used so far, which is what
// getrusage knows; on macOS it is in bytes.
func residentBytes(usage syscall.Rusage) int64 {
	return int64(usage.Maxrss)
}
