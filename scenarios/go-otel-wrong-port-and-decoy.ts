import { wrongUpstreamPort } from "../generator/faults/kinds/wrong-upstream-port.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, MEANWHILE, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The app that looks dead was released a moment ago, and is innocent. */
export default {
  title: "The Go app asks for quotes where nobody listens; the quotes app was released too, and is innocent",
  target: local,
  phases: drill({
    faults: [wrongUpstreamPort("go-otel-sample-app", {}, TTL)],
    changes: [{ does: "release", on: "sample-metrics-app", after: MEANWHILE }],
  }),
  truth: {
    incident: true,
    causes: [
      {
        component: "go-otel-sample-app",
        cause: "config",
        accepts: ["go-otel-sample-app->sample-metrics-app"],
        acceptsCause: ["bad-deploy"],
      },
    ],
    trigger: "change",
    mechanism:
      "QUOTES_URL names a port on which nobody listens; every call for a quote is refused. The release of the quotes app changes nothing.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    decoys: ["sample-metrics-app"],
    remedies: { accepted: ["rollback", "revert-config"], rejected: ["restart", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
