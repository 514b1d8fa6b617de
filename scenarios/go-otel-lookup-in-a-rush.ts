import { badReleaseEndpoint } from "../generator/faults/kinds/bad-release-endpoint.ts";
import { everywhere } from "../generator/phase.ts";
import { local } from "../generator/targets/local.ts";
import { constant } from "../generator/traffic/load.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The traffic doubles while the release goes out: the rush is not the cause. */
export default {
  title: "A release of the Go app panics on one of its routes while traffic doubles",
  target: local,
  phases: drill({ load: everywhere(constant(20)), faults: [badReleaseEndpoint("go-otel-sample-app", {}, TTL)] }),
  truth: {
    incident: true,
    causes: [{ component: "go-otel-sample-app", cause: "code-error", acceptsCause: ["bad-deploy"] }],
    trigger: "change",
    mechanism:
      "One route writes into a map that was never made; its panic is recovered into a 500. The doubled traffic alone would be carried.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["restart", "scale", "shed-load"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
