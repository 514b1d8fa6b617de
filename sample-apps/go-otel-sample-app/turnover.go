//go:build counters

package main

import "math"

const (
	// fadeSeconds is the age at which a movement counts 1/e of a new one: a week.
	fadeSeconds = 7 * 24 * 60 * 60
	// rowSeconds lie between two movements of the past.
	rowSeconds = 2
)

// movement is one row of the history.
type movement struct {
	at    int32 // seconds since the ledger was opened, below 0 before
	units int16
	place uint8 // index into warehouses
}

// turnover says what one movement takes out of a warehouse; the younger a
// movement, the more it counts.
type turnover struct {
	Mean   float64 `json:"mean"`   // units
	Spread float64 `json:"spread"` // standard deviation, in units
}

// pastMovements are the movements before the ledger was opened, oldest first,
// each a function of how many came after it.
func pastMovements(rows int) []movement {
	history := make([]movement, rows)
	for i := range history {
		back := rows - i
		number := 1 + (back*193)%productCount
		packs := 1 + back%3
		history[i] = movement{
			at:    int32(-back * rowSeconds),
			units: int16(packs * packSizes[number%len(packSizes)]),
			place: placeOf(number),
		}
	}
	return history
}

// placeOf is the index of the warehouse that keeps a product.
func placeOf(number int) uint8 { return uint8(number % len(warehouses)) }

// turnovers are the figures of each warehouse at a time in seconds since the
// ledger was opened: the weighted mean, then the deviation from it.
func turnovers(history []movement, now int32) []turnover {
	weights := make([]float64, len(warehouses))
	sums := make([]float64, len(warehouses))
	for _, row := range history {
		weight := row.weight(now)
		weights[row.place] += weight
		sums[row.place] += weight * float64(row.units)
	}
	figures := make([]turnover, len(warehouses))
	squares := make([]float64, len(warehouses))
	for place := range figures {
		figures[place].Mean = ratio(sums[place], weights[place])
	}
	for _, row := range history {
		off := float64(row.units) - figures[row.place].Mean
		squares[row.place] += row.weight(now) * off * off
	}
	for place := range figures {
		figures[place].Spread = math.Sqrt(ratio(squares[place], weights[place]))
	}
	return figures
}

// weight is how much a movement counts, from 1 (new) down to 0.
func (m movement) weight(now int32) float64 {
	return math.Exp(-float64(now-m.at) / fadeSeconds)
}

func ratio(sum, weight float64) float64 {
	if weight == 0 {
		return 0
	}
	return sum / weight
}
