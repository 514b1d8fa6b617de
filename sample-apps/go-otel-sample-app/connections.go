package main

import (
	"context"
	"net"
	"net/http/httptrace"
	"sync"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// connections counts the outgoing connections and which of them carry a call.
type connections struct {
	mu     sync.Mutex
	open   int
	active int
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// newConnections exports the counts as http.client.open_connections.
func newConnections(peer []attribute.KeyValue, meter metric.Meter) *connections {
	counts := &connections{}
	state := func(value string) metric.ObserveOption {
		return metric.WithAttributes(append([]attribute.KeyValue{attribute.String("http.connection.state", value)}, peer...)...)
	}
	active, idle := state("active"), state("idle")
	_, _ = meter.Int64ObservableUpDownCounter("http.client.open_connections", metric.WithUnit("{connection}"),
		metric.WithDescription("Outbound HTTP connections that are active or idle on the client."),
		metric.WithInt64Callback(func(_ context.Context, observer metric.Int64Observer) error {
			counts.mu.Lock()
			defer counts.mu.Unlock()
			observer.Observe(int64(counts.active), active)
			observer.Observe(int64(counts.open-counts.active), idle)
			return nil
		}))
	return counts
}

// dial wraps a dial function so that each connection is counted until closed.
func (c *connections) dial(next dialFunc) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		plain, err := next(ctx, network, address)
		if err != nil {
			return nil, err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.open++
		return &countedConn{Conn: plain, counts: c}, nil
	}
}

// trace follows one call: it makes a connection active and later idle again.
func (c *connections) trace() *httptrace.ClientTrace {
	var current *countedConn
	var turn int
	return &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			if counted, ok := info.Conn.(*countedConn); ok {
				current, turn = counted, counted.begin()
			}
		},
		PutIdleConn: func(err error) {
			if err == nil && current != nil {
				current.end(turn)
			}
		},
	}
}

// countedConn is one connection. The turn tells its calls apart, because the
// next call may get the connection before the last one has reported its end.
type countedConn struct {
	net.Conn
	counts *connections
	turn   int
	active bool
	closed bool
}

func (c *countedConn) begin() int {
	c.counts.mu.Lock()
	defer c.counts.mu.Unlock()
	c.turn++
	if !c.active && !c.closed {
		c.active = true
		c.counts.active++
	}
	return c.turn
}

func (c *countedConn) end(turn int) {
	c.counts.mu.Lock()
	defer c.counts.mu.Unlock()
	if c.turn == turn && c.active {
		c.active = false
		c.counts.active--
	}
}

// Close closes the connection and takes it out of the counts once.
func (c *countedConn) Close() error {
	c.counts.mu.Lock()
	if !c.closed {
		c.closed = true
		c.counts.open--
		if c.active {
			c.active = false
			c.counts.active--
		}
	}
	c.counts.mu.Unlock()
	return c.Conn.Close()
}
