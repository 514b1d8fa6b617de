package main

import (
	"context"
	"log/slog"
	"os"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel/trace"
)

// startLogging sends each line to stdout and to the log exporter.
func startLogging() {
	plain := withTrace{slog.NewJSONHandler(os.Stdout, nil)}
	slog.SetDefault(slog.New(slog.NewMultiHandler(plain, otelslog.NewHandler("stock"))))
}

// withTrace adds the ids of the current span to the lines on stdout; exported
// lines carry them already.
type withTrace struct{ slog.Handler }

func (h withTrace) Handle(ctx context.Context, line slog.Record) error {
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		line = line.Clone()
		line.AddAttrs(slog.String("trace_id", span.TraceID().String()), slog.String("span_id", span.SpanID().String()))
	}
	return h.Handler.Handle(ctx, line)
}
