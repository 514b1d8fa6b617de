import { javaWorkerExhaustion } from "../generator/faults/kinds/java-worker-exhaustion.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, LONGER, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The spike without a spike: calm traffic, and a release that waits inside the request. */
export default {
  title: "A release of the Java app waits for invoices inside the request and runs out of workers",
  target: local,
  phases: drill({
    lasts: LONGER,
    faults: [javaWorkerExhaustion("java-otel-sample-app", { trigger: "release", demand: 1.6 }, TTL)],
  }),
  truth: {
    incident: true,
    causes: [{ component: "java-otel-sample-app", cause: "pool-exhaustion", acceptsCause: ["bad-deploy"] }],
    trigger: "change",
    mechanism:
      "New orders wait five seconds for the invoice spool inside their request; all 16 Tomcat workers are held, the others wait and are refused. CPU, store and stock are well.",
    symptoms: ["otel-sample-app"],
    remedies: { accepted: ["rollback", "raise-pool", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
