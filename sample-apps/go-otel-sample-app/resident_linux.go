package main

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// residentBytes is the physical memory in use now.
func residentBytes(usage syscall.Rusage) int64 {
	content, err := os.ReadFile("/proc/self/statm")
	if fields := strings.Fields(string(content)); err == nil && len(fields) > 1 {
		if pages, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
			return pages * int64(os.Getpagesize())
		}
	}
	return usage.Maxrss * 1024
}
