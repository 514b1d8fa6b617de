// Command stock answers how much of each product lies in the warehouses.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.opentelemetry.io/otel"
)

const (
	exitPortTaken = 98
	drainTime     = 10 * time.Second
	flushTime     = 3 * time.Second
)

func main() {
	code, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "stock: "+err.Error())
	}
	os.Exit(code)
}

func run() (int, error) {
	stop, release := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer release()
	settings, err := readConfig()
	if err != nil {
		return 1, err
	}
	listener, err := net.Listen("tcp", settings.address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return exitPortTaken, fmt.Errorf("%s is taken", settings.address)
	}
	if err != nil {
		return 1, err
	}
	flush, err := startTelemetry(stop)
	if err != nil {
		return 1, err
	}
	startLogging()
	closeAdmin, err := openAdmin(settings.adminSocket)
	if err != nil {
		return 1, err
	}
	defer closeAdmin()
	err = serve(stop, listener, settings)
	limited, cancel := context.WithTimeout(context.Background(), flushTime)
	defer cancel()
	_ = flush(limited) // a collector that is away must not spoil the exit code
	if err != nil {
		return 1, err
	}
	return 0, nil
}

// serve answers requests until stop is done, then ends the ones under way.
func serve(stop context.Context, listener net.Listener, settings config) error {
	books, err := openLedger()
	if err != nil {
		return err
	}
	meter := otel.Meter("stock")
	cache := newQuoteCache(settings.cacheSize, settings.cacheTTL, time.Now)
	api := &stockAPI{
		house:  newWarehouse(),
		books:  books,
		quotes: newQuotes(settings, newClient(settings, meter), cache, meter),
	}
	server := &http.Server{
		Handler:           newHandler(api, meter),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	slog.Info("listening", "server.address", listener.Addr().String())
	select {
	case err := <-served:
		return err
	case <-stop.Done():
	}
	limited, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	return server.Shutdown(limited)
}
