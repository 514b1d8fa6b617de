//go:build counters

package main

import (
	"sync"
	"time"
)

// presetHistoryRows is how many movements are kept when HISTORY_ROWS is not set.
const presetHistoryRows = 750_000

// ledger keeps the history of movements and the turnover that follows from it.
type ledger struct {
	opened time.Time

	mu      sync.Mutex
	history []movement
	oldest  int // where the next movement goes
	figures []turnover
}

// remarks is what the ledger adds to a stock answer.
type remarks struct {
	Turnover turnover `json:"turnover"`
}

// openLedger makes the history of HISTORY_ROWS movements up to now.
func openLedger() (*ledger, error) {
	rows, err := number("HISTORY_ROWS", presetHistoryRows)
	if err != nil {
		return nil, err
	}
	return &ledger{opened: time.Now(), history: pastMovements(rows)}, nil
}

// remarks says how the warehouse of a product turns over at this moment.
func (l *ledger) remarks(s *shelf) remarks {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.recount()
	return remarks{Turnover: l.figures[placeOf(s.product.number)]}
}

// booked enters what was taken off a shelf in the place of the oldest movement.
func (l *ledger) booked(s *shelf, taken reservation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.history) > 0 {
		l.history[l.oldest] = movement{at: l.now(), units: int16(taken.Units), place: placeOf(s.product.number)}
		l.oldest = (l.oldest + 1) % len(l.history)
	}
	l.recount()
}

// recount brings the figures up to date: they fade with time.
func (l *ledger) recount() { l.figures = turnovers(l.history, l.now()) }

// now is the time in seconds since the ledger was opened.
func (l *ledger) now() int32 { return int32(time.Since(l.opened).Seconds()) }
