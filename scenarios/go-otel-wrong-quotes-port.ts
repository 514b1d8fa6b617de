import { wrongUpstreamPort } from "../generator/faults/kinds/wrong-upstream-port.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The callee looks dead and is in the best of health. */
export default {
  title: "The Go app is configured to ask for quotes where nobody listens",
  target: local,
  phases: drill({ faults: [wrongUpstreamPort("go-otel-sample-app", {}, TTL)] }),
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
      "QUOTES_URL names a port on which nobody listens; every call for a quote is refused. The quotes app runs and has nothing to do for the stock app.",
    symptoms: ["java-otel-sample-app", "otel-sample-app"],
    remedies: { accepted: ["rollback", "revert-config"], rejected: ["restart", "scale"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
