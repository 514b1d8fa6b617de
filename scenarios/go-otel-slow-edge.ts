import { edgeLatency } from "../generator/faults/kinds/edge-latency.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The symptom is loudest in services that are not the cause. */
export default {
  title: "The network between the Go app and its price source is slow; callers two hops up suffer",
  target: local,
  phases: drill({
    faults: [edgeLatency("go-otel-sample-app->sample-metrics-app", { delayMs: 400, jitterMs: 80 }, TTL)],
  }),
  truth: {
    incident: true,
    causes: [{ component: "go-otel-sample-app->sample-metrics-app", cause: "network-latency" }],
    trigger: "none",
    mechanism: "Each exchange between the stock app and the quotes app takes 400 ms longer; both ends are well.",
    symptoms: ["go-otel-sample-app", "java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["repair-path", "move"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
