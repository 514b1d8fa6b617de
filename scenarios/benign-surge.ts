import { everywhere } from "../generator/phase.ts";
import { local } from "../generator/targets/local.ts";
import { constant } from "../generator/traffic/load.ts";
import { ARTICLE, drill, SPIKE_RPS } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Three times the traffic on every app, which they can carry. */
export default {
  title: "Three times the traffic, and the apps carry it; nothing is wrong",
  target: local,
  phases: drill({ load: everywhere(constant(SPIKE_RPS)) }),
  truth: { incident: false },
  // Busier apps answer a little slower; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.event,
} satisfies Scenario;
