import { crashLoop } from "../generator/faults/kinds/crash-loop.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The release that never comes up is the quietest of all: its callers shout. */
export default {
  title: "A release of the quotes app ends at its start, again and again",
  target: local,
  phases: drill({ faults: [crashLoop("sample-metrics-app", {}, TTL)] }),
  truth: {
    incident: true,
    causes: [
      {
        component: "sample-metrics-app",
        cause: "crash-loop",
        acceptsCause: ["unavailable", "bad-deploy", "code-error"],
      },
    ],
    trigger: "change",
    mechanism:
      "The new release looks for a price table that is not there and exits with 1; it is started again and again and serves nobody.",
    symptoms: ["go-otel-sample-app", "java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["restart", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
