import { edgeBlackhole } from "../generator/faults/kinds/edge-blackhole.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Packets that never arrive: the callee is healthy and idle. */
export default {
  title: "Nothing passes between the Go app and the quotes app any more",
  target: local,
  phases: drill({
    faults: [edgeBlackhole("go-otel-sample-app->sample-metrics-app", {}, TTL)],
    changes: [{ does: "release", on: "otel-sample-app", after: MEANWHILE }],
  }),
  truth: {
    incident: true,
    causes: [
      { component: "go-otel-sample-app->sample-metrics-app", cause: "network-loss", acceptsCause: ["unavailable"] },
    ],
    trigger: "none",
    mechanism:
      "The path from the stock app to the quotes app swallows all bytes; calls end at their time limit. Both ends are well.",
    symptoms: ["go-otel-sample-app", "java-otel-sample-app", "otel-sample-app"],
    decoys: ["otel-sample-app"],
    remedies: { accepted: ["repair-path", "fallback"], rejected: ["restart", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
