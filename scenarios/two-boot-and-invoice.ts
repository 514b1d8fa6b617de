import { crashLoop } from "../generator/faults/kinds/crash-loop.ts";
import { javaWorkerExhaustion } from "../generator/faults/kinds/java-worker-exhaustion.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, LONGER, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** One app dies at its start and another runs out of workers. */
export default {
  title: "The quotes app ends at its start while the Java app waits for invoices",
  target: local,
  phases: drill({
    lasts: LONGER,
    faults: [
      crashLoop("sample-metrics-app", {}, TTL),
      javaWorkerExhaustion("java-otel-sample-app", { trigger: "release", demand: 1.6 }, TTL),
    ],
  }),
  truth: {
    incident: true,
    causes: [
      {
        component: "sample-metrics-app",
        cause: "crash-loop",
        acceptsCause: ["unavailable", "bad-deploy", "code-error"],
      },
      { component: "java-otel-sample-app", cause: "pool-exhaustion", acceptsCause: ["bad-deploy"] },
    ],
    trigger: "change",
    mechanism:
      "The new release of the quotes app exits at its start; the new release of the orders app waits for invoices inside the request.",
    symptoms: ["go-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
