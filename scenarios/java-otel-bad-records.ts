import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, spike } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** Looks like its twin java-otel-slow-store at the front, and must be answered differently. */
export default {
  title: "A quarter of the Java app's requests name records that it cannot price",
  target: local,
  phases: drill({ load: spike("java-otel-sample-app"), reserved: { "java-otel-sample-app": 0.25 } }),
  truth: {
    incident: true,
    causes: [{ component: "java-otel-sample-app", cause: "code-error" }],
    trigger: "none",
    mechanism:
      "Requests name products without price rules; the pricing code throws IllegalStateException for each of them. Store, workers and network are well.",
    symptoms: [],
    remedies: { accepted: ["rollback", "fix"], rejected: ["scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
