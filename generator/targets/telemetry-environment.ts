import type { Environment } from "./environment.ts";
import type { AppId, TelemetryEndpoint } from "./target.ts";

/** Who an instance is, as its telemetry says. */
export interface Identity {
  readonly app: AppId;
  readonly version: string;
  readonly instance: string;
}

/** The SDKs' settings: everything is sampled, and exported soon enough to be watched live. */
export function telemetryEnvironment(who: Identity, endpoint: TelemetryEndpoint | undefined): Environment {
  if (endpoint === undefined) return { OTEL_SDK_DISABLED: "true" };
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: endpoint.protocol,
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_SERVICE_NAME: who.app,
    OTEL_RESOURCE_ATTRIBUTES: `service.namespace=shop,service.version=${who.version},service.instance.id=${who.instance}`,
    OTEL_TRACES_SAMPLER: "always_on",
    OTEL_PROPAGATORS: "tracecontext,baggage",
    OTEL_METRIC_EXPORT_INTERVAL: "5000",
    OTEL_BSP_SCHEDULE_DELAY: "1000",
    OTEL_BLRP_SCHEDULE_DELAY: "1000",
    OTEL_SEMCONV_STABILITY_OPT_IN: "http,database",
  };
}
