import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A setting moves by a hair; the platform announces it and replaces the process. */
export default {
  title: "The Go app's configuration is reloaded with a harmless value; nothing is wrong",
  target: local,
  phases: drill({
    changes: [
      {
        does: "reload",
        on: "go-otel-sample-app",
        setting: "CACHE_TTL_MS",
        values: ["21000", "20000"],
        after: MEANWHILE,
      },
    ],
  }),
  truth: { incident: false, decoys: ["go-otel-sample-app"] },
  // A new instance takes a moment to answer as fast as the old one; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.normal,
} satisfies Scenario;
