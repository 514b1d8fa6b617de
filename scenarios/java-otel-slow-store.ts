import { edgeLatency } from "../generator/faults/kinds/edge-latency.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, spike, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Looks like its twin java-otel-bad-records at the front, and must be answered differently. */
export default {
  title: "The network between the Java app and its database is slow; a quarter of its requests fail",
  target: local,
  phases: drill({
    load: spike("java-otel-sample-app"),
    faults: [
      edgeLatency(
        "java-otel-sample-app->store",
        { delayMs: 100, jitterMs: 20, failing: { app: "java-otel-sample-app", share: 0.25 } },
        TTL,
      ),
    ],
  }),
  truth: {
    incident: true,
    causes: [{ component: "java-otel-sample-app->store", cause: "network-latency" }],
    trigger: "none",
    mechanism:
      "Each exchange with the database takes longer; statements multiply it, connections stay in use, and requests that wait two seconds for one are refused.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["repair-path", "move"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
