import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The platform replaces one process, as it may at any time. */
export default {
  title: "The platform restarts the metrics app once; nothing is wrong",
  target: local,
  phases: drill({ changes: [{ does: "restart", on: "sample-metrics-app", after: MEANWHILE }] }),
  truth: { incident: false, decoys: ["sample-metrics-app"] },
  // A new instance takes a moment to answer as fast as the old one; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.normal,
} satisfies Scenario;
