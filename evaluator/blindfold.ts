import type { KeyValue } from "../agent/sources/generated/opentelemetry/proto/common/v1/common_pb.js";
import { fromOtlpJson, type OtlpRequest, toOtlpJson } from "../agent/sources/otlp-codec.ts";
import { textOf } from "../agent/sources/otlp-values.ts";
import { type Secrets, valuePattern } from "./secrets.ts";

const KEYS = /^(fault|chaos|experiment)\./i;

/** Stands between the receiver and the store. */
export interface Blindfold {
  /** The request without attributes that speak of what is being done: itself when there are none, else a copy. */
  cover(request: OtlpRequest): OtlpRequest;
  /** How many it has removed: above 0 something upstream talks, and the recording is void. */
  readonly redactions: number;
}

/** Attributes `fault.*`, `chaos.*`, `experiment.*`, and any whose value names a fault, a phase or the scenario. */
export function blindfold(secrets: Secrets): Blindfold {
  const pattern = valuePattern(secrets);
  let redactions = 0;
  const tells = ({ key, value }: KeyValue): boolean => {
    pattern.lastIndex = 0;
    return KEYS.test(key) || pattern.test(textOf(value) ?? "");
  };
  const clean = (owner: Owner): void => {
    if (!owner?.attributes.some(tells)) return;
    const kept = owner.attributes.filter((one) => !tells(one));
    redactions += owner.attributes.length - kept.length;
    owner.attributes = kept;
  };
  return {
    cover(request) {
      if (!ownersIn(request).some((owner) => owner?.attributes.some(tells))) return request;
      // The next drill may get the same request, and must count what it holds for itself.
      const copy = fromOtlpJson(request.signal, toOtlpJson(request));
      for (const owner of ownersIn(copy)) clean(owner);
      return copy;
    },
    get redactions() {
      return redactions;
    },
  };
}

type Owner = { attributes: KeyValue[] } | undefined;

/** Everything in a request that carries attributes. */
function* ownersIn({ signal, message }: OtlpRequest): Generator<Owner> {
  switch (signal) {
    case "traces":
      for (const { resource, scopeSpans } of message.resourceSpans) {
        yield resource;
        for (const { scope, spans } of scopeSpans) {
          yield scope;
          for (const span of spans) yield* [span, ...span.events, ...span.links];
        }
      }
      return;
    case "logs":
      for (const { resource, scopeLogs } of message.resourceLogs) {
        yield resource;
        for (const { scope, logRecords } of scopeLogs) yield* [scope, ...logRecords];
      }
      return;
    case "metrics":
      for (const { resource, scopeMetrics } of message.resourceMetrics) {
        yield resource;
        for (const { scope, metrics } of scopeMetrics) {
          yield scope;
          for (const { data } of metrics) if (data.value) yield* data.value.dataPoints;
        }
      }
  }
}
