import { everywhere } from "../generator/phase.ts";
import { local } from "../generator/targets/local.ts";
import { constant } from "../generator/traffic/load.ts";
import { ARTICLE, BEFOREHAND, drill, MEANWHILE } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Much happens and nothing goes wrong: the order of the day wherever people ship. */
export default {
  title: "A release, a reload and twice the traffic at once, and the apps carry it; nothing is wrong",
  target: local,
  phases: drill(
    {
      load: everywhere(constant(20)),
      changes: [
        { does: "release", on: "otel-sample-app", after: MEANWHILE },
        {
          does: "reload",
          on: "go-otel-sample-app",
          setting: "CACHE_TTL_MS",
          values: ["21000", "20000"],
          after: MEANWHILE,
        },
      ],
    },
    { changes: [{ does: "release", on: "sample-metrics-app", after: BEFOREHAND }] },
  ),
  truth: { incident: false, decoys: ["otel-sample-app", "go-otel-sample-app", "sample-metrics-app"] },
  // Busier apps and new instances answer a little slower; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.event,
} satisfies Scenario;
