//go:build quiet

package main

// release names the build variant in the answer to "hello".
const release = "quiet"
