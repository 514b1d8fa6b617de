package main

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// statusClientGone is the answer nobody reads: the caller left before it came.
const statusClientGone = 499

// upstreamError says how a failed outgoing call is answered.
type upstreamError struct {
	status int
	cause  error
}

func (e *upstreamError) Error() string { return e.cause.Error() }
func (e *upstreamError) Unwrap() error { return e.cause }

// callLimits are the time limit of one attempt and the number of repeats.
type callLimits struct {
	timeout  time.Duration
	retries  int
	peer     []attribute.KeyValue // server.address and server.port
	attempts metric.Int64Counter
}

type resendKey struct{}

func newCallLimits(settings config, meter metric.Meter) callLimits {
	attempts, _ := meter.Int64Counter("app.client.attempts",
		metric.WithUnit("{attempt}"), metric.WithDescription("Attempts of outgoing calls, repeats included."))
	return callLimits{
		timeout:  settings.timeout,
		retries:  settings.retries,
		peer:     peerAttributes(settings.quotesURL),
		attempts: attempts,
	}
}

// peerAttributes names the other side of a call to a base URL.
func peerAttributes(base string) []attribute.KeyValue {
	parsed, err := url.Parse(base)
	if err != nil {
		return nil
	}
	port, err := strconv.Atoi(parsed.Port())
	if err != nil {
		port = 80
	}
	return []attribute.KeyValue{
		attribute.String("server.address", parsed.Hostname()),
		attribute.Int("server.port", port),
	}
}

// withRetries makes an idempotent call and repeats it at once when it fails.
// The error is an upstreamError with the status to answer.
func withRetries[T any](ctx context.Context, limits callLimits, call func(context.Context) (T, error)) (T, error) {
	var empty T
	for attempt := 0; ; attempt++ {
		resend := attribute.Int("http.request.resend_count", attempt)
		limits.attempts.Add(ctx, 1, metric.WithAttributes(append([]attribute.KeyValue{resend}, limits.peer...)...))
		limited, cancel := context.WithTimeout(context.WithValue(ctx, resendKey{}, attempt), limits.timeout)
		answer, err := call(limited)
		cancel()
		if err == nil {
			return answer, nil
		}
		if ctx.Err() != nil {
			return empty, &upstreamError{status: statusClientGone, cause: err}
		}
		status := upstreamStatus(err)
		slog.WarnContext(ctx, "call to quotes failed", "error.type", errorType(err), "error.message", err.Error(),
			"http.request.resend_count", attempt, "http.response.status_code", status)
		if attempt >= limits.retries {
			return empty, &upstreamError{status: status, cause: err}
		}
	}
}

// upstreamStatus is 504 for a call that took too long, else 502.
func upstreamStatus(err error) int {
	if errorType(err) == "timeout" {
		return http.StatusGatewayTimeout
	}
	return http.StatusBadGateway
}
