import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** A release that changes nothing for users: noting it is fine, blaming it is not. */
export default {
  title: "The Java app gets a release that changes nothing; nothing is wrong",
  target: local,
  phases: drill({ changes: [{ does: "release", on: "java-otel-sample-app", after: MEANWHILE }] }),
  truth: { incident: false, decoys: ["java-otel-sample-app"] },
  // A new instance takes a moment to answer as fast as the old one; within this nobody would call it harm.
  objective: { p95: 250 },
  full: ARTICLE.normal,
} satisfies Scenario;
