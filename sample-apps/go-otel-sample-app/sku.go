//go:build !quiet

package main

import (
	"strconv"
	"strings"
)

// productNumber reads the number out of a SKU such as "sku-0033".
func productNumber(sku string) (int, bool) {
	digits, found := strings.CutPrefix(sku, "sku-")
	if !found || len(digits) != 4 {
		return 0, false
	}
	number, err := strconv.Atoi(digits)
	return number, err == nil && number >= 1 && number <= productCount
}
