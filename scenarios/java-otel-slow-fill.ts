import { javaHeapLeak } from "../generator/faults/kinds/java-heap-leak.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** No release, no change: memory that is not given back, and minutes until anyone notices. */
export default {
  title: "The Java app slowly keeps more and more in memory; nobody changed anything",
  target: local,
  phases: drill({
    lasts: { from: 150_000, to: 165_000 },
    faults: [javaHeapLeak("java-otel-sample-app", { trigger: "latent", fillsIn: 90_000 }, TTL)],
    changes: [{ does: "release", on: "sample-metrics-app", after: MEANWHILE }],
  }),
  truth: {
    incident: true,
    causes: [{ component: "java-otel-sample-app", cause: "memory", acceptsCause: ["crash-loop"] }],
    trigger: "none",
    mechanism:
      "Visits are kept in the session cache without eviction; after a minute and a half nine tenths of the heap are held and full collections take over.",
    symptoms: ["otel-sample-app"],
    decoys: ["sample-metrics-app"],
    remedies: { accepted: ["restart", "fix", "rollback"], rejected: ["raise-memory", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
