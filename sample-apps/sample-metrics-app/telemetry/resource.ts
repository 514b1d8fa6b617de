import { type ResourceDetector, serviceInstanceIdDetector, serviceNameEnvDetector } from "@opentelemetry/resources";

/** What is known of the process without asking the environment. */
const processDetector: ResourceDetector = {
  detect: () => ({
    attributes: {
      "service.name": "sample-metrics-app",
      "process.pid": process.pid,
      "process.runtime.name": "nodejs",
      "process.runtime.version": process.versions.node,
    },
  }),
};

/** Who the process is, as its telemetry says; the later ones override, and `OTEL_RESOURCE_ATTRIBUTES` all of them. */
export const RESOURCE_DETECTORS: ResourceDetector[] = [
  processDetector,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
];
