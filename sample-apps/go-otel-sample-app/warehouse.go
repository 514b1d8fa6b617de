package main

// warehouse is the whole stock table.
type warehouse struct {
	shelves [productCount]*shelf
}

// total sums the shelves of one place.
type total struct {
	Place    string `json:"warehouse"`
	Products int    `json:"products"`
	OnHand   int    `json:"onHand"`
	Reserved int    `json:"reserved"`
}

func newWarehouse() *warehouse {
	house := &warehouse{}
	for i := range house.shelves {
		house.shelves[i] = newShelf(makeProduct(i + 1))
	}
	return house
}

// find answers the shelf of a SKU.
func (w *warehouse) find(sku string) (*shelf, bool) {
	number, known := productNumber(sku)
	if !known {
		return nil, false
	}
	return w.shelves[number-1], true
}

// totals counts the units in each place.
func (w *warehouse) totals() []total {
	sums := make([]total, len(warehouses))
	for i, place := range warehouses {
		sums[i].Place = place
	}
	for _, shelf := range w.shelves {
		sum := &sums[shelf.product.number%len(warehouses)]
		onHand, reserved := shelf.units()
		sum.Products++
		sum.OnHand += onHand
		sum.Reserved += reserved
	}
	return sums
}
