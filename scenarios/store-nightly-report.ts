import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A job keeps a third of a core busy on the database, and users do not notice. */
export default {
  title: "A nightly report reads a lot from the database; nothing is wrong",
  target: local,
  phases: drill({ changes: [{ does: "job", name: "nightly-report", lasts: 45_000, after: MEANWHILE }] }),
  truth: { incident: false, decoys: ["store"] },
  // Answers may come a little later while the report runs; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.normal,
} satisfies Scenario;
