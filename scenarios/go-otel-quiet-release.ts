import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A release that changes nothing for users, on the app that all others lean on. */
export default {
  title: "The Go app gets a release that changes nothing; nothing is wrong",
  target: local,
  phases: drill({ changes: [{ does: "release", on: "go-otel-sample-app", after: MEANWHILE }] }),
  truth: { incident: false, decoys: ["go-otel-sample-app"] },
  // A new instance takes a moment to answer as fast as the old one; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.normal,
} satisfies Scenario;
