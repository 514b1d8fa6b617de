import { crashLoop } from "../generator/faults/kinds/crash-loop.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, RIGHT_AFTER, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The loudest was released too, and is innocent. */
export default {
  title: "A release of the quotes app ends at its start; the Go app was released too, and is innocent",
  target: local,
  phases: drill({
    faults: [crashLoop("sample-metrics-app", {}, TTL)],
    changes: [{ does: "release", on: "go-otel-sample-app", after: RIGHT_AFTER }],
  }),
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
      "The new release looks for a price table that is not there and exits with 1; it is started again and again. The release of the stock app changes nothing.",
    symptoms: ["go-otel-sample-app", "java-otel-sample-app", "otel-sample-app"],
    decoys: ["go-otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["restart", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
