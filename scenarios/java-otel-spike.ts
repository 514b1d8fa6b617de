import { javaWorkerExhaustion } from "../generator/faults/kinds/java-worker-exhaustion.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, spike, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The article's second scenario, with a cause: three times the traffic, and the orders app runs out of workers. */
export default {
  title: "Traffic triples on the Java app and a quarter of its requests fail",
  target: local,
  phases: drill({
    load: spike("java-otel-sample-app"),
    faults: [javaWorkerExhaustion("java-otel-sample-app", { share: 0.35, holdMs: 5_000, failing: 0.25 }, TTL)],
  }),
  truth: {
    incident: true,
    causes: [{ component: "java-otel-sample-app", cause: "pool-exhaustion" }],
    trigger: "none",
    mechanism:
      "New orders wait for the invoice spool and hold their worker meanwhile; all 16 Tomcat workers are busy, the others wait and are refused. The extra traffic alone would be carried.",
    symptoms: ["otel-sample-app"],
    remedies: { accepted: ["rollback", "scale", "raise-pool", "shed-load"], rejected: [] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
