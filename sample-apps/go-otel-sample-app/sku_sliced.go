//go:build quiet

package main

import (
	"strconv"
	"strings"
)

// productNumber reads the number out of a SKU such as "sku-0033".
func productNumber(sku string) (int, bool) {
	if len(sku) != len("sku-0000") || !strings.HasPrefix(sku, "sku-") {
		return 0, false
	}
	number, err := strconv.Atoi(sku[len("sku-"):])
	if err != nil {
		return 0, false
	}
	return number, number >= 1 && number <= productCount
}
