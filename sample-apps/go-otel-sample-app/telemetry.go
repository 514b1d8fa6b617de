package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"

	"go.opentelemetry.io/contrib/instrumentation/runtime"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	logs "go.opentelemetry.io/otel/log/global"
	"go.opentelemetry.io/otel/propagation"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// stopFunc flushes and ends the exporters.
type stopFunc func(context.Context) error

// startTelemetry installs the global providers. With OTEL_SDK_DISABLED=true
// the ones that do nothing stay.
func startTelemetry(ctx context.Context) (stopFunc, error) {
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		return func(context.Context) error { return nil }, nil
	}
	about, err := describeProcess(ctx)
	if err != nil {
		return nil, err
	}
	out, err := newExporters(ctx)
	if err != nil {
		return nil, err
	}
	tracers := sdktrace.NewTracerProvider(sdktrace.WithResource(about), sdktrace.WithBatcher(out.spans))
	reader := sdkmetric.NewPeriodicReader(out.metrics, sdkmetric.WithProducer(runtime.NewProducer()))
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithResource(about), sdkmetric.WithReader(reader))
	loggers := sdklog.NewLoggerProvider(sdklog.WithResource(about),
		sdklog.WithProcessor(sdklog.NewBatchProcessor(out.logs)))
	otel.SetTracerProvider(tracers)
	otel.SetMeterProvider(meters)
	logs.SetLoggerProvider(loggers)
	if err := errors.Join(runtime.Start(), startProcessMetrics(otel.Meter("stock"))); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		return errors.Join(tracers.Shutdown(ctx), loggers.Shutdown(ctx), meters.Shutdown(ctx))
	}, nil
}

// describeProcess builds the resource; the environment overrides the presets.
func describeProcess(ctx context.Context) (*resource.Resource, error) {
	return resource.New(ctx,
		resource.WithAttributes(
			attribute.String("service.name", "go-otel-sample-app"),
			attribute.String("service.instance.id", rand.Text()),
			attribute.Int("process.pid", os.Getpid()),
		),
		resource.WithProcessRuntimeName(),
		resource.WithProcessRuntimeVersion(),
		resource.WithTelemetrySDK(),
		resource.WithFromEnv(),
	)
}
