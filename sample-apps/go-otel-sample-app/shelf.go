package main

import "sync"

// shelf keeps the counters of one product.
type shelf struct {
	product product

	mu         sync.Mutex
	onHand     int
	reserved   int
	deliveries int
}

// level is a copy of a shelf's counters.
type level struct {
	OnHand     int `json:"onHand"`
	Reserved   int `json:"reserved"`
	Deliveries int `json:"deliveries"`
	Packs      int `json:"packs"`
}

// reservation is what a reserve call took off the shelf.
type reservation struct {
	Units int   `json:"units"`
	Packs int   `json:"packs"`
	Level level `json:"level"`
}

func newShelf(line product) *shelf {
	return &shelf{product: line, onHand: line.capacity}
}

// level reads the counters and the number of whole packs they make.
func (s *shelf) level() level {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read()
}

// reserve takes whole packs for the quantity asked for. A delivery is booked
// first when too little is left, so a reservation always succeeds.
func (s *shelf) reserve(quantity int) reservation {
	s.mu.Lock()
	defer s.mu.Unlock()
	packs := (quantity + s.product.packSize - 1) / s.product.packSize
	units := packs * s.product.packSize
	for s.onHand < units {
		s.onHand += s.product.capacity
		s.deliveries++
	}
	s.onHand -= units
	s.reserved += units
	return reservation{Units: units, Packs: packs, Level: s.read()}
}

// units reads what lies on the shelf and what is reserved of it.
func (s *shelf) units() (onHand, reserved int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.onHand, s.reserved
}

func (s *shelf) read() level {
	return level{
		OnHand:     s.onHand,
		Reserved:   s.reserved,
		Deliveries: s.deliveries,
		Packs:      s.onHand / s.product.packSize,
	}
}
