package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

// config holds the settings of the process, read once at start.
type config struct {
	address     string // host:port of the listener
	adminSocket string // path of the unix socket for operation, empty for none

	quotesURL   string
	timeout     time.Duration // limit of one outgoing call
	retries     int           // immediate repeats of a failed outgoing call
	connections int           // outgoing connections to one host

	cacheSize int // quotes kept, 0 turns the cache off
	cacheTTL  time.Duration
}

// readConfig reads the environment; a value that is no number is an error.
func readConfig() (config, error) {
	numbers := map[string]int{
		"PORT":                 8090,
		"UPSTREAM_TIMEOUT_MS":  2000,
		"UPSTREAM_RETRIES":     0,
		"UPSTREAM_CONNECTIONS": 16,
		"CACHE_SIZE":           1000,
		"CACHE_TTL_MS":         20000,
	}
	for name, preset := range numbers {
		value, err := number(name, preset)
		if err != nil {
			return config{}, err
		}
		numbers[name] = value
	}
	return config{
		address:     net.JoinHostPort(text("HOST", "127.0.0.1"), strconv.Itoa(numbers["PORT"])),
		adminSocket: os.Getenv("ADMIN_SOCKET"),
		quotesURL:   text("QUOTES_URL", "http://127.0.0.1:8000"),
		timeout:     time.Duration(numbers["UPSTREAM_TIMEOUT_MS"]) * time.Millisecond,
		retries:     numbers["UPSTREAM_RETRIES"],
		connections: numbers["UPSTREAM_CONNECTIONS"],
		cacheSize:   numbers["CACHE_SIZE"],
		cacheTTL:    time.Duration(numbers["CACHE_TTL_MS"]) * time.Millisecond,
	}, nil
}

func text(name, preset string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return preset
}

func number(name string, preset int) (int, error) {
	raw := os.Getenv(name)
	if raw == "" {
		return preset, nil
	}
	value, err := strconv.Atoi(raw)
	if err != nil || value < 0 {
		return 0, fmt.Errorf("%s must be a whole number of 0 or more, is %q", name, raw)
	}
	return value, nil
}
