//go:build !quiet && !counters && !lookup

package main

// release names the build variant in the answer to "hello".
const release = "base"
