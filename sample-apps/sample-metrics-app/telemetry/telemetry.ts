import { createRequire } from "node:module";
import { metrics } from "@opentelemetry/api";
import { startNodeSdk } from "@opentelemetry/sdk-node";
import { instrumentations } from "./instrumentations.ts";
import { measureProcess } from "./process-meters.ts";
import { RESOURCE_DETECTORS } from "./resource.ts";

/** Sends what is still kept and ends the exporters. */
export type Flush = () => Promise<void>;

/**
 * Starts traces, metrics and logs as the `OTEL_*` variables say; with `OTEL_SDK_DISABLED=true` nothing starts. To be
 * called before the server is made.
 */
export function startTelemetry(variables: Readonly<Record<string, string | undefined>>): Flush {
  if (variables["OTEL_SDK_DISABLED"]?.toLowerCase() === "true") return async () => undefined;
  const sdk = startNodeSdk({
    instrumentations: instrumentations(),
    resourceDetectors: RESOURCE_DETECTORS,
    logLevel: variables["OTEL_LOG_LEVEL"] ?? "error",
  });
  // The instrumentation of the server takes hold when the module is required, which an import is not.
  createRequire(import.meta.url)("node:http");
  measureProcess(metrics.getMeter("quotes"));
  return () => sdk.shutdown();
}
