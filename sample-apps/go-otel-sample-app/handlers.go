package main

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
)

// stockAPI answers questions about the stock.
type stockAPI struct {
	house  *warehouse
	books  *ledger
	quotes *quotes
}

type stockAnswer struct {
	SKU       string `json:"sku"`
	Name      string `json:"name"`
	Warehouse string `json:"warehouse"`
	PackSize  int    `json:"packSize"`
	level
	Price quote   `json:"price"`
	Value float64 `json:"value"`
	remarks
}

type reserveRequest struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

type reserveAnswer struct {
	SKU string `json:"sku"`
	reservation
}

func (a *stockAPI) index(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"service": "stock", "products": productCount, "warehouses": warehouses})
}

func (a *stockAPI) overview(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"warehouses": a.house.totals()})
}

// stock answers how much of a product there is and what it is worth.
func (a *stockAPI) stock(w http.ResponseWriter, r *http.Request) {
	shelf, found := a.house.find(r.PathValue("sku"))
	if !found {
		writeProblem(w, r, http.StatusNotFound, "no such product")
		return
	}
	current := shelf.level()
	price, err := a.quotes.price(r.Context(), shelf.product.sku)
	if err != nil {
		writeUpstreamProblem(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, stockAnswer{
		SKU: shelf.product.sku, Name: shelf.product.name, Warehouse: shelf.product.warehouse,
		PackSize: shelf.product.packSize, level: current,
		Price: price, Value: price.Amount * float64(current.OnHand), remarks: a.books.remarks(shelf),
	})
}

// reserve takes units of a product off the shelf.
func (a *stockAPI) reserve(w http.ResponseWriter, r *http.Request) {
	var wanted reserveRequest
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&wanted); err != nil {
		writeProblem(w, r, http.StatusBadRequest, "the body is not JSON")
		return
	}
	shelf, found := a.house.find(wanted.SKU)
	if !found {
		writeProblem(w, r, http.StatusNotFound, "no such product")
		return
	}
	if wanted.Quantity < 1 || wanted.Quantity > 10000 {
		writeProblem(w, r, http.StatusBadRequest, "quantity must be 1 to 10000")
		return
	}
	taken := shelf.reserve(wanted.Quantity)
	a.books.booked(shelf, taken)
	slog.InfoContext(r.Context(), "stock reserved", "app.sku", wanted.SKU, "app.units", taken.Units, "app.on_hand", taken.Level.OnHand)
	writeJSON(w, http.StatusOK, reserveAnswer{SKU: wanted.SKU, reservation: taken})
}

func writeUpstreamProblem(w http.ResponseWriter, r *http.Request, err error) {
	status := http.StatusBadGateway
	var upstream *upstreamError
	if errors.As(err, &upstream) {
		status = upstream.status
	}
	writeProblem(w, r, status, "no quote: "+errorType(err))
}
