import type { Attributes, ExceptionRecord, Instant, SpanKind, TelemetrySink } from "../telemetry/model.ts";
import type { ExportLogsServiceRequest } from "./generated/opentelemetry/proto/collector/logs/v1/logs_service_pb.js";
import type { ExportTraceServiceRequest } from "./generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js";
import type { LogRecord } from "./generated/opentelemetry/proto/logs/v1/logs_pb.js";
import type { Resource } from "./generated/opentelemetry/proto/resource/v1/resource_pb.js";
import type { Span, Span_Event } from "./generated/opentelemetry/proto/trace/v1/trace_pb.js";
import type { OtlpRequest } from "./otlp-codec.ts";
import { pointsOf } from "./otlp-points.ts";
import { attributesOf, hexOf, instantOf, textOf } from "./otlp-values.ts";

/** Who sent something, as its resource says. */
export interface Sender {
  readonly component: string;
  readonly instance: string;
  readonly arrival: Instant;
}
const KINDS: readonly SpanKind[] = ["internal", "internal", "server", "client", "producer", "consumer"];
const STATUS_ERROR = 2;

/** Puts everything a request holds into the sink. Drops nothing by name. */
export function pour(request: OtlpRequest, arrival: Instant, sink: TelemetrySink): void {
  switch (request.signal) {
    case "traces":
      pourSpans(request.message, arrival, sink);
      return;
    case "logs":
      pourLogs(request.message, arrival, sink);
      return;
    case "metrics":
      for (const { resource, scopeMetrics } of request.message.resourceMetrics) {
        const sender = introduce(resource, arrival, sink);
        for (const { metrics } of scopeMetrics)
          for (const metric of metrics) for (const point of pointsOf(metric, sender)) sink.point(point);
      }
  }
}

function introduce(resource: Resource | undefined, arrival: Instant, sink: TelemetrySink): Sender {
  const attributes = attributesOf(resource?.attributes ?? []);
  const component = String(attributes["service.name"] ?? "unknown_service");
  const instance = String(attributes["service.instance.id"] ?? attributes["host.name"] ?? "");
  sink.resource(component, instance, attributes, arrival);
  return { component, instance, arrival };
}

function pourSpans(message: ExportTraceServiceRequest, arrival: Instant, sink: TelemetrySink): void {
  for (const { resource, scopeSpans } of message.resourceSpans) {
    const sender = introduce(resource, arrival, sink);
    for (const { spans } of scopeSpans) for (const span of spans) sink.span(spanOf(span, sender));
  }
}

function spanOf(span: Span, sender: Sender): Parameters<TelemetrySink["span"]>[0] {
  const failed = span.status?.code === STATUS_ERROR;
  const message = failed && span.status?.message ? { "otel.status_description": span.status.message } : {};
  return {
    ...sender,
    trace: hexOf(span.traceId),
    id: hexOf(span.spanId),
    ...(span.parentSpanId.length > 0 ? { parent: hexOf(span.parentSpanId) } : {}),
    name: span.name,
    kind: KINDS[span.kind] ?? "internal",
    start: instantOf(span.startTimeUnixNano),
    end: instantOf(span.endTimeUnixNano),
    failed,
    attributes: { ...attributesOf(span.attributes), ...message },
    exceptions: span.events.flatMap(exceptionOf),
  };
}

function exceptionOf({ name, attributes }: Span_Event): ExceptionRecord[] {
  const found = name === "exception" ? exceptionIn(attributesOf(attributes)) : undefined;
  return found ? [found] : [];
}

/** Exceptions are span events today and log records tomorrow; the attributes are the same. */
function exceptionIn(attributes: Attributes): ExceptionRecord | undefined {
  const type = attributes["exception.type"];
  const message = attributes["exception.message"];
  if (type === undefined && message === undefined) return undefined;
  const stack = attributes["exception.stacktrace"];
  return {
    type: String(type ?? ""),
    message: String(message ?? ""),
    ...(stack === undefined ? {} : { stack: String(stack) }),
  };
}

function pourLogs(message: ExportLogsServiceRequest, arrival: Instant, sink: TelemetrySink): void {
  for (const { resource, scopeLogs } of message.resourceLogs) {
    const sender = introduce(resource, arrival, sink);
    for (const { logRecords } of scopeLogs) for (const record of logRecords) sink.log(logOf(record, sender));
  }
}

function logOf(record: LogRecord, sender: Sender): Parameters<TelemetrySink["log"]>[0] {
  const attributes = attributesOf(record.attributes);
  const exception = exceptionIn(attributes);
  return {
    ...sender,
    at: instantOf(record.timeUnixNano || record.observedTimeUnixNano),
    severity: record.severityNumber,
    body: textOf(record.body) ?? record.eventName,
    ...(record.traceId.length > 0 ? { trace: hexOf(record.traceId) } : {}),
    ...(record.spanId.length > 0 ? { span: hexOf(record.spanId) } : {}),
    ...(exception ? { exception } : {}),
    attributes,
  };
}
