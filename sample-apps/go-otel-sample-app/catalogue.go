package main

import (
	"fmt"
	"strings"
)

// productCount is the number of products kept in stock; they are numbered from 1.
const productCount = 500

// product is one line of the stock table, a function of the product number alone.
type product struct {
	number    int
	sku       string
	name      string
	warehouse string
	capacity  int // units on the shelf after a delivery
	packSize  int // units in one pack
}

var (
	warehouses = []string{"north", "harbour", "airport", "river"}
	goods      = []string{"Lamp", "Chair", "Kettle", "Shelf", "Clock", "Blanket", "Radio"}
	finishes   = []string{"oak", "steel", "linen", "glass", "cork"}
	packSizes  = []int{1, 2, 6, 12}
)

// makeProduct derives one line. Lines 461 to 480 came over from the old stock
// system, which kept no pack size.
func makeProduct(number int) product {
	packSize := packSizes[number%len(packSizes)]
	if number >= 461 && number <= 480 {
		packSize = 0
	}
	return product{
		number:    number,
		sku:       fmt.Sprintf("sku-%04d", number),
		name:      finishes[number%len(finishes)] + " " + strings.ToLower(goods[number%len(goods)]),
		warehouse: warehouses[number%len(warehouses)],
		capacity:  240 + (number*37)%960,
		packSize:  packSize,
	}
}
