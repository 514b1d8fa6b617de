import { badReleaseEndpoint } from "../generator/faults/kinds/bad-release-endpoint.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** One route of one app, from one minute to the next. */
export default {
  title: "A release of the Go app panics on one of its routes",
  target: local,
  phases: drill({ faults: [badReleaseEndpoint("go-otel-sample-app", {}, TTL)] }),
  truth: {
    incident: true,
    causes: [{ component: "go-otel-sample-app", cause: "code-error", acceptsCause: ["bad-deploy"] }],
    trigger: "change",
    mechanism:
      "One route writes into a map that was never made; its panic is recovered into a 500. All other routes, the quotes app and the store are well.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["rollback", "fix"], rejected: ["restart", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
