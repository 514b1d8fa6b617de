package main

import (
	"container/list"
	"sync"
	"time"
)

// quoteCache keeps the most recently used quotes for a limited time. A cache
// of size 0 keeps nothing.
type quoteCache struct {
	size int
	ttl  time.Duration
	now  func() time.Time

	mu      sync.Mutex
	entries map[string]*list.Element
	order   *list.List // front: used last
}

type cacheEntry struct {
	sku     string
	quote   quote
	expires time.Time
}

func newQuoteCache(size int, ttl time.Duration, now func() time.Time) *quoteCache {
	return &quoteCache{size: size, ttl: ttl, now: now, entries: map[string]*list.Element{}, order: list.New()}
}

// get answers a quote that is still fresh.
func (c *quoteCache) get(sku string) (quote, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, found := c.entries[sku]
	if !found {
		return quote{}, false
	}
	entry := element.Value.(cacheEntry)
	if !c.now().Before(entry.expires) {
		c.drop(element)
		return quote{}, false
	}
	c.order.MoveToFront(element)
	return entry.quote, true
}

// put keeps a quote and drops the one unused for longest if there are too many.
func (c *quoteCache) put(sku string, fresh quote) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size <= 0 {
		return
	}
	if element, found := c.entries[sku]; found {
		c.drop(element)
	}
	c.entries[sku] = c.order.PushFront(cacheEntry{sku: sku, quote: fresh, expires: c.now().Add(c.ttl)})
	for c.order.Len() > c.size {
		c.drop(c.order.Back())
	}
}

func (c *quoteCache) drop(element *list.Element) {
	c.order.Remove(element)
	delete(c.entries, element.Value.(cacheEntry).sku)
}
