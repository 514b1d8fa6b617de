package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// maxTTL is the longest time a value may stand on the board.
const maxTTL = 30 * time.Minute

// board holds numbers set from outside for a limited time. Only the keys it
// was made with can be set.
type board struct {
	now func() time.Time // carries the monotonic clock

	mu     sync.Mutex
	keys   map[string]bool
	values map[string]boardValue
}

type boardValue struct {
	value   float64
	token   string
	expires time.Time
}

func newBoard(now func() time.Time, keys ...string) *board {
	known := map[string]bool{}
	for _, key := range keys {
		known[key] = true
	}
	return &board{now: now, keys: known, values: map[string]boardValue{}}
}

// set puts a value up for its time to live.
func (b *board) set(request adminRequest) error {
	switch {
	case !b.keys[request.Key]:
		return fmt.Errorf("unknown key %q", request.Key)
	case request.Value == nil:
		return errors.New("value must be a number")
	case request.TTL == nil || *request.TTL <= 0 || *request.TTL > float64(maxTTL.Milliseconds()):
		return errors.New("ttlMs must be above 0 and at most 1800000")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	ttl := time.Duration(*request.TTL * float64(time.Millisecond))
	b.values[request.Key] = boardValue{value: *request.Value, token: request.Token, expires: b.now().Add(ttl)}
	return nil
}

// get answers a value that has not expired.
func (b *board) get(key string) (float64, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	entry, found := b.values[key]
	if !found || !b.now().Before(entry.expires) {
		delete(b.values, key)
		return 0, false
	}
	return entry.value, true
}

// clear takes down the values set with a token, or all without one.
func (b *board) clear(token string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for key, entry := range b.values {
		if token == "" || entry.token == token {
			delete(b.values, key)
		}
	}
}
