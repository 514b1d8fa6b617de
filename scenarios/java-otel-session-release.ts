import { javaHeapLeak } from "../generator/faults/kinds/java-heap-leak.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, LONGEST, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A release that forgets nothing: well at first, then slow, then dead. */
export default {
  title: "A release of the Java app keeps every visit in memory until it dies",
  target: local,
  phases: drill({ lasts: LONGEST, faults: [javaHeapLeak("java-otel-sample-app", { fillsIn: 45_000 }, TTL)] }),
  truth: {
    incident: true,
    causes: [{ component: "java-otel-sample-app", cause: "memory", acceptsCause: ["bad-deploy", "crash-loop"] }],
    trigger: "change",
    mechanism:
      "The session views of all visits are kept and never let go; the old generation fills, full collections take all the time, and the JVM ends with an OutOfMemoryError.",
    symptoms: ["otel-sample-app"],
    remedies: { accepted: ["rollback", "restart", "fix"], rejected: ["raise-memory", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
