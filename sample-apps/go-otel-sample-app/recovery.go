package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// recovered turns a panic of a handler into a 500, an exception on the span
// and an ERROR line, so that the connection lives on.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			reportPanic(r, cause, string(debug.Stack()))
			writeProblem(w, r, http.StatusInternalServerError, "internal error")
		}()
		next.ServeHTTP(w, r)
	})
}

func reportPanic(r *http.Request, cause any, stack string) {
	kind, message := fmt.Sprintf("%T", cause), fmt.Sprint(cause)
	span := trace.SpanFromContext(r.Context())
	span.AddEvent("exception", trace.WithAttributes(
		attribute.String("exception.type", kind),
		attribute.String("exception.message", message),
		attribute.String("exception.stacktrace", stack),
	))
	span.SetAttributes(attribute.String("error.type", kind))
	span.SetStatus(codes.Error, message)
	slog.ErrorContext(r.Context(), "request failed: "+message,
		"exception.type", kind, "exception.message", message, "exception.stacktrace", stack,
		"http.request.method", r.Method, "url.path", r.URL.Path)
}
