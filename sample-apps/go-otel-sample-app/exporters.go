package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// exporters send the three signals by OTLP.
type exporters struct {
	spans   sdktrace.SpanExporter
	metrics sdkmetric.Exporter
	logs    sdklog.Exporter
}

// newExporters picks the protocol; endpoint, headers and the rest are read
// from the environment by the exporters themselves.
func newExporters(ctx context.Context) (exporters, error) {
	protocol := cmp.Or(os.Getenv("OTEL_EXPORTER_OTLP_PROTOCOL"), "http/protobuf")
	var out exporters
	var errs [3]error
	switch protocol {
	case "http/protobuf":
		out.spans, errs[0] = otlptracehttp.New(ctx)
		out.metrics, errs[1] = otlpmetrichttp.New(ctx)
		out.logs, errs[2] = otlploghttp.New(ctx)
	case "grpc":
		out.spans, errs[0] = otlptracegrpc.New(ctx)
		out.metrics, errs[1] = otlpmetricgrpc.New(ctx)
		out.logs, errs[2] = otlploggrpc.New(ctx)
	default:
		return out, fmt.Errorf("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or grpc, is %q", protocol)
	}
	return out, errors.Join(errs[:]...)
}
