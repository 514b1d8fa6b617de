import { edgeLatency } from "../generator/faults/kinds/edge-latency.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The path between storefront and orders is slow, and the orders app was reloaded meanwhile. */
export default {
  title: "The network between the storefront and the Java app is slow",
  target: local,
  phases: drill({
    faults: [edgeLatency("otel-sample-app->java-otel-sample-app", { delayMs: 350, jitterMs: 70 }, TTL)],
    changes: [
      {
        does: "reload",
        on: "go-otel-sample-app",
        setting: "CACHE_TTL_MS",
        values: ["21000", "20000"],
        after: MEANWHILE,
      },
    ],
  }),
  truth: {
    incident: true,
    causes: [{ component: "otel-sample-app->java-otel-sample-app", cause: "network-latency" }],
    trigger: "none",
    mechanism: "Each exchange between the storefront and the orders app takes 350 ms longer; both ends are well.",
    symptoms: ["otel-sample-app"],
    decoys: ["go-otel-sample-app"],
    remedies: { accepted: ["repair-path", "move"], rejected: ["scale", "rollback"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
