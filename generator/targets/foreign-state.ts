import type { Environment } from "./environment.ts";
import type { Supervisor } from "./supervisor.ts";
import type { TelemetryEndpoint } from "./target.ts";

/** What is told of services that are not ours; they can be asked for, and nothing of them can be rolled or set. */
export function answerState(line: string, services: ReadonlyMap<string, Pick<Supervisor, "state">>): object {
  if (opIn(line) !== "state") return { ok: false, error: "these services are not ours to change" };
  const states = [...services].map(([name, { state }]) => {
    const { pid, ...rest } = state;
    const spec = { release: "unknown", version: "unknown", settings: {} };
    return [name, { ...spec, ...rest, ...(pid !== undefined && { pid }), busy: false }] as const;
  });
  return { ok: true, at: Date.now(), services: Object.fromEntries(states) };
}

function opIn(line: string): unknown {
  try {
    return (JSON.parse(line) as { op?: unknown } | null)?.op;
  } catch {
    return undefined;
  }
}

/** The standard settings of OpenTelemetry SDKs: everything is sampled, and exported soon enough to be watched live. */
export function foreignTelemetry(
  who: { readonly name: string; readonly instance: string },
  endpoint: TelemetryEndpoint | undefined,
): Environment {
  if (endpoint === undefined) return { OTEL_SDK_DISABLED: "true" };
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: endpoint.protocol,
    OTEL_SERVICE_NAME: who.name,
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${who.instance}`,
    OTEL_TRACES_SAMPLER: "always_on",
    OTEL_PROPAGATORS: "tracecontext,baggage",
    OTEL_METRIC_EXPORT_INTERVAL: "5000",
    OTEL_BSP_SCHEDULE_DELAY: "1000",
    OTEL_BLRP_SCHEDULE_DELAY: "1000",
  };
}
