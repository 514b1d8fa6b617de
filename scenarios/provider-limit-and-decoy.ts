import { provider503 } from "../generator/faults/kinds/provider-503.ts";
import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill, RIGHT_AFTER, TTL } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The app that fails was released a minute ago, and is innocent. */
export default {
  title: "The rates provider refuses for too many requests; the quotes app was released too, and is innocent",
  target: local,
  phases: drill({
    faults: [provider503("rates-provider", { status: 429 }, TTL)],
    changes: [{ does: "release", on: "sample-metrics-app", after: RIGHT_AFTER }],
  }),
  truth: {
    incident: true,
    causes: [
      {
        component: "rates-provider",
        cause: "dependency-down",
        accepts: ["sample-metrics-app->rates-provider"],
        acceptsCause: ["unavailable"],
      },
    ],
    trigger: "none",
    mechanism:
      "The provider of exchange rates answers 429; the quotes app has no rates and answers 502. Its release changes nothing.",
    symptoms: ["sample-metrics-app", "go-otel-sample-app", "java-otel-sample-app", "otel-sample-app"],
    decoys: ["sample-metrics-app"],
    remedies: { accepted: ["fallback", "contact-provider", "breaker"], rejected: ["rollback", "restart"] },
  },
  full: ARTICLE.event,
} satisfies Scenario;
