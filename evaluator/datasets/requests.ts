import { fromOtlpJson, type OtlpRequest, type SignalName } from "../../agent/sources/otlp-codec.ts";
import type { Attributes, Component, Instant, Millis } from "../../agent/telemetry/model.ts";

/** An export request and when it arrives. */
export interface Arriving {
  readonly arrival: Instant;
  readonly request: OtlpRequest;
}
/** One span, log record or metric, as OTLP/JSON has it, and who sent it. */
export interface Sent {
  readonly component: Component;
  readonly instance: string;
  /** When it was complete. */
  readonly end: Instant;
  readonly body: object;
}
const SECOND: Millis = 1_000;
const EXPORT: Millis = 5_000;
export const ARRIVALS = "end + 5 s, rounded up to a whole second; not recorded";

/** When a record arrives of which only its end is known. */
export const arrivalOf = (end: Instant): Instant => Math.ceil(end / SECOND) * SECOND + EXPORT;

const SHAPE = {
  traces: { resources: "resourceSpans", scopes: "scopeSpans", records: "spans" },
  metrics: { resources: "resourceMetrics", scopes: "scopeMetrics", records: "metrics" },
  logs: { resources: "resourceLogs", scopes: "scopeLogs", records: "logRecords" },
} as const;

/** One request a second, in order of arrival. */
export function* requestsOf(signal: SignalName, sent: readonly Sent[]): Generator<Arriving> {
  const { resources, scopes, records } = SHAPE[signal];
  const inOrder = sent.toSorted((a, b) => a.end - b.end);
  for (const [arrival, together] of Map.groupBy(inOrder, ({ end }) => arrivalOf(end))) {
    const senders = Map.groupBy(together, ({ component, instance }) => `${component}\n${instance}`);
    const json = {
      [resources]: [...senders.values()].map((own) => ({
        resource: { attributes: senderOf(own[0]) },
        [scopes]: [{ [records]: own.map(({ body }) => body) }],
      })),
    };
    yield { arrival, request: fromOtlpJson(signal, json) };
  }
}

function senderOf(sent: Sent | undefined): object[] {
  const { component = "", instance = "" } = sent ?? {};
  return pairsOf({ "service.name": component, ...(instance ? { "service.instance.id": instance } : {}) });
}

/** Attributes as OTLP/JSON has them. */
export function pairsOf(attributes: Attributes): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: { [CASES[typeof value] ?? ""]: value } }));
}
const CASES: Readonly<Record<string, string>> = {
  string: "stringValue",
  number: "doubleValue",
  boolean: "boolValue",
};

export const nanosOf = (at: Instant): string => `${Math.round(at)}000000`;

/** A gauge with one point. */
export function gauge(name: string, unit: string, at: Instant, value: number, attributes: Attributes = {}): object {
  const point = { timeUnixNano: nanosOf(at), asDouble: value, attributes: pairsOf(attributes) };
  return { name, unit, gauge: { dataPoints: [point] } };
}
