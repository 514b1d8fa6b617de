package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/trace"
)

// durationBuckets are the boundaries the HTTP conventions advise, in seconds.
var durationBuckets = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}

// newClient makes the traced and measured HTTP client for outgoing calls.
func newClient(settings config, meter metric.Meter) *http.Client {
	dialer := &net.Dialer{Timeout: settings.timeout, KeepAlive: 30 * time.Second}
	connections := newConnections(peerAttributes(settings.quotesURL), meter)
	base := &http.Transport{
		DialContext:         connections.dial(dialer.DialContext),
		MaxConnsPerHost:     settings.connections,
		MaxIdleConnsPerHost: settings.connections,
		IdleConnTimeout:     90 * time.Second,
		DisableCompression:  true,
	}
	duration, _ := meter.Float64Histogram("http.client.request.duration", metric.WithUnit("s"),
		metric.WithDescription("Duration of HTTP client requests."),
		metric.WithExplicitBucketBoundaries(durationBuckets...))
	return &http.Client{Transport: otelhttp.NewTransport(&measured{next: base, duration: duration},
		// measured names errors better than the library does
		otelhttp.WithMeterProvider(noop.NewMeterProvider()),
		otelhttp.WithClientTrace(func(context.Context) *httptrace.ClientTrace { return connections.trace() }),
		otelhttp.WithSpanNameFormatter(func(_ string, request *http.Request) string { return request.Method }),
	)}
}

// measured records http.client.request.duration up to the answer's headers.
type measured struct {
	next     http.RoundTripper
	duration metric.Float64Histogram
}

func (m *measured) RoundTrip(request *http.Request) (*http.Response, error) {
	if resend, _ := request.Context().Value(resendKey{}).(int); resend > 0 {
		trace.SpanFromContext(request.Context()).SetAttributes(attribute.Int("http.request.resend_count", resend))
	}
	started := time.Now()
	response, err := m.next.RoundTrip(request)
	attributes := append(peerAttributes(request.URL.String()),
		attribute.String("http.request.method", request.Method), attribute.String("url.scheme", request.URL.Scheme))
	switch {
	case err != nil:
		attributes = append(attributes, attribute.String("error.type", errorType(err)))
		err = &callError{cause: err}
	case response.StatusCode >= 400:
		attributes = append(attributes, attribute.Int("http.response.status_code", response.StatusCode),
			attribute.String("error.type", strconv.Itoa(response.StatusCode)))
	default:
		attributes = append(attributes, attribute.Int("http.response.status_code", response.StatusCode))
	}
	m.duration.Record(request.Context(), time.Since(started).Seconds(), metric.WithAttributes(attributes...))
	return response, err
}
