//go:build lookup

package main

// release names the build variant in the answer to "hello".
const release = "lookup"
