import { type DescMessage, fromBinary, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import {
  type ExportLogsServiceRequest,
  ExportLogsServiceRequestSchema,
  ExportLogsServiceResponseSchema,
} from "./generated/opentelemetry/proto/collector/logs/v1/logs_service_pb.js";
import {
  type ExportMetricsServiceRequest,
  ExportMetricsServiceRequestSchema,
  ExportMetricsServiceResponseSchema,
} from "./generated/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.js";
import {
  type ExportTraceServiceRequest,
  ExportTraceServiceRequestSchema,
  ExportTraceServiceResponseSchema,
} from "./generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js";

/** One export request of any signal, decoded. */
export type OtlpRequest =
  | { readonly signal: "traces"; readonly message: ExportTraceServiceRequest }
  | { readonly signal: "metrics"; readonly message: ExportMetricsServiceRequest }
  | { readonly signal: "logs"; readonly message: ExportLogsServiceRequest };
export type SignalName = OtlpRequest["signal"];
export const SIGNALS: readonly SignalName[] = ["traces", "metrics", "logs"];

export const RESPONSES = {
  traces: ExportTraceServiceResponseSchema,
  metrics: ExportMetricsServiceResponseSchema,
  logs: ExportLogsServiceResponseSchema,
} as const;
const REQUESTS: Readonly<Record<SignalName, DescMessage>> = {
  traces: ExportTraceServiceRequestSchema,
  metrics: ExportMetricsServiceRequestSchema,
  logs: ExportLogsServiceRequestSchema,
};

/** Decodes the binary form. Throws on malformed bytes. */
export function fromProtobuf(signal: SignalName, bytes: Uint8Array): OtlpRequest {
  return { signal, message: fromBinary(REQUESTS[signal], bytes) } as OtlpRequest;
}

/** Decodes OTLP/JSON: ids in hex (some exporters send base64; told apart by their length), unknown fields ignored. */
export function fromOtlpJson(signal: SignalName, value: unknown): OtlpRequest {
  const message = fromJson(REQUESTS[signal], ids(value, toBase64) as JsonValue, { ignoreUnknownFields: true });
  return { signal, message } as OtlpRequest;
}

/** The JSON form of a request, with ids in hex and enums as integers. */
export function toOtlpJson({ signal, message }: OtlpRequest): JsonValue {
  const json = toJson(REQUESTS[signal], message as never, { enumAsInteger: true });
  return ids(json, toHex) as JsonValue;
}

const ID = new Set(["traceId", "spanId", "parentSpanId"]);

/** Rewrites the ids in place of a JSON tree that nobody else holds. */
function ids(value: unknown, rewrite: (id: string) => string): unknown {
  if (Array.isArray(value)) for (const one of value) ids(one, rewrite);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string" && ID.has(key)) (value as Record<string, unknown>)[key] = rewrite(inner);
      else ids(inner, rewrite);
    }
  return value;
}

const HEX = /^(?:[0-9a-f]{32}|[0-9a-f]{16})$/i;
function toBase64(id: string): string {
  return HEX.test(id) ? Buffer.from(id, "hex").toString("base64") : id;
}
function toHex(id: string): string {
  return Buffer.from(id, "base64").toString("hex");
}
