//go:build lookup

package main

import "sync"

// ledger counts how often each product is asked for, so that the busiest ones
// can lie near the gate.
type ledger struct {
	mu      sync.Mutex
	lookups map[string]int // by SKU
}

// remarks is what the ledger adds to a stock answer.
type remarks struct {
	Lookups int `json:"lookups"`
}

func openLedger() (*ledger, error) { return &ledger{}, nil }

// remarks counts a stock answer and says how many its product has had.
func (l *ledger) remarks(s *shelf) remarks {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lookups[s.product.sku]++
	return remarks{Lookups: l.lookups[s.product.sku]}
}

// booked is told what was taken off a shelf; that is no look-up.
func (*ledger) booked(*shelf, reservation) {}
